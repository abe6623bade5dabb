"""Latihan ulang over HTTP: what is missed comes back when due, is never graded, shows no key before its moment."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from courses.completion import State
from courses.models import Activity, Evidence, Progress
from foundation import clock
from foundation.database import db
from quizzes.models import PracticeAnswer, PracticeCard, Rekey
from quizzes.options import key_of
from quizzes.rekeying import Change, Way, stored
from tests.cast import Cast, activity, publish
from tests.conftest import NOW
from tests.quizzes.playing import QUIZ, RIGHT, answer_all, start
from tests.quizzes.quizfiles import beside
from tests.quizzes.test_checks import CHECK, keys
from tests.racing import at_once
from tests.sample import LESSON, SAMPLE
from tests.sample import QUIZ as QUIZ_SOURCE

As = Callable[[str], FlaskClient]
PRACTICE = "/kursus/contoh/latihan/"
PENERBIT = f"{PRACTICE}kuis-sister-city/penerbit/"
MENDAHULUI = f"{PRACTICE}kuis-sister-city/mendahului/"
CEK = f"{PRACTICE}asal-usul/cek-surat/"
NOTHING = "Belum ada yang perlu diulang."
DAY = timedelta(days=1)


def quiz(more: str = "", old: str = "percobaan: 2", new: str = "percobaan: 2") -> dict[str, str]:
    """The sample's quiz, changed."""
    return {"01_sister_city__03_kuis_sister_city_md": QUIZ_SOURCE.replace(old, f"{new}{more}")}


def sit(client: FlaskClient, answers: Mapping[str, Sequence[str]], number: int = 1) -> None:
    start(client, number)
    answer_all(client, answers, number=number, submit=True)


def miss(client: FlaskClient) -> None:
    """The first question wrongly, the second rightly."""
    sit(client, {**RIGHT, "penerbit": ["dprd"]})


def practise(client: FlaskClient, *chosen: str, number: int = 1, address: str = PENERBIT) -> int:
    form = {"nomor": number, "urutan-1": 1, "jawaban-1": list(chosen)}
    return client.post(address, data=form).status_code


def miss_the_check(client: FlaskClient, right: bool = False, sequence: int = 1) -> None:
    key = keys()["Menteri Luar Negeri" if right else "DPRD"]
    client.post(CHECK, data={"klien": "halaman", "urutan-1": sequence, "jawaban-1": key})


def answers() -> list[PracticeAnswer]:
    return db.session.query(PracticeAnswer).order_by(PracticeAnswer.id).all()


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    def move(moment: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: moment)

    return move


