"""What two instructors do to one cohort at the same moment: one of the two holds, whole, and nothing breaks."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from accounts.actions import create_person
from accounts.models import LogEntry, Person
from cohorts.actions import enrol
from cohorts.models import Enrolment, Group, GroupMember, GroupSet
from courses.models import CohortSchedule
from foundation.database import db
from tests.cast import Cast
from tests.conftest import NOW
from tests.racing import at_once

As = Callable[[str], FlaskClient]
SPLIT = {"name": "Kelompok FGD", "way": "acak", "smallest": "6", "largest": "8", "count": "", "seed": "benih"}
ROSTER = "nama pengguna;nama;kelompok\n" + "".join(f"32.{n:04};Praja {n};Kelompok {n % 4}\n" for n in range(1, 41))


@pytest.mark.parametrize("turn", range(3))
def test_two_splits_of_one_name_are_one(app: Flask, cast: Cast, as_: As, turn: int) -> None:
    for number in range(20):
        enrol(create_person(f"praja{number}", f"Praja {number}", NOW), cast.cohorts["dua"], NOW)
    db.session.commit()
    address = "/angkatan/dua/kelompok/baru"
    assert at_once(app, *((as_(who), address, SPLIT) for who in ("ida", "bayu"))) == [303, 409]
    assert db.session.query(GroupSet).count() == 1
    assert db.session.query(GroupMember).count() == 21


@pytest.mark.parametrize("turn", range(3))
def test_two_imports_of_one_roster_are_one(app: Flask, cast: Cast, as_: As, turn: int) -> None:
    address = "/angkatan/dua/impor/jalankan"
    statuses = at_once(app, *((as_(who), address, {"isi": ROSTER}) for who in ("ida", "bayu")))
    assert statuses == [303, 303]
    assert db.session.query(Person).filter(Person.username.like("32.%")).count() == 40
    assert db.session.query(Enrolment).filter_by(cohort_id=cast.cohorts["dua"].id).count() == 41
    assert (db.session.query(Group).count(), db.session.query(GroupMember).count()) == (4, 40)
    assert [entry.deed for entry in db.session.query(LogEntry)] == ["IMPORT_ROSTER"]


@pytest.mark.parametrize("turn", range(3))
def test_two_imports_into_two_cohorts_make_every_account_once(app: Flask, cast: Cast, as_: As, turn: int) -> None:
    addresses = [f"/angkatan/{slug}/impor/jalankan" for slug in ("satu", "dua")]
    statuses = at_once(app, *((as_("ida"), address, {"isi": ROSTER}) for address in addresses))
    assert statuses in ([303, 303], [303, 409]), "who comes second adds them, or is asked to try again"
    assert db.session.query(Person).filter(Person.username.like("32.%")).count() == 40


@pytest.mark.parametrize("turn", range(3))
def test_dates_set_by_two_are_those_of_one(app: Flask, cast: Cast, as_: As, turn: int) -> None:
    wishes = [
        {"awal-kuis-sister-city": "//", "buka-kuis-sister-city": f"2026-12-0{day}T08:00", "tutup-kuis-sister-city": ""}
        for day in (1, 2)
    ]
    requests = zip(("ida", "bayu"), wishes, strict=True)
    statuses = at_once(app, *((as_(who), "/angkatan/dua/jadwal", wish) for who, wish in requests))
    assert set(statuses) <= {303, 409}
    assert 303 in statuses
    [row] = db.session.query(CohortSchedule)
    assert row.opens is not None
    assert row.opens.day in (1, 2)
    db.session.refresh(cast.cohorts["dua"])
    assert cast.cohorts["dua"].dates_revision == statuses.count(303)
