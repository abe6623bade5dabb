"""An instructor gives a member of the own cohort a code for a forgotten password."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from accounts import actions
from accounts.models import LogEntry, ResetCode
from accounts.roles import Role, course_scope
from cohorts.actions import enrol
from foundation.database import db
from tests.cast import Cast
from tests.conftest import NOW


def test_it_is_shown_once_with_what_to_say(cast: Cast, as_: Callable[[str], FlaskClient]) -> None:
    assert "Beri kode lupa kata sandi" in as_("bayu").get("/angkatan/dua/praja/omar/").text
    page = as_("bayu").post("/angkatan/dua/praja/omar/kode").text
    assert "Kode untuk Omar Bakri" in page
    assert "Berlaku 30 menit" in page
    assert 'href="/angkatan/dua/praja/omar/"' in page, "back to the member's page"
    [entry] = db.session.query(LogEntry)
    assert (entry.deed, entry.subject_id, entry.course, entry.cohort) == ("ISSUE_CODE", cast.omar.id, "contoh", "dua")


@pytest.mark.parametrize(
    ("who", "cohort", "whose", "status"),
    [
        ("bayu", "satu", "lena", 404),
        ("bayu", "dua", "lena", 404),
        ("ida", "satu", "lena", 200),
        ("ida", "tiga", "rani", 404),
        ("kofi", "satu", "lena", 403),
        ("lena", "satu", "lena", 403),
        ("ada", "dua", "tidak-ada", 404),
    ],
)
def test_for_members_of_the_own_cohort_only(
    cast: Cast, as_: Callable[[str], FlaskClient], who: str, cohort: str, whose: str, status: int
) -> None:
    assert as_(who).post(f"/angkatan/{cohort}/praja/{whose}/kode").status_code == status
    assert db.session.query(ResetCode).count() == (status == 200)


def test_who_left_the_cohort_gets_none_there(cast: Cast, as_: Callable[[str], FlaskClient]) -> None:
    cast.enrolments["omar"].ended_at = NOW
    db.session.commit()
    assert "Beri kode" not in as_("bayu").get("/angkatan/dua/praja/omar/").text
    assert as_("bayu").post("/angkatan/dua/praja/omar/kode").status_code == 404


def test_staff_who_study_in_it_get_none(cast: Cast, as_: Callable[[str], FlaskClient]) -> None:
    """Or an instructor of one cohort could become whoever may do more."""
    actions.grant(cast.omar, Role.LECTURER, course_scope("lain"), NOW)
    enrol(cast.ada, cast.cohorts["dua"], NOW)
    db.session.commit()
    for username in ("omar", "ada"):
        refused = as_("bayu").post(f"/angkatan/dua/praja/{username}/kode")
        assert refused.status_code == 403
        assert "oleh admin situs" in refused.text
    assert as_("ada").post("/angkatan/dua/praja/omar/kode").status_code == 200


def test_a_wrong_method_is_told_so(cast: Cast, as_: Callable[[str], FlaskClient]) -> None:
    assert as_("bayu").get("/angkatan/dua/praja/omar/kode").status_code == 405