class TestWhereCardsComeFrom:
    def test_nothing_missed_says_what_would_make_a_card(self, cast: Cast, as_: As) -> None:
        lena = as_("lena")
        assert NOTHING in lena.get(PRACTICE).text
        sit(lena, RIGHT)
        assert NOTHING in lena.get(PRACTICE).text

    def test_a_question_missed_in_a_submitted_attempt(self, cast: Cast, as_: As) -> None:
        lena = as_("lena")
        miss(lena)
        page = lena.get(PRACTICE).text
        assert "1 soal menunggu Anda hari ini" in page
        assert "Mengurutkan tahapan perjanjian" in page
        assert "Menjelaskan arti sister city" not in page
        assert f'href="{PENERBIT}"' in page
        assert lena.get(MENDAHULUI).status_code == 404

    def test_one_left_blank_or_partly_right_is_missed_too(self, cast: Cast, as_: As) -> None:
        lena = as_("lena")
        sit(lena, {"mendahului": ["loi"]})
        assert "2 soal menunggu Anda hari ini" in lena.get(PRACTICE).text

    def test_not_before_it_is_submitted(self, cast: Cast, as_: As) -> None:
        lena = as_("lena")
        start(lena)
        answer_all(lena, {"penerbit": ["dprd"]})
        assert NOTHING in lena.get(PRACTICE).text
        assert lena.get(PENERBIT).status_code == 404

    def test_a_right_answer_in_a_later_attempt_does_not_undo_the_miss(self, cast: Cast, as_: As) -> None:
        lena = as_("lena")
        miss(lena)
        sit(lena, RIGHT, number=2)
        assert "1 soal menunggu" in lena.get(PRACTICE).text

    def test_a_check_missed_at_its_last_answer(self, cast: Cast, as_: As) -> None:
        lena = as_("lena")
        miss_the_check(lena)
        assert f'href="{CEK}"' in lena.get(PRACTICE).text
        miss_the_check(lena, right=True, sequence=2)
        assert NOTHING in lena.get(PRACTICE).text

    def test_what_others_missed_is_theirs(self, cast: Cast, as_: As) -> None:
        miss(as_("omar"))
        assert NOTHING in as_("lena").get(PRACTICE).text
        assert as_("lena").get(PENERBIT).status_code == 404
        assert practise(as_("lena"), "menlu") == 404

    @pytest.mark.parametrize("text", [f"{QUIZ_SOURCE.replace('{#penerbit}', '{#penerbit-baru}')}", None])
    def test_what_is_not_asked_any_more_is_not_practised(self, cast: Cast, as_: As, text: str | None) -> None:
        lena = as_("lena")
        miss(lena)
        publish(SAMPLE.but(**{"01_sister_city__03_kuis_sister_city_md": text}), NOW)
        assert NOTHING in lena.get(PRACTICE).text
        assert lena.get(PENERBIT).status_code == 404

    def test_a_draft_is_not_practised(self, cast: Cast, as_: As) -> None:
        lena = as_("lena")
        miss(lena)
        publish(SAMPLE.but(**quiz("\ndraf: ya")), NOW)
        assert NOTHING in lena.get(PRACTICE).text

    def test_it_is_asked_as_it_stands_now(self, cast: Cast, as_: As) -> None:
        lena = as_("lena")
        miss(lena)
        publish(SAMPLE.but(**quiz(old="Siapa yang menerbitkan", new="Siapakah penerbit")), NOW)
        assert "Siapakah penerbit surat konfirmasi?" in lena.get(PENERBIT).text


@pytest.mark.parametrize(
    "change", [Change(Way.KEY, ("dprd",)), Change(Way.LEFT_OUT), Change(Way.FULL_MARK)], ids=lambda change: change.way
)
def test_a_changed_key_decides_what_was_missed(cast: Cast, as_: As, change: Change) -> None:
    """A question that counts as right after a re-key, or no more, is no card."""
    lena = as_("lena")
    miss(lena)
    assert "1 soal" in lena.get(PRACTICE).text
    rekey(change)
    assert NOTHING in lena.get(PRACTICE).text


def test_practice_is_judged_by_the_key_of_now(cast: Cast, as_: As) -> None:
    lena = as_("lena")
    sit(lena, {**RIGHT, "penerbit": []})
    rekey(Change(Way.KEY, ("dprd",)))
    practise(lena, "dprd")
    assert [answer.share for answer in answers()] == [1]
    assert "Benar" in lena.get(PENERBIT).text


def rekey(change: Change) -> None:
    version = activity("kuis-sister-city").current_version_id
    row = Rekey(version_id=version, question="penerbit", change=stored(change), reason="Kuncinya keliru.", at=NOW)
    db.session.add(row)
    db.session.commit()


