"""The rules of attempts over HTTP: what is drawn, which form, whose questions, what comes first, when the key comes."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from accounts import actions as accounts
from cohorts.actions import enrol
from cohorts.models import Enrolment
from courses.completion import State
from courses.models import Evidence, Progress
from foundation import clock
from foundation.database import db
from quizzes import giving, pinning
from quizzes.models import Answer, Attempt
from quizzes.queries import last_answers
from tests.cast import Cast, activity, publish
from tests.conftest import NOW
from tests.quizzes.playing import QUIZ, RIGHT, answer_all, save, start
from tests.quizzes.quizfiles import YES, beside, one_question, put_online, quiz, with_rules
from tests.sample import SAMPLE, Sample

As = Callable[[str], FlaskClient]
SECOND = "/kursus/contoh/kuis-kedua"
REQUIRING = "---\njudul: Berlatih\nprasyarat: [sister-city]\n---\n\nUlangi.\n"


def attempts() -> list[Attempt]:
    return db.session.query(Attempt).order_by(Attempt.id).all()


def asked(attempt: Attempt) -> list[str]:
    return [question.id for question in pinning.questions_of(attempt)]


def go(client: FlaskClient, address: str, number: int = 1) -> Attempt:
    """Start an attempt at a quiz."""
    assert client.post(f"{address}/mulai", data={"percobaan": number}).status_code == 303
    return attempts()[-1]


def answer(
    client: FlaskClient, address: str, number: int, given: Mapping[int, Sequence[str]], button: str = "", **more: object
) -> TestResponse:
    """Send answers by position."""
    form: dict[str, object] = {"klien": "halaman", "tombol": button, **more}
    for position, value in given.items():
        form |= {f"urutan-{position}": 1, f"jawaban-{position}": list(value)}
    return client.post(f"{address}/percobaan/{number}/", data=form)


class TestDrawing:
    POOLED = quiz(
        *(one_question(f"mudah-{n}", "kelompok: mudah") for n in range(4)),
        *(one_question(f"sulit-{n}", "kelompok: sulit", "poin: 3") for n in range(3)),
        one_question("tetap"),
        rules=["ambil: {mudah: 2, sulit: 1}", "percobaan: 0"],
    )

    def test_an_attempt_asks_what_it_drew_and_keeps_it(self, cast: Cast, as_: As) -> None:
        put_online(self.POOLED)
        lena = as_("lena")
        mine = go(lena, QUIZ)
        drawn = asked(mine)
        assert Counter(id.split("-")[0] for id in drawn) == {"mudah": 2, "sulit": 1, "tetap": 1}
        for _look in range(2):
            page = lena.get(f"{QUIZ}/percobaan/1/").text
            assert [f"Apakah {id} benar?" in page for id in drawn] == [True] * 4
            assert page.count("<fieldset") == 4

    def test_the_score_is_of_what_was_drawn(self, cast: Cast, as_: As) -> None:
        put_online(self.POOLED)
        lena = as_("lena")
        mine = go(lena, QUIZ)
        answer(lena, QUIZ, 1, {position: [YES] for position in range(1, 5)})
        lena.post(f"{QUIZ}/percobaan/1/kirim")
        assert (attempts()[0].earned, attempts()[0].maximum) == (6, 6)
        assert {row.item for row in db.session.query(Evidence)} == set(asked(mine))
        assert lena.get(f"{QUIZ}/percobaan/1/").text.count("<fieldset") == 4

    def test_a_question_that_was_not_drawn_cannot_be_answered(self, cast: Cast, as_: As) -> None:
        put_online(self.POOLED)
        lena = as_("lena")
        go(lena, QUIZ)
        answer(lena, QUIZ, 1, {position: [YES] for position in range(1, 9)})
        assert set(last_answers(attempts()[0].id)) == set(asked(attempts()[0]))

    def test_another_attempt_draws_again(self, cast: Cast, as_: As) -> None:
        put_online(self.POOLED)
        lena = as_("lena")
        seen = set()
        for number in range(1, 9):
            seen.add(tuple(asked(go(lena, QUIZ, number))))
            lena.post(f"{QUIZ}/percobaan/{number}/kirim")
        assert len(seen) > 1

    def test_the_page_says_how_much_an_attempt_asks(self, cast: Cast, as_: As) -> None:
        put_online(self.POOLED)
        page = as_("lena").get(f"{QUIZ}/").text
        assert "4 soal" in page
        assert "6 poin" in page
        assert "8 soal" not in page
        assert "4 soal" in as_("lena").get("/kursus/contoh/").text


FORMS = quiz(
    one_question("a1", "bentuk: A"),
    one_question("b1", "bentuk: B"),
    one_question("sama"),
    rules=["peran: prates", "percobaan: 3"],
    title="Prates",
)
BORROWING = quiz(rules=["peran: pascates", "soal_dari: kuis-sister-city", "waktu: 20"], title="Pascates")


class TestForms:
    def crowd(self, cast: Cast, size: int) -> list[str]:
        """More learners of cohort dua, in the order they enrolled."""
        names = [f"praja-{n}" for n in range(size)]
        for name in names:
            enrol(
                accounts.create_person(name, name.title(), NOW, password="tenun-kolintang-4821"),
                cast.cohorts["dua"],
                NOW,
            )
        db.session.commit()
        return names

    def test_a_cohort_gets_both_evenly_whoever_starts_first(self, cast: Cast, as_: As) -> None:
        put_online(FORMS)
        names = ["omar", *self.crowd(cast, 5)]
        for name in reversed(names):
            go(as_(name), QUIZ)
        forms = {attempt.enrolment.person.username: attempt.form for attempt in attempts()}
        assert Counter(forms.values()) == {"A": 3, "B": 3}
        for first, second in zip(names[::2], names[1::2], strict=True):
            assert {forms[first], forms[second]} == {"A", "B"}

    def test_a_form_has_its_own_questions_and_those_of_both(self, cast: Cast, as_: As) -> None:
        put_online(FORMS)
        mine = go(as_("lena"), QUIZ)
        assert asked(mine) == [{"A": "a1", "B": "b1"}[mine.form], "sama"]
        assert "2 soal" in as_("lena").get(f"{QUIZ}/").text

    def test_every_attempt_of_a_learner_has_the_same_form(self, cast: Cast, as_: As) -> None:
        put_online(FORMS)
        lena = as_("lena")
        for number in (1, 2, 3):
            go(lena, QUIZ, number)
            lena.post(f"{QUIZ}/percobaan/{number}/kirim")
        assert len({attempt.form for attempt in attempts()}) == 1

    def test_the_posttest_gives_the_other_form(self, cast: Cast, as_: As) -> None:
        publish(beside(BORROWING, FORMS), NOW)
        lena = as_("lena")
        before = go(lena, QUIZ)
        lena.post(f"{QUIZ}/percobaan/1/kirim")
        after = go(lena, SECOND)
        assert {before.form, after.form} == {"A", "B"}
        assert set(asked(before)) & set(asked(after)) == {"sama"}
        assert after.source_version_id == before.version_id

    def test_also_where_the_pretest_was_missed(self, cast: Cast, as_: As) -> None:
        publish(beside(BORROWING, FORMS), NOW)
        after, before = go(as_("lena"), SECOND), go(as_("lena"), QUIZ)
        assert {before.form, after.form} == {"A", "B"}

    def test_a_follow_up_gives_the_first_form_again(self, cast: Cast, as_: As) -> None:
        files = beside(BORROWING, FORMS).files
        third = quiz(rules=["peran: pascates", "soal_dari: kuis-kedua"], title="Ulangan")
        publish(Sample("contoh", {**files, "01-sister-city/05-kuis-ketiga.md": third}), NOW)
        lena = as_("lena")
        forms = [go(lena, address).form for address in (QUIZ, SECOND, "/kursus/contoh/kuis-ketiga")]
        assert forms[0] == forms[2] != forms[1]

    @pytest.mark.parametrize("key", ["kuis-sister-city", "kuis-kedua"])
    def test_what_newcomers_get_can_be_told_by_their_rank_alone(self, cast: Cast, key: str) -> None:
        publish(beside(BORROWING, FORMS), NOW)
        self.crowd(cast, 3)
        chain = giving.chain_of(activity(key))
        for rank, enrolment in enumerate(
            db.session.query(Enrolment).filter_by(cohort_id=cast.cohorts["dua"].id).order_by(Enrolment.id)
        ):
            expected = giving.giving(activity(key), enrolment, [])
            assert giving.giving_to_newcomer(chain, rank, "dua") == expected

    def test_borrowed_questions_without_forms_are_the_same(self, cast: Cast, as_: As) -> None:
        publish(beside(BORROWING), NOW)
        mine = go(as_("lena"), SECOND)
        assert asked(mine) == ["penerbit", "mendahului"]
        assert mine.form == ""

    def test_the_rules_are_the_borrowing_quiz_s_own(self, cast: Cast, as_: As) -> None:
        publish(beside(BORROWING), NOW)
        lena = as_("lena")
        page = lena.get(f"{SECOND}/").text
        for said in ("20 menit", "2 soal", "4 poin", "pascates"):
            assert said in page
        go(lena, SECOND)
        page = lena.get(f"{SECOND}/percobaan/1/").text
        assert "Siapa yang menerbitkan surat konfirmasi?" in page
        assert "Waktu habis pukul 11.02 WITA" in page
        answer(lena, SECOND, 1, {1: ["menlu"], 2: ["loi", "rencana"]})
        lena.post(f"{SECOND}/percobaan/1/kirim")
        assert "Nilai pascates Anda 100" in lena.get(f"{SECOND}/percobaan/1/").text

    def test_an_attempt_keeps_the_borrowed_questions_when_their_file_changes(self, cast: Cast, as_: As) -> None:
        publish(beside(BORROWING), NOW)
        lena = as_("lena")
        go(lena, SECOND)
        changed = SAMPLE.files["01-sister-city/03-kuis-sister-city.md"].replace("Siapa yang", "Pejabat mana yang")
        publish(beside(BORROWING, changed), NOW)
        assert "Siapa yang menerbitkan" in lena.get(f"{SECOND}/percobaan/1/").text

    def test_staff_read_all_borrowed_questions(self, cast: Cast, as_: As) -> None:
        publish(beside(BORROWING, FORMS), NOW)
        page = as_("kofi").get(f"{SECOND}/").text
        for shown in ("Apakah a1 benar?", "Apakah b1 benar?", "Kunci sama.", "bentuk A"):
            assert shown in page


class TestPrerequisites:
    @pytest.fixture
    def lena(self, cast: Cast, as_: As) -> FlaskClient:
        """The practice module requires the first one."""
        publish(SAMPLE.but(**{"02_latihan__modul_md": REQUIRING}), NOW)
        return as_("lena")

    PRACTICE = "/kursus/contoh/latihan-sister-city"

    def do_the_first_module(self, lena: FlaskClient) -> None:
        for lesson in ("asal-usul", "tahapan"):
            lena.post(f"/kursus/contoh/{lesson}/selesai")
        start(lena)
        answer_all(lena, submit=True)

    def test_a_quiz_waits_for_the_modules_before_it(self, lena: FlaskClient) -> None:
        response = lena.post(f"{self.PRACTICE}/mulai", data={"percobaan": 1})
        assert response.status_code == 409
        assert "Selesaikan dahulu modul “Sister City”" in response.text
        assert attempts() == []

    @pytest.mark.parametrize(
        "page", ["/kursus/contoh/", "/kursus/contoh/modul/latihan/", "/kursus/contoh/latihan-sister-city/"]
    )
    def test_pages_say_what_to_do_first(self, lena: FlaskClient, page: str) -> None:
        text = lena.get(page).text
        assert "Selesaikan dahulu:" in text
        assert text.count('href="/kursus/contoh/modul/sister-city/"') >= 1
        self.do_the_first_module(lena)
        assert "Selesaikan dahulu:" not in lena.get(page).text

    def test_once_they_are_done_it_can_be_started(self, lena: FlaskClient) -> None:
        self.do_the_first_module(lena)
        assert "Mulai" in lena.get(f"{self.PRACTICE}/").text
        assert lena.post(f"{self.PRACTICE}/mulai", data={"percobaan": 1}).status_code == 303

    def test_an_attempt_that_is_open_goes_on(self, cast: Cast, as_: As) -> None:
        lena = as_("lena")
        lena.post(f"{self.PRACTICE}/mulai", data={"percobaan": 1})
        publish(SAMPLE.but(**{"02_latihan__modul_md": REQUIRING}), NOW)
        assert lena.post(f"{self.PRACTICE}/mulai", data={"percobaan": 1}).status_code == 303
        assert answer(lena, self.PRACTICE, 1, {1: ["menlu"]}).status_code == 303
        assert "Lanjutkan percobaan 1" in lena.get(f"{self.PRACTICE}/").text


SECRETS = ("DPRD menyetujui rencananya.", "PP 28/2018", "Upacara menyusul", "Keduanya mendahului", "jawaban yang benar")


class TestCheckingOneByOne:
    @pytest.fixture
    def lena(self, cast: Cast, as_: As) -> FlaskClient:
        put_online(with_rules("peran: latihan"))
        client = as_("lena")
        start(client)
        return client

    def test_a_checked_question_shows_its_key_and_no_other(self, lena: FlaskClient) -> None:
        assert not any(secret in lena.get(f"{QUIZ}/percobaan/1/").text for secret in SECRETS)
        response = save(lena, {"penerbit": ["dprd"]}, button="periksa-1")
        assert response.location == f"{QUIZ}/percobaan/1/#soal-1"
        page = lena.get(f"{QUIZ}/percobaan/1/").text
        for shown in ("DPRD menyetujui rencananya.", "PP 28/2018", "jawaban yang benar"):
            assert shown in page
        for secret in ("Upacara menyusul", "Keduanya mendahului"):
            assert secret not in page

    def test_by_script_the_question_alone_comes_back(self, lena: FlaskClient) -> None:
        form = {"klien": "a", "urutan-1": 2, "jawaban-1": "menlu"}
        response = lena.post(f"{QUIZ}/percobaan/1/periksa/1", data=form)
        assert response.status_code == 200
        assert response.text.count("<section") == 1
        assert "PP 28/2018" in response.text
        assert "disabled" in response.text
        assert "Upacara" not in response.text

    def test_no_later_save_counts_but_it_is_kept(self, lena: FlaskClient) -> None:
        save(lena, {"penerbit": ["dprd"]}, button="periksa-1")
        save(lena, {"penerbit": ["menlu"]}, page="lain", sequence=9)
        assert last_answers(attempts()[0].id) == {"penerbit": ["dprd"]}
        assert db.session.query(Answer).count() == 2
        assert "sudah diperiksa" in lena.get(f"{QUIZ}/percobaan/1/").text
        lena.post(f"{QUIZ}/percobaan/1/kirim")
        assert attempts()[0].earned == 0

    def test_script_is_told_that_it_is_locked(self, lena: FlaskClient) -> None:
        save(lena, {"penerbit": ["dprd"]}, button="periksa-1")
        form = {"klien": "b", "urutan-1": 2, "jawaban-1": "menlu"}
        assert lena.post(f"{QUIZ}/percobaan/1/jawaban", data=form).get_json() == {"saved": "10.42", "locked": True}

    def test_checked_again_it_says_the_same(self, lena: FlaskClient) -> None:
        form = {"klien": "a", "urutan-1": 2, "jawaban-1": "dprd"}
        first = lena.post(f"{QUIZ}/percobaan/1/periksa/1", data=form).text
        assert lena.post(f"{QUIZ}/percobaan/1/periksa/1", data=form).text == first
        assert db.session.query(Answer).count() == 1
        other = lena.post(f"{QUIZ}/percobaan/1/periksa/1", data={**form, "urutan-1": 3, "jawaban-1": "menlu"}).text
        assert other == first

    def test_what_is_saved_already_can_be_checked(self, lena: FlaskClient) -> None:
        save(lena, {"penerbit": ["menlu"]})
        save(lena, {"penerbit": ["menlu"]}, drawn={"penerbit": ["menlu"]}, button="periksa-1")
        assert [row.is_final for row in db.session.query(Answer).order_by(Answer.id)] == [False, True]

    def test_nothing_answered_is_not_checked(self, lena: FlaskClient) -> None:
        response = lena.post(f"{QUIZ}/percobaan/1/periksa/1", data={"klien": "a", "urutan-1": 2})
        assert response.status_code == 400
        assert "Jawab dahulu" in response.text
        save(lena, {"penerbit": [], "mendahului": ["loi"]}, button="periksa-1")
        assert last_answers(attempts()[0].id)["mendahului"] == ["loi"], "the rest of the page is saved"
        assert not any(secret in lena.get(f"{QUIZ}/percobaan/1/").text for secret in SECRETS)
        assert not db.session.query(Answer).filter_by(is_final=True).count()

    @pytest.mark.parametrize("position", [0, 3, 99])
    def test_a_question_that_is_not_there_is_refused(self, lena: FlaskClient, position: int) -> None:
        form = {"klien": "a", f"urutan-{position}": 2, f"jawaban-{position}": "menlu"}
        assert lena.post(f"{QUIZ}/percobaan/1/periksa/{position}", data=form).status_code == 400

    @pytest.mark.parametrize(
        "rules", [("peran: ujian",), ("peran: prates",), ("peran: survei", "umpan_balik: langsung")]
    )
    def test_elsewhere_the_key_waits(self, cast: Cast, as_: As, rules: tuple[str, ...]) -> None:
        put_online(with_rules(*rules))
        lena = as_("lena")
        start(lena)
        pages = [lena.get(f"{QUIZ}/percobaan/1/")]
        assert "Periksa</button>" not in pages[0].text
        form = {"klien": "a", "urutan-1": 2, "jawaban-1": "dprd"}
        pages += [
            lena.post(f"{QUIZ}/percobaan/1/periksa/1", data=form),
            save(lena, {"penerbit": ["dprd"]}, button="periksa-1"),
        ]
        assert [page.status_code for page in pages[1:]] == [409, 409]
        pages.append(lena.get(f"{QUIZ}/percobaan/1/"))
        assert not any(secret in page.text for secret in SECRETS for page in pages)
        assert not db.session.query(Answer).filter_by(is_final=True).count()

    def test_when_the_author_closes_the_key_what_was_checked_stays_locked(self, lena: FlaskClient) -> None:
        save(lena, {"penerbit": ["dprd"]}, button="periksa-1")
        put_online(with_rules("peran: latihan", "umpan_balik: setelah-kirim"))
        page = lena.get(f"{QUIZ}/percobaan/1/").text
        assert not any(secret in page for secret in SECRETS)
        assert page.count("disabled") == 1


class TestRoles:
    def test_a_survey_is_sent_and_has_no_score_anywhere(self, cast: Cast, as_: As) -> None:
        put_online(with_rules("peran: survei"))
        lena = as_("lena")
        page = lena.get(f"{QUIZ}/").text
        assert "survei: tidak ada jawaban benar atau salah" in page
        assert "poin" not in page.partition("<main")[2]
        start(lena)
        answer_all(lena, submit=True)
        progress = db.session.query(Progress).one()
        assert (progress.state, progress.percent, progress.is_passed) == (State.DONE, None, None)
        assert db.session.query(Evidence).count() == 0
        review = lena.get(f"{QUIZ}/percobaan/1/").text.partition("<main")[2]
        assert "Terkirim, terima kasih" in review
        for word in ("Nilai", "poin", "Benar", "Belum tepat", *SECRETS):
            assert word not in review
        page = lena.get(f"{QUIZ}/").text
        assert "<b>terkirim</b>" in page
        assert "Survei ini sudah Anda isi" in page
        staff = as_("ida").get("/rekap/contoh/praja/lena/kuis-sister-city/1/").text.partition("<main")[2]
        assert "Terkirim" in staff
        assert "Nilai" not in staff
        assert as_("ida").get("/rekap/contoh/praja/lena/").status_code == 200

    @pytest.mark.parametrize(("role", "says"), [("prates", "Nilai prates Anda 100"), ("latihan", "Nilai Anda 100")])
    def test_a_score_is_called_what_it_is(self, cast: Cast, as_: As, role: str, says: str) -> None:
        put_online(with_rules(f"peran: {role}"))
        lena = as_("lena")
        assert "nilainya tidak menentukan kelulusan" in lena.get(f"{QUIZ}/").text
        start(lena)
        answer_all(lena, RIGHT, submit=True)
        page = lena.get(f"{QUIZ}/percobaan/1/").text
        assert says in page
        assert "lulus" not in page.partition("<main")[2]

    @pytest.mark.parametrize(
        ("earned", "maximum", "headline", "says", "in_list"),
        [
            (3, 4, "Nilai sementara 75", "tanpa 1 jawaban yang menunggu penilaian: 3 dari 4 poin", "75 · sementara"),
            (0, 0, "Menunggu penilaian", "1 jawaban menunggu penilaian.", "menunggu penilaian"),
        ],
    )
    def test_while_something_waits_the_score_is_for_the_time_being(
        self, cast: Cast, as_: As, earned: float, maximum: float, headline: str, says: str, in_list: str
    ) -> None:
        lena = as_("lena")
        start(lena)
        answer_all(lena, submit=True)
        mine = attempts()[0]
        mine.earned, mine.maximum, mine.waiting = earned, maximum, 1
        db.session.commit()
        page = lena.get(f"{QUIZ}/percobaan/1/").text
        assert headline in page
        assert says in page
        assert "batas lulus" not in page.partition("<main")[2]
        assert in_list in lena.get(f"{QUIZ}/").text
        assert headline in as_("ida").get("/rekap/contoh/praja/lena/kuis-sister-city/1/").text
        assert "sementara" in as_("ida").get("/rekap/contoh/praja/lena/").text


class TestTwoDevices:
    def save(self, client: FlaskClient, page: str, value: str, seen: int, sequence: int = 2) -> object:
        form = {"klien": page, "terlihat": seen, "urutan-1": sequence, "jawaban-1": value}
        return client.post(f"{QUIZ}/percobaan/1/jawaban", data=form).get_json()

    def test_a_page_is_told_that_another_one_was_quicker(self, cast: Cast, as_: As) -> None:
        phone, desk = as_("lena"), as_("lena")
        start(phone)
        assert self.save(phone, "telepon", "menlu", 0) == {"saved": "10.42"}
        assert self.save(desk, "meja", "dprd", 0) == {"saved": "10.42", "elsewhere": True}
        assert self.save(desk, "meja", "mendagri", 0, 3) == {"saved": "10.42"}, "the last word is its own now"
        assert last_answers(attempts()[0].id) == {"penerbit": ["mendagri"]}
        assert db.session.query(Answer).count() == 3

    def test_a_page_drawn_afterwards_is_not(self, cast: Cast, as_: As) -> None:
        lena = as_("lena")
        start(lena)
        self.save(lena, "telepon", "menlu", 0)
        last = db.session.query(Answer).one().id
        assert f'name="terlihat" value="{last}"' in lena.get(f"{QUIZ}/percobaan/1/").text
        assert self.save(lena, "meja", "dprd", last) == {"saved": "10.42"}

    def test_without_script_the_next_page_says_so(self, cast: Cast, as_: As) -> None:
        lena = as_("lena")
        start(lena)
        self.save(lena, "telepon", "menlu", 0)
        answer(lena, QUIZ, 1, {1: ["dprd"]}, terlihat=0)
        assert "Soal 1 juga diubah di perangkat lain" in lena.get(f"{QUIZ}/percobaan/1/").text

    @pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 40, "²"])
    def test_a_page_that_says_nothing_of_it_is_told_nothing(self, cast: Cast, as_: As, seen: str) -> None:
        lena = as_("lena")
        start(lena)
        self.save(lena, "telepon", "menlu", 0)
        form = {"klien": "meja", "terlihat": seen, "urutan-1": 2, "jawaban-1": "dprd"}
        assert lena.post(f"{QUIZ}/percobaan/1/jawaban", data=form).get_json() == {"saved": "10.42"}


def test_the_key_comes_after_the_learner_s_own_closing(cast: Cast, as_: As, monkeypatch: pytest.MonkeyPatch) -> None:
    put_online(with_rules("peran: ujian", "umpan_balik: setelah-tutup", "tutup: 2026-11-25 08:00"))
    lena = as_("lena")
    start(lena)
    answer_all(lena, submit=True)
    assert "PP 28/2018" not in lena.get(f"{QUIZ}/percobaan/1/").text
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(days=1))
    assert "PP 28/2018" in as_("lena").get(f"{QUIZ}/percobaan/1/").text
