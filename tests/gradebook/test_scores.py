"""The scores of a cohort: searched, sorted, paged, exported; staff left out."""

from collections.abc import Callable, Iterator

import pytest
from flask.testing import FlaskClient

from accounts.actions import create_person, grant
from accounts.roles import Role
from cohorts.actions import enrol
from courses.actions import record_progress
from courses.completion import Outcome, State
from foundation import spreadsheets
from foundation.database import db
from gradebook import views
from tests.cast import Cast, activity
from tests.conftest import NOW

As = Callable[[str], FlaskClient]
PAGE = "/rekap/contoh/?angkatan=satu"


@pytest.fixture
def hall(cast: Cast) -> Iterator[Cast]:
    """Lena and three more in cohort satu; one of them is staff."""
    for username, name, score in (
        ("made", "I Made Surya", 5),
        ("zul", "zulkifli", 9),
        ("dosen2", "Dosen Ikut Belajar", 10),
    ):
        person = create_person(username, name, NOW)
        enrolment = enrol(person, cast.cohorts["satu"], NOW)
        record_progress(
            enrolment.id,
            activity("kuis-sister-city").id,
            Outcome(State.DONE, NOW, earned=score, maximum=10, is_passed=score >= 7),
        )
        if username == "dosen2":
            grant(person, Role.LECTURER, "kursus:contoh", NOW)
    db.session.commit()
    yield cast


def order(page: str) -> list[str]:
    names = ("Lena Lestari", "I Made Surya", "zulkifli")
    return sorted((name for name in names if name in page), key=page.index)


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        ("", ["I Made Surya", "Lena Lestari", "zulkifli"]),
        ("&arah=turun", ["zulkifli", "Lena Lestari", "I Made Surya"]),
        ("&urut=kuis-sister-city", ["I Made Surya", "zulkifli", "Lena Lestari"]),
        ("&urut=kuis-sister-city&arah=turun", ["zulkifli", "I Made Surya", "Lena Lestari"]),
        ("&urut=selesai", ["Lena Lestari", "I Made Surya", "zulkifli"]),
        ("&urut=tidak-ada", ["I Made Surya", "Lena Lestari", "zulkifli"]),
        ("&cari=LENA", ["Lena Lestari"]),
        ("&cari=zul", ["zulkifli"]),
        ("&cari=%25", []),
        ("&hal=99", ["I Made Surya", "Lena Lestari", "zulkifli"]),
        ("&hal=-1", ["I Made Surya", "Lena Lestari", "zulkifli"]),
    ],
)
def test_searching_and_sorting(hall: Cast, as_: As, wish: str, expected: list[str]) -> None:
    assert order(as_("ida").get(PAGE + wish).text) == expected


def test_staff_who_study_are_left_out(hall: Cast, as_: As) -> None:
    assert "Dosen Ikut Belajar" not in as_("ida").get(PAGE).text
    assert "Dosen Ikut Belajar" not in as_("ida").get("/rekap/contoh/nilai.csv?angkatan=satu").text


def test_a_mean_says_over_how_many(hall: Cast, as_: As) -> None:
    page = as_("ida").get(PAGE).text
    assert "70" in page
    assert "n = 2" in page


def test_pages(hall: Cast, as_: As, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "ROWS", 2)
    assert order(as_("ida").get(PAGE).text) == ["I Made Surya", "Lena Lestari"]
    assert order(as_("ida").get(PAGE + "&hal=2").text) == ["zulkifli"]


def test_an_instructor_of_one_cohort_sees_no_other(hall: Cast, as_: As) -> None:
    assert as_("bayu").get(PAGE).status_code == 404
    assert as_("bayu").get("/rekap/contoh/nilai.csv?angkatan=satu").status_code == 404
    assert "Omar Bakri" in as_("bayu").get("/rekap/contoh/").text


def test_scores_lead_to_the_exceptions_of_each_quiz_that_has_any(hall: Cast, as_: As) -> None:
    exceptions = "/rekap/contoh/kuis/kuis-sister-city/pengecualian/"
    for who, page in (("ida", PAGE), ("bayu", "/rekap/contoh/")):
        assert f'href="{exceptions}"' in as_(who).get(page).text
        assert as_(who).get(exceptions).status_code == 200
    assert "kuis/asal-usul/" not in as_("ida").get(PAGE).text


def test_the_number_of_queries_does_not_grow_with_the_cohort(hall: Cast, as_: As, queries: list[str]) -> None:
    ida = as_("ida")
    ida.get(PAGE)
    queries.clear()
    ida.get(PAGE)
    few = len(queries)
    for number in range(30):
        enrol(create_person(f"praja{number}", f"Praja {number}", NOW), hall.cohorts["satu"], NOW)
    db.session.commit()
    queries.clear()
    ida.get(PAGE)
    assert len(queries) == few <= 9
    queries.clear()
    ida.get("/rekap/contoh/nilai.csv?angkatan=satu")
    assert len(queries) <= 7


def test_the_file_opens_in_a_spreadsheet_and_runs_nothing(hall: Cast, as_: As) -> None:
    hall.lena.name = '=HYPERLINK("http://jahat.example","x")'
    db.session.commit()
    response = as_("ida").get("/rekap/contoh/nilai.csv?angkatan=satu")
    text = response.data.decode("utf-8")
    assert response.mimetype == "text/csv"
    assert "attachment" in response.headers["Content-Disposition"]
    assert text.startswith("\ufeffnama_pengguna;nama;angkatan;selesai;Asal-usul;")
    assert "'=HYPERLINK" in text
    assert "\r\nzul;zulkifli;Angkatan satu;1;;;90;\r\n" in text


def test_one_learner(hall: Cast, as_: As) -> None:
    page = as_("ida").get("/rekap/contoh/praja/zul/").text
    assert "zulkifli" in page
    assert "1 dari 4 kegiatan" in page
    assert as_("ida").get("/rekap/contoh/praja/rani/").status_code == 404
    assert as_("ida").get("/rekap/contoh/praja/tidak-ada/").status_code == 404


def test_a_course_without_cohorts_says_so(cast: Cast, as_: As) -> None:
    for cohort in ("satu", "dua"):
        db.session.delete(cast.enrolments["lena" if cohort == "satu" else "omar"])
        db.session.flush()
        db.session.delete(cast.cohorts[cohort])
    db.session.commit()
    assert as_("ida").get("/rekap/contoh/").status_code == 200


@pytest.mark.pure
@pytest.mark.parametrize(
    "start", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "|cmd", "%x", "＝1+1", "＠SUM(A1)"]
)
def test_formulas_are_defused(start: str) -> None:
    assert spreadsheets.defuse(start).startswith("'")


@pytest.mark.pure
@pytest.mark.parametrize(
    ("value", "text"), [(None, ""), (80, "80"), (72.5, "72,5"), (66.6666, "66,67"), (0, "0"), (100, "100")]
)
def test_numbers_have_a_comma(value: float | None, text: str) -> None:
    assert spreadsheets.number(value) == text