class TestTheKeysMoment:
    AFTER_CLOSE = "\numpan_balik: setelah-tutup\ntutup: 2026-11-25"

    def test_before_it_nothing_of_the_question_is_told(
        self, cast: Cast, as_: As, at: Callable[[datetime], None]
    ) -> None:
        publish(SAMPLE.but(**quiz(self.AFTER_CLOSE)), NOW)
        lena = as_("lena")
        miss(lena)
        assert NOTHING in lena.get(PRACTICE).text
        assert "soal hari ini" not in lena.get("/").text + lena.get("/kursus/contoh/").text
        assert (lena.get(PENERBIT).status_code, practise(lena, "menlu")) == (404, 404)
        at(NOW + 3 * DAY)
        lena = as_("lena")
        assert "1 soal menunggu" in lena.get(PRACTICE).text

    def test_without_a_closing_date_it_never_comes(self, cast: Cast, as_: As, at: Callable[[datetime], None]) -> None:
        publish(SAMPLE.but(**quiz("\numpan_balik: setelah-tutup")), NOW)
        lena = as_("lena")
        miss(lena)
        at(NOW + 300 * DAY)
        lena = as_("lena")
        assert NOTHING in lena.get(PRACTICE).text

    def test_the_cohorts_own_date_counts(self, cast: Cast, as_: As, at: Callable[[datetime], None]) -> None:
        publish(SAMPLE.but(**quiz(self.AFTER_CLOSE)), NOW)
        lena = as_("lena")
        miss(lena)
        form = {
            "awal-kuis-sister-city": "/2026-11-25T23:59/",
            "buka-kuis-sister-city": "",
            "tutup-kuis-sister-city": "2026-12-20T08:00",
        }
        as_("ida").post("/angkatan/satu/jadwal", data=form)
        at(NOW + 3 * DAY)
        assert NOTHING in as_("lena").get(PRACTICE).text
        at(NOW + 40 * DAY)
        assert "1 soal menunggu" in as_("lena").get(PRACTICE).text

    def test_what_was_practised_is_hidden_again_with_its_key(self, cast: Cast, as_: As) -> None:
        lena = as_("lena")
        miss(lena)
        practise(lena, "menlu")
        publish(SAMPLE.but(**quiz("\numpan_balik: setelah-tutup")), NOW)
        assert lena.get(PENERBIT).status_code == 404

    def test_the_question_is_asked_without_its_key(self, cast: Cast, as_: As) -> None:
        lena = as_("lena")
        miss(lena)
        page = lena.get(PENERBIT).text
        assert "Siapa yang menerbitkan surat konfirmasi?" in page
        assert "PP 28/2018" not in page
        assert "Mendagri meneruskannya." not in page


