"""Checks inside lessons: instant feedback, practice only."""

from collections.abc import Callable

from flask.testing import FlaskClient

from courses import versions
from courses.completion import State
from courses.models import Evidence, Progress
from foundation.database import db
from quizzes.models import CheckAnswer
from tests.cast import Cast, activity

As = Callable[[str], FlaskClient]
CHECK = "/kursus/contoh/asal-usul/cek/cek-surat"
LESSON = "/kursus/contoh/asal-usul/"


def keys() -> dict[str, str]:
    """The text of each option -> its key."""
    version = activity("asal-usul").current_version_id
    assert version is not None
    (placed,) = versions.definition_of(version).containers
    return {option.text: option.key for option in placed.definition.questions[0].options}


def answer(client: FlaskClient, key: str, sequence: int = 1, fragment: bool = False) -> str:
    headers = {"X-Fragment": "1"} if fragment else {}
    form = {"klien": "halaman", "urutan-1": sequence, "jawaban-1": key}
    response = client.post(CHECK, data=form, headers=headers)
    if not fragment and response.status_code == 303:
        assert response.location == f"{LESSON}#cek-surat"
        return client.get(LESSON).text
    assert response.status_code == 200
    return response.text


def test_before_answering_the_key_is_not_on_the_page(cast: Cast, as_: As) -> None:
    page = as_("lena").get(LESSON).text
    assert "Siapa yang menerbitkan surat konfirmasi?" in page
    assert "Mendagri meneruskannya." not in page
    assert "Lihat bagian surat konfirmasi." not in page


def test_feedback_comes_at_once_without_script(cast: Cast, as_: As) -> None:
    lena = as_("lena")
    page = answer(lena, keys()["Menteri Dalam Negeri"])
    assert "Mendagri meneruskannya." in page
    assert "Lihat bagian surat konfirmasi." in page


def test_with_script_only_the_check_comes_back(cast: Cast, as_: As) -> None:
    lena = as_("lena")
    part = answer(lena, keys()["Menteri Luar Negeri"], fragment=True)
    assert "Tepat." in part
    assert "<html" not in part


def test_it_is_practice_never_a_score(cast: Cast, as_: As) -> None:
    lena = as_("lena")
    answer(lena, keys()["Menteri Luar Negeri"])
    progress = db.session.query(Progress).one()
    assert (progress.state, progress.earned) == (State.STARTED, None)
    evidence = db.session.query(Evidence).one()
    assert (evidence.objective, evidence.item, evidence.is_practice) == ("SC2", "cek-surat", True)


def test_a_repeated_request_is_one_answer_and_another_try_is_another(cast: Cast, as_: As) -> None:
    lena = as_("lena")
    found = keys()
    answer(lena, found["DPRD"])
    answer(lena, found["DPRD"])
    assert db.session.query(CheckAnswer).count() == 1
    answer(lena, found["Menteri Luar Negeri"], sequence=2)
    assert db.session.query(CheckAnswer).count() == 2


def test_staff_try_it_and_nothing_is_kept(cast: Cast, as_: As) -> None:
    kofi = as_("kofi")
    page = answer(kofi, keys()["Menteri Dalam Negeri"])
    assert "Mendagri meneruskannya." in page
    assert db.session.query(CheckAnswer).count() == 0


def test_nothing_chosen_is_no_answer(cast: Cast, as_: As) -> None:
    lena = as_("lena")
    assert lena.post(CHECK, data={"klien": "halaman", "urutan-1": 1}).status_code == 303
    assert db.session.query(CheckAnswer).count() == 0


def test_a_check_that_is_not_there(cast: Cast, as_: As) -> None:
    assert as_("lena").post("/kursus/contoh/asal-usul/cek/bukan", data={}).status_code == 404
    assert as_("lena").post("/kursus/contoh/kuis-sister-city/cek/cek-surat", data={}).status_code == 404
