"""Taking a quiz over HTTP: nothing twice, nothing lost, no key before its moment."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from courses.completion import State
from courses.models import Evidence, Progress
from foundation import clock
from foundation.database import db
from quizzes.models import Answer, Attempt
from quizzes.queries import last_answers
from tests.cast import Cast, publish
from tests.conftest import NOW
from tests.quizzes.playing import QUIZ, RIGHT, answer_all, save, start
from tests.sample import QUIZ as QUIZ_SOURCE
from tests.sample import SAMPLE

As = Callable[[str], FlaskClient]


def attempts() -> list[Attempt]:
    return db.session.query(Attempt).order_by(Attempt.id).all()


def answers(attempt: Attempt | None = None) -> dict[str, list[str]]:
    return last_answers((attempt or attempts()[0]).id)


class TestStarting:
    def test_it_works(self, cast: Cast, as_: As) -> None:
        lena = as_("lena")
        assert "Mulai" in lena.get(f"{QUIZ}/").text
        response = start(lena)
        assert (response.status_code, response.location) == (303, f"{QUIZ}/percobaan/1/")
        assert "Siapa yang menerbitkan surat konfirmasi?" in lena.get(response.location).text

    def test_a_double_click_makes_one_attempt(self, cast: Cast, as_: As) -> None:
        lena = as_("lena")
        assert start(lena).location == start(lena).location
        assert len(attempts()) == 1

    def test_a_repeated_request_after_submitting_makes_no_second_attempt(self, cast: Cast, as_: As) -> None:
        lena = as_("lena")
        start(lena)
        answer_all(lena, submit=True)
        assert start(lena, number=1).location == f"{QUIZ}/percobaan/1/"
        assert len(attempts()) == 1

    def test_attempts_run_out_with_a_sentence(self, cast: Cast, as_: As) -> None:
        lena = as_("lena")
        for number in (1, 2):
            start(lena, number)
            answer_all(lena, number=number, submit=True)
        response = start(lena, 3)
        assert response.status_code == 409
        assert "Semua percobaan sudah dipakai (2)" in response.text

    @pytest.mark.parametrize(
        ("dates", "says"), [("buka: 2026-12-01", "belum dibuka"), ("tutup: 2026-11-01", "sudah ditutup")]
    )
    def test_outside_its_hours_it_is_closed(self, cast: Cast, as_: As, dates: str, says: str) -> None:
        publish(
            SAMPLE.but(**{"01_sister_city__03_kuis_sister_city_md": QUIZ_SOURCE.replace("percobaan: 2", dates)}), NOW
        )
        response = start(as_("lena"))
        assert response.status_code == 409
        assert says in response.text


class TestSaving:
    def test_an_answer_is_kept_and_shown_again(self, cast: Cast, as_: As) -> None:
        lena = as_("lena")
        start(lena)
        save(lena, {"penerbit": ["dprd"]})
        page = lena.get(f"{QUIZ}/percobaan/1/").text
        assert answers() == {"penerbit": ["dprd"]}
        assert "10.42" in page
        assert page.count("checked") == 1

    def test_one_answer_by_script_says_when_it_was_kept(self, cast: Cast, as_: As) -> None:
        lena = as_("lena")
        start(lena)
        response = lena.post(f"{QUIZ}/percobaan/1/jawaban", data={"klien": "a", "urutan-1": 1, "jawaban-1": "menlu"})
        assert response.get_json() == {"saved": "10.42"}

    def test_the_same_save_twice_is_one(self, cast: Cast, as_: As) -> None:
        lena = as_("lena")
        start(lena)
        for _ in range(3):
            save(lena, {"penerbit": ["dprd"]})
        assert db.session.query(Answer).count() == 1

    def test_a_late_save_of_the_same_page_is_kept_but_does_not_count(self, cast: Cast, as_: As) -> None:
        lena = as_("lena")
        start(lena)
        save(lena, {"penerbit": ["menlu"]}, sequence=2)
        save(lena, {"penerbit": ["dprd"]}, sequence=1)
        assert answers() == {"penerbit": ["menlu"]}
        assert db.session.query(Answer).count() == 2

    def test_between_two_devices_the_last_received_wins(self, cast: Cast, as_: As) -> None:
        phone, desk = as_("lena"), as_("lena")
        start(phone)
        save(phone, {"penerbit": ["menlu"]}, page="telepon", sequence=5)
        save(desk, {"penerbit": ["dprd"]}, page="meja", sequence=1)
        assert answers() == {"penerbit": ["dprd"]}
        assert db.session.query(Answer).count() == 2

    def test_a_page_sent_whole_does_not_undo_what_another_device_saved(self, cast: Cast, as_: As) -> None:
        lena = as_("lena")
        start(lena)
        save(lena, {"penerbit": ["menlu"]}, page="telepon")
        save(lena, {"penerbit": [], "mendahului": ["loi"]}, page="meja", drawn={})
        assert answers() == {"penerbit": ["menlu"], "mendahului": ["loi"]}

    def test_going_back_and_changing_an_answer_on_the_old_page_counts(self, cast: Cast, as_: As) -> None:
        lena = as_("lena")
        start(lena)
        save(lena, {"penerbit": ["menlu"]}, drawn={})
        save(lena, {"penerbit": ["dprd"]}, drawn={})
        assert answers() == {"penerbit": ["dprd"]}

    def test_an_answer_can_be_taken_back(self, cast: Cast, as_: As) -> None:
        lena = as_("lena")
        start(lena)
        save(lena, {"mendahului": ["loi"]})
        save(lena, {"mendahului": []}, sequence=2)
        assert answers() == {"mendahului": []}

    @pytest.mark.parametrize(
        "form",
        [
            {"klien": "a", "urutan-1": 1, "jawaban-1": "bukan-pilihan"},
            {"klien": "a", "urutan-1": 1, "jawaban-1": ["menlu", "dprd"]},
            {"klien": "", "urutan-1": 1, "jawaban-1": "menlu"},
            {"klien": "x" * 65, "urutan-1": 1, "jawaban-1": "menlu"},
        ],
    )
    def test_what_no_page_of_ours_sends_is_refused(self, cast: Cast, as_: As, form: dict[str, Any]) -> None:
        lena = as_("lena")
        start(lena)
        assert lena.post(f"{QUIZ}/percobaan/1/jawaban", data=form).status_code == 400
        assert db.session.query(Answer).count() == 0

    @pytest.mark.parametrize("sequence", ["", "-1", "1e3", "²", "9" * 30])
    def test_a_sequence_that_is_no_number_saves_nothing(self, cast: Cast, as_: As, sequence: str) -> None:
        lena = as_("lena")
        start(lena)
        form = {"klien": "a", "urutan-1": sequence, "jawaban-1": "menlu"}
        assert lena.post(f"{QUIZ}/percobaan/1/jawaban", data=form).status_code == 200
        assert db.session.query(Answer).count() == 0

    def test_after_submitting_nothing_changes(self, cast: Cast, as_: As) -> None:
        lena = as_("lena")
        start(lena)
        answer_all(lena, submit=True)
        response = save(lena, {"penerbit": ["dprd"]}, page="lain")
        assert response.status_code == 409
        assert answers() == {key: sorted(value) for key, value in RIGHT.items()}

    def test_script_is_told_in_json(self, cast: Cast, as_: As) -> None:
        lena = as_("lena")
        start(lena)
        answer_all(lena, submit=True)
        response = lena.post(f"{QUIZ}/percobaan/1/jawaban", data={}, headers={"Accept": "application/json"})
        assert response.status_code == 409
        assert "sudah dikirim" in response.get_json()["error"]

    def test_an_attempt_of_somebody_else_is_not_there(self, cast: Cast, as_: As) -> None:
        start(as_("lena"))
        assert as_("omar").get(f"{QUIZ}/percobaan/1/").status_code == 404
        assert save(as_("omar"), {"penerbit": ["menlu"]}).status_code == 404


class TestSubmitting:
    def test_it_is_confirmed_with_what_is_missing(self, cast: Cast, as_: As) -> None:
        lena = as_("lena")
        start(lena)
        response = save(lena, {"penerbit": ["menlu"]}, button="kirim")
        assert response.location == f"{QUIZ}/percobaan/1/kirim"
        assert "Masih ada 1 soal" in lena.get(response.location).text
        assert attempts()[0].is_open

    def test_it_is_scored_and_recorded(self, cast: Cast, as_: As) -> None:
        lena = as_("lena")
        start(lena)
        answer_all(lena, {"penerbit": ["menlu"], "mendahului": ["loi"]}, submit=True)
        assert (attempts()[0].earned, attempts()[0].maximum) == (3.25, 4)
        progress = db.session.query(Progress).one()
        assert (progress.state, progress.percent, progress.is_passed) == (State.DONE, 81.25, True)
        found = {(e.objective, e.item, e.earned, e.maximum, e.is_practice) for e in db.session.query(Evidence)}
        assert found == {("SC2", "penerbit", 1, 1, False), ("SC1", "mendahului", 2.25, 3, False)}

    def test_twice_is_once(self, cast: Cast, as_: As) -> None:
        lena = as_("lena")
        start(lena)
        answer_all(lena, submit=True)
        assert lena.post(f"{QUIZ}/percobaan/1/kirim").status_code == 303
        assert db.session.query(Evidence).count() == 2

    def test_the_best_attempt_counts(self, cast: Cast, as_: As) -> None:
        lena = as_("lena")
        start(lena)
        answer_all(lena, submit=True)
        start(lena, 2)
        answer_all(lena, {"penerbit": ["dprd"]}, number=2, submit=True)
        assert db.session.query(Progress).one().percent == 100

    def test_blank_is_submitted_as_nothing(self, cast: Cast, as_: As) -> None:
        lena = as_("lena")
        start(lena)
        lena.post(f"{QUIZ}/percobaan/1/kirim")
        assert db.session.query(Progress).one().is_passed is False

    def test_when_time_is_over_what_was_saved_is_submitted(
        self, cast: Cast, as_: As, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        source = QUIZ_SOURCE.replace("percobaan: 2", "percobaan: 2\nwaktu: 10")
        publish(SAMPLE.but(**{"01_sister_city__03_kuis_sister_city_md": source}), NOW)
        lena = as_("lena")
        start(lena)
        monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(minutes=10))
        assert save(lena, {"penerbit": ["menlu"]}).status_code == 303, "the last moment still counts"
        monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(minutes=10, seconds=1))
        assert save(lena, {"mendahului": ["loi", "rencana"]}, sequence=2).status_code == 409
        attempt = attempts()[0]
        assert (attempt.submitted_at, attempt.earned) == (NOW + timedelta(minutes=10), 1)


class TestReviewing:
    def test_it_shows_own_and_right_answer_feedback_and_the_way_back(self, cast: Cast, as_: As) -> None:
        lena = as_("lena")
        start(lena)
        answer_all(lena, {"penerbit": ["dprd"], "mendahului": ["loi", "rencana"]}, submit=True)
        page = lena.get(f"{QUIZ}/percobaan/1/").text
        assert "Nilai Anda 75" in page
        for shown in (
            "DPRD menyetujui rencananya.",
            "PP 28/2018 Pasal 33.",
            'href="/kursus/contoh/asal-usul/#surat"',
            'href="/kursus/contoh/asal-usul/#niat"',
        ):
            assert shown in page

    def test_the_key_is_on_no_page_before_it_is_submitted(self, cast: Cast, as_: As) -> None:
        lena = as_("lena")
        pages = [lena.get(f"{QUIZ}/").text]
        start(lena)
        pages.append(lena.get(f"{QUIZ}/percobaan/1/").text)
        pages.append(save(lena, {"penerbit": ["dprd"]}).text)
        pages.append(lena.get(f"{QUIZ}/percobaan/1/").text)
        pages.append(lena.get(f"{QUIZ}/percobaan/1/kirim").text)
        for page in pages:
            for secret in ("DPRD menyetujui rencananya.", "PP 28/2018", "Upacara menyusul", "jawaban yang benar"):
                assert secret not in page

    def test_until_it_closes_a_pretest_shows_the_score_only(
        self, cast: Cast, as_: As, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        source = QUIZ_SOURCE.replace("percobaan: 2", "tutup: 2026-11-30").replace("peran: ujian", "peran: prates")
        publish(SAMPLE.but(**{"01_sister_city__03_kuis_sister_city_md": source}), NOW)
        lena = as_("lena")
        start(lena)
        answer_all(lena, submit=True)
        assert "PP 28/2018" not in lena.get(f"{QUIZ}/percobaan/1/").text
        monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(days=7))
        assert "PP 28/2018" in as_("lena").get(f"{QUIZ}/percobaan/1/").text

    def test_an_old_attempt_keeps_its_questions_when_the_file_changes(self, cast: Cast, as_: As) -> None:
        lena = as_("lena")
        start(lena)
        changed = QUIZ_SOURCE.replace("Siapa yang menerbitkan", "Pejabat mana yang menerbitkan")
        publish(SAMPLE.but(**{"01_sister_city__03_kuis_sister_city_md": changed}), NOW)
        assert "Siapa yang menerbitkan" in lena.get(f"{QUIZ}/percobaan/1/").text
        answer_all(lena, submit=True)
        assert "Nilai Anda 100" in lena.get(f"{QUIZ}/percobaan/1/").text
        start(lena, 2)
        assert "Pejabat mana yang menerbitkan" in lena.get(f"{QUIZ}/percobaan/2/").text


class TestPreview:
    def test_staff_read_the_key_and_nothing_is_counted(self, cast: Cast, as_: As) -> None:
        kofi = as_("kofi")
        page = kofi.get(f"{QUIZ}/").text
        assert "Pratinjau" in page
        assert "PP 28/2018 Pasal 33." in page
        assert start(kofi).status_code == 403
        assert attempts() == []