class TestAnswering:
    def test_the_whole_way(self, cast: Cast, as_: As, at: Callable[[datetime], None]) -> None:
        lena = as_("lena")
        miss(lena)
        assert practise(lena, "menlu") == 303
        page = lena.get(PENERBIT).text
        for said in ("Benar", "PP 28/2018", "Baca lagi di pelajaran", "Soal ini muncul lagi besok."):
            assert said in page
        assert "poin" not in page
        assert "Cukup untuk hari ini" in lena.get(PRACTICE).text
        at(NOW + DAY)
        lena = as_("lena")
        assert "Periksa" in lena.get(PENERBIT).text
        assert practise(lena, "menlu", number=2) == 303
        assert "Soal ini muncul lagi 2 hari lagi." in lena.get(PENERBIT).text
        assert [(one.number, one.value, one.share) for one in answers()] == [(1, ["menlu"], 1), (2, ["menlu"], 1)]

    def test_a_wrong_answer_shows_what_is_right_and_comes_back_tomorrow(self, cast: Cast, as_: As) -> None:
        lena = as_("lena")
        miss(lena)
        practise(lena, "mendagri")
        page = lena.get(PENERBIT).text
        for said in ("Belum tepat", "Mendagri meneruskannya.", "jawaban yang benar", "muncul lagi besok"):
            assert said in page

    def test_it_never_touches_scores_or_progress(self, cast: Cast, as_: As) -> None:
        lena = as_("lena")
        miss_the_check(lena)
        miss(lena)

        def stands() -> list[tuple[object, ...]]:
            db.session.expire_all()
            rows = db.session.query(Progress).order_by(Progress.activity_id)
            return [(row.activity_id, row.state, row.earned, row.maximum, row.updated_at) for row in rows]

        before = stands()
        practise(lena, "menlu")
        practise(lena, keys()["Menteri Luar Negeri"], address=CEK)
        assert stands() == before
        assert [one.state for one in db.session.query(Progress).filter_by(activity_id=activity("asal-usul").id)] == [
            State.STARTED
        ]

    def test_it_is_evidence_of_practice(self, cast: Cast, as_: As) -> None:
        lena = as_("lena")
        miss(lena)
        practise(lena, "menlu")
        [row] = db.session.query(Evidence).filter_by(is_practice=True)
        assert (row.objective, row.item, row.earned, row.maximum, row.occasion) == ("SC2", "penerbit", 1, 1, 0)
        assert row.activity_id == activity("kuis-sister-city").id

    def test_reading_writes_nothing(self, cast: Cast, as_: As) -> None:
        lena = as_("lena")
        miss(lena)
        for address in (PRACTICE, PENERBIT, "/", "/kursus/contoh/"):
            assert lena.get(address).status_code == 200
        assert db.session.query(PracticeCard).count() == 0

    def test_sent_twice_it_is_one_answer(self, cast: Cast, as_: As) -> None:
        lena = as_("lena")
        miss(lena)
        assert [practise(lena, "menlu"), practise(lena, "dprd")] == [303, 303]
        assert [one.value for one in answers()] == [["menlu"]]
        assert db.session.query(Evidence).filter_by(is_practice=True).count() == 1

    def test_not_due_is_refused_with_a_sentence(self, cast: Cast, as_: As) -> None:
        lena = as_("lena")
        miss(lena)
        practise(lena, "menlu")
        response = lena.post(PENERBIT, data={"nomor": 2, "urutan-1": 1, "jawaban-1": "menlu"})
        assert response.status_code == 409
        assert "tidak ditanyakan hari ini" in response.text

    @pytest.mark.parametrize("number", ["", "0", "-1", "3", "x", "99999999999999999999"])
    def test_a_number_no_page_of_ours_sends_is_refused(self, cast: Cast, as_: As, number: str) -> None:
        lena = as_("lena")
        miss(lena)
        assert lena.post(PENERBIT, data={"nomor": number, "urutan-1": 1, "jawaban-1": "menlu"}).status_code == 400
        assert answers() == []

    @pytest.mark.parametrize("form", [{}, {"nomor": 1}, {"nomor": 1, "urutan-1": 1}])
    def test_nothing_answered_asks_again(self, cast: Cast, as_: As, form: dict[str, int]) -> None:
        lena = as_("lena")
        miss(lena)
        assert lena.post(PENERBIT, data=form).location == PENERBIT
        assert "Jawab dahulu" in lena.get(PENERBIT).text
        assert answers() == []

    def test_an_option_of_another_question_is_refused(self, cast: Cast, as_: As) -> None:
        lena = as_("lena")
        miss(lena)
        assert practise(lena, "loi") == 400

    def test_an_answer_is_shown_as_it_was_asked(self, cast: Cast, as_: As) -> None:
        lena = as_("lena")
        miss(lena)
        practise(lena, "dprd")
        publish(SAMPLE.but(**quiz(old="- [ ] DPRD {#dprd}", new="- [ ] Gubernur {#gubernur}")), NOW)
        page = lena.get(PENERBIT).text
        assert "DPRD" in page
        assert "Gubernur" not in page

    def test_without_a_reading_of_its_own_it_names_the_lessons_of_its_objective(self, cast: Cast, as_: As) -> None:
        publish(SAMPLE.but(**quiz(old="lihat: 01-asal-usul.md#surat\n", new="")), NOW)
        lena = as_("lena")
        miss(lena)
        practise(lena, "menlu")
        page = lena.get(PENERBIT).text
        assert "Baca lagi:" in page
        assert 'href="/kursus/contoh/tahapan/"' in page

    def test_one_missed_again_elsewhere_is_due_the_next_day(
        self, cast: Cast, as_: As, at: Callable[[datetime], None]
    ) -> None:
        lena = as_("lena")
        miss(lena)
        practise(lena, "menlu")
        at(NOW + timedelta(hours=1))
        sit(lena, {**RIGHT, "penerbit": ["dprd"]}, number=2)
        assert "Cukup untuk hari ini" in lena.get(PRACTICE).text
        at(NOW + DAY)
        lena = as_("lena")
        assert "1 soal menunggu" in lena.get(PRACTICE).text


MANY = "---\njenis: kuis\njudul: Banyak\nperan: latihan\n---\n" + "".join(
    f"\n## Soal {n} {{#s{n}}}\n\n- [x] Ya\n- [ ] Tidak\n" for n in range(8)
)


def miss_many(client: FlaskClient) -> None:
    publish(SAMPLE.but(**{"02_latihan__01_latihan_sister_city_md": MANY}), NOW)
    address = "/kursus/contoh/latihan-sister-city"
    client.post(f"{address}/mulai")
    form: dict[str, object] = {"klien": "a"}
    for n in range(1, 9):
        form |= {f"urutan-{n}": 1, f"jawaban-{n}": key_of("Tidak")}
    client.post(f"{address}/percobaan/1/", data=form)
    client.post(f"{address}/percobaan/1/kirim")


def of_many(n: int) -> str:
    return f"{PRACTICE}latihan-sister-city/s{n}/"


