"""Questions of kinds that cannot be answered yet: kept, told of, and never in a learner's way."""

from collections.abc import Callable

from flask.testing import FlaskClient

from courses.models import Progress
from demo import cohort
from foundation.database import db
from quizzes.models import Attempt, CheckAnswer
from tests.cast import Cast, activity, publish
from tests.conftest import NOW
from tests.quizzes.playing import QUIZ, start
from tests.sample import LESSON, SAMPLE
from tests.sample import QUIZ as QUIZ_SOURCE

As = Callable[[str], FlaskClient]
LESSON_PAGE = "/kursus/contoh/asal-usul/"
WAITING = QUIZ_SOURCE + "\n## Berapa tahun? {#tahun}\ntujuan: SC1\nlihat: 01-asal-usul.md#niat\n\n= 1956\n"
MIXED = LESSON.replace(
    "> **Pembahasan.** Lihat bagian surat konfirmasi.\n",
    "> **Pembahasan.** Lihat bagian surat konfirmasi.\n\n"
    "### Ibu kotanya [[Mataram]]? {#cek-kota}\nlihat: #surat\n\nDi pulau [[Lombok]].\n",
)
ONLY_WAITING = (
    LESSON[: LESSON.index("::: cek")]
    + "::: cek\n### Ibu kota? {#cek-surat}\nlihat: #surat\n\n= Mataram\n:::\n\n[^a]: Sumber contoh.\n"
)


def with_quiz(text: str) -> None:
    report = publish(SAMPLE.but(**{"01_sister_city__03_kuis_sister_city_md": text}), NOW)
    assert report.kept == 0


def with_lesson(text: str) -> None:
    report = publish(SAMPLE.but(**{"01_sister_city__01_asal_usul_md": text}), NOW)
    assert report.kept == 0


class TestAQuiz:
    def test_says_kindly_which_kinds_wait(self, cast: Cast, as_: As) -> None:
        with_quiz(WAITING)
        page = as_("lena").get(f"{QUIZ}/").text
        assert "belum dapat dijawab di sini: angka." in page
        assert f'action="{QUIZ}/mulai"' not in page
        assert "1956" not in page

    def test_cannot_be_started(self, cast: Cast, as_: As) -> None:
        with_quiz(WAITING)
        response = start(as_("lena"))
        assert response.status_code == 409
        assert "belum dapat dimulai" in response.text
        assert db.session.query(Attempt).count() == 0

    def test_an_attempt_that_is_open_goes_on(self, cast: Cast, as_: As) -> None:
        lena = as_("lena")
        start(lena)
        with_quiz(WAITING)
        page = lena.get(f"{QUIZ}/").text
        assert "Lanjutkan percobaan 1" in page
        assert start(lena).location == f"{QUIZ}/percobaan/1/"
        assert lena.get(f"{QUIZ}/percobaan/1/").status_code == 200

    def test_can_be_started_once_every_question_can_be_answered(self, cast: Cast, as_: As) -> None:
        with_quiz(WAITING)
        with_quiz(QUIZ_SOURCE)
        assert start(as_("lena")).status_code == 303

    def test_staff_read_every_question_with_its_key(self, cast: Cast, as_: As) -> None:
        with_quiz(WAITING)
        page = as_("kofi").get(f"{QUIZ}/").text
        assert "Berapa tahun?" in page and "Siapa yang menerbitkan surat konfirmasi?" in page
        assert "= 1956" in page
        assert "Soal angka belum dapat dijawab di sini." in page

    def test_invented_learners_leave_it_out(self, cast: Cast) -> None:
        with_quiz(WAITING)
        cohort.make("contoh", "rekaan", NOW, size=20)
        done = {row.activity_id for row in db.session.query(Progress)}
        assert activity("kuis-sister-city").id not in done
        assert activity("asal-usul").id in done


class TestACheck:
    def test_shows_the_questions_it_can_and_a_sentence_for_the_others(self, cast: Cast, as_: As) -> None:
        with_lesson(MIXED)
        page = as_("lena").get(LESSON_PAGE).text
        assert "Siapa yang menerbitkan surat konfirmasi?" in page
        assert "Soal isian ini sedang disiapkan" in page
        assert "Mataram" not in page and "Lombok" not in page
        assert "Periksa</button>" in page
        assert 'name="urutan-1"' in page and 'name="urutan-2"' not in page

    def test_keeps_answers_to_the_questions_it_can(self, cast: Cast, as_: As) -> None:
        with_lesson(MIXED.replace("- [x] Menteri Luar Negeri", "- [x] Menteri Luar Negeri {#menlu}"))
        form = {"klien": "halaman", "urutan-1": 1, "jawaban-1": "menlu", "urutan-2": 1}
        assert as_("lena").post(f"{LESSON_PAGE}cek/cek-surat", data=form).status_code == 303
        assert [row.question for row in db.session.query(CheckAnswer)] == ["cek-surat"]

    def test_refuses_answers_to_the_others(self, cast: Cast, as_: As) -> None:
        with_lesson(MIXED)
        form = {"klien": "halaman", "urutan-2": 1, "jawaban-2": "Mataram"}
        assert as_("lena").post(f"{LESSON_PAGE}cek/cek-surat", data=form).status_code == 400
        assert db.session.query(CheckAnswer).count() == 0

    def test_has_no_button_when_nothing_can_be_answered(self, cast: Cast, as_: As) -> None:
        with_lesson(ONLY_WAITING)
        page = as_("lena").get(LESSON_PAGE).text
        assert "Soal jawaban singkat ini sedang disiapkan" in page
        assert "Periksa</button>" not in page