class TestADaysMeasure:
    def test_five_a_day_and_the_rest_tomorrow(self, cast: Cast, as_: As, at: Callable[[datetime], None]) -> None:
        lena = as_("lena")
        miss_many(lena)
        assert "5 soal menunggu" in lena.get(PRACTICE).text
        for n in range(5):
            assert practise(lena, key_of("Tidak"), address=of_many(n)) == 303
        page = lena.get(PRACTICE).text
        assert "Cukup untuk hari ini" in page
        assert "Rabu, 25 Nov 2026" in page
        assert practise(lena, key_of("Ya"), address=of_many(6)) == 409
        assert lena.get(of_many(6)).location == PRACTICE
        at(NOW + DAY)
        lena = as_("lena")
        assert "5 soal menunggu" in lena.get(PRACTICE).text
        assert practise(lena, key_of("Ya"), address=of_many(6)) == 303, "new ones have waited longer"

    def test_a_check_put_right_meanwhile_gives_no_turn_back(self, cast: Cast, as_: As) -> None:
        lena = as_("lena")
        miss_the_check(lena)
        assert practise(lena, keys()["DPRD"], address=CEK) == 303
        miss_the_check(lena, right=True, sequence=2)
        miss_many(lena)
        assert "4 soal menunggu" in lena.get(PRACTICE).text

    def test_the_button_leads_from_one_to_the_next(self, cast: Cast, as_: As) -> None:
        lena = as_("lena")
        miss_many(lena)
        practise(lena, key_of("Ya"), address=of_many(0))
        page = lena.get(of_many(0)).text
        assert f'href="{of_many(1)}"' in page
        assert "4 soal lagi hari ini" in page

    @pytest.mark.parametrize("turn", range(3))
    def test_two_tabs_at_once_keep_the_measure(self, app: Flask, cast: Cast, as_: As, turn: int) -> None:
        lena = as_("lena")
        miss_many(lena)
        for n in range(4):
            practise(lena, key_of("Ya"), address=of_many(n))
        form = {"nomor": 1, "urutan-1": 1, "jawaban-1": key_of("Ya")}
        statuses = at_once(app, (as_("lena"), of_many(4), form), (as_("lena"), of_many(5), form))
        assert statuses.count(303) <= 1
        assert len(answers()) <= 5

    @pytest.mark.parametrize("turn", range(3))
    def test_a_double_click_is_one_answer(self, app: Flask, cast: Cast, as_: As, turn: int) -> None:
        miss(as_("lena"))
        form = {"nomor": 1, "urutan-1": 1, "jawaban-1": "menlu"}
        assert at_once(app, *[(as_("lena"), PENERBIT, form)] * 3) == [303, 303, 303]
        assert len(answers()) == 1
        assert db.session.query(PracticeCard).count() == 1
        assert db.session.query(Evidence).filter_by(is_practice=True).count() == 1


class TestWhoSeesIt:
    def test_staff_read_how_it_works(self, cast: Cast, as_: As) -> None:
        miss(as_("lena"))
        page = as_("ida").get(PRACTICE)
        assert page.status_code == 200
        assert "Pratinjau" in page.text
        assert (as_("ida").get(PENERBIT).status_code, practise(as_("ida"), "menlu")) == (403, 403)

    def test_home_and_outline_lead_to_it(self, cast: Cast, as_: As) -> None:
        lena = as_("lena")
        assert "Latihan ulang" not in lena.get("/").text
        assert f'href="{PRACTICE}"' in lena.get("/kursus/contoh/").text
        miss(lena)
        for address in ("/", "/kursus/contoh/"):
            page = lena.get(address).text
            assert f'href="{PRACTICE}"' in page
            assert "Latihan ulang: 1 soal hari ini" in page
        assert "Latihan ulang" not in lena.get("/kursus/contoh/asal-usul/").text
        assert "Latihan ulang" not in as_("ida").get("/kursus/contoh/").text


def test_nothing_is_missed_in_a_survey(cast: Cast, as_: As) -> None:
    """Its questions may be borrowed from a quiz that marks them."""
    lena = as_("lena")
    publish(SAMPLE.but(**quiz(old="peran: ujian", new="peran: survei")), NOW)
    miss(lena)
    assert NOTHING in lena.get(PRACTICE).text
    assert lena.get(PENERBIT).status_code == 404
    rekey(Change(Way.KEY, ("mendagri",)))
    assert NOTHING in lena.get(PRACTICE).text


def test_questions_of_another_quiz_are_one_card(cast: Cast, as_: As) -> None:
    """What an attempt borrowed is practised once, where it is written."""
    from quizzes.models import Attempt

    lena = as_("lena")
    source, holder = activity("kuis-sister-city").current_version_id, activity("kuis-sister-city").id
    miss(lena)
    twin = activity("latihan-sister-city")
    attempt = db.session.query(Attempt).one()
    borrowed = Attempt(
        enrolment_id=attempt.enrolment_id,
        activity_id=twin.id,
        version_id=twin.current_version_id,
        source_version_id=source,
        number=1,
        seed=1,
        arrangement=[["penerbit", []]],
        started_at=NOW,
        submitted_at=NOW,
    )
    db.session.add(borrowed)
    db.session.commit()
    assert "1 soal menunggu" in lena.get(PRACTICE).text
    practise(lena, "menlu")
    assert [one.activity_id for one in db.session.query(PracticeCard)] == [holder]


def test_the_pages_are_a_few_queries_however_much_was_missed(cast: Cast, as_: As, queries: list[str]) -> None:
    lena = as_("lena")
    miss_many(lena)
    for number in (1, 2):
        sit(lena, {}, number=number)
    miss_the_check(lena)
    practise(lena, key_of("Ya"), address=of_many(0))
    counts = {}
    for address in (PRACTICE, of_many(0), of_many(1)):
        lena.get(address)  # fills the caches
        queries.clear()
        assert lena.get(address).status_code == 200
        counts[address] = len(queries)
    assert counts[PRACTICE] <= 4
    assert max(counts.values()) <= 5


def test_a_lesson_with_a_check_is_asked_from_its_lesson(cast: Cast, as_: As) -> None:
    lena = as_("lena")
    miss_the_check(lena)
    practise(lena, keys()["DPRD"], address=CEK)
    page = lena.get(CEK).text
    assert "DPRD menyetujui rencananya." in page
    assert "Asal-usul" in page
    publish(SAMPLE.but(**{"01_sister_city__01_asal_usul_md": LESSON.replace("{#cek-surat}", "{#lain}")}), NOW)
    assert lena.get(CEK).status_code == 404


def test_hours_near_midnight_belong_to_their_day_in_wita(cast: Cast, as_: As, at: Callable[[datetime], None]) -> None:
    at(datetime(2026, 11, 24, 15, 50, tzinfo=UTC))  # 23.50
    lena = as_("lena")
    miss(lena)
    practise(lena, "menlu")
    at(datetime(2026, 11, 24, 16, 5, tzinfo=UTC))  # 00.05
    assert "1 soal menunggu" in lena.get(PRACTICE).text


def test_a_quiz_whose_activity_is_gone_leaves_its_rows(cast: Cast, as_: As) -> None:
    lena = as_("lena")
    miss(lena)
    practise(lena, "menlu")
    publish(SAMPLE.but(**{"01_sister_city__03_kuis_sister_city_md": None}), NOW)
    assert lena.get(PRACTICE).status_code == 200
    publish(SAMPLE, NOW)
    assert "Cukup untuk hari ini" in lena.get(PRACTICE).text
    assert db.session.query(Activity).filter_by(key="kuis-sister-city").count() == 1
    assert lena.get(f"{QUIZ}/percobaan/1/").status_code == 200


def test_quizzes_that_wait_for_closing_cost_home_no_query_each(cast: Cast, as_: As, queries: list[str]) -> None:
    rules = QUIZ_SOURCE.replace("percobaan: 2", "percobaan: 2\numpan_balik: setelah-tutup\ntutup: 2026-11-25")
    publish(beside(rules, rules), NOW)
    lena, sent = as_("lena"), []
    for address in (QUIZ, "/kursus/contoh/kuis-kedua"):
        lena.post(f"{address}/mulai", data={"percobaan": 1})
        lena.post(f"{address}/percobaan/1/kirim")
        lena.get("/")
        queries.clear()
        lena.get("/")
        sent.append(len(queries))
    assert sent[1] == sent[0]
