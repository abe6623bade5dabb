"""A page asks the database as often for a full hall as for a few: every page there is, found by its route."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from accounts import log
from accounts.access import access_of
from accounts.deeds import Deed
from accounts.models import Person, StaffGrant
from cohorts.models import Announcement, Attendance, Cohort, Enrolment, Group, GroupMember, GroupSet, Meeting, Presence
from courses.completion import State
from courses.models import Progress
from foundation.database import db
from tests.cast import Cast, activity
from tests.conftest import NOW
from tests.quizzes.essays import essay_of, hand_in_essays
from tests.quizzes.playing import answer_all, start
from tests.test_routes import (
    PLACE,
    WHO_MAY,
    furnish,
    miss_the_check,
    open_the_ways_in,
    put_into_a_group,
    routes,
    url_of,
)

As = Callable[[str], FlaskClient]

__all__ = ["routes"]

HALL = 393
PAST = 30
MOST = 10
"""Statements that the costliest page may send."""


def _fill(cast: Cast) -> None:
    """A hall in cohort dua, each in a group, noted in a meeting, at work and with an essay to mark.

    And of all else what a year brings.
    """
    cohort, lesson = cast.cohorts["dua"], activity("asal-usul")
    people = [Person(username=f"32.{n:04}", name=f"Praja {n:04}", created_at=NOW) for n in range(HALL)]
    places = [
        Enrolment(
            person=person,
            cohort=cohort,
            enrolled_at=NOW,
            ended_at=NOW if n % 10 == 0 else None,
            details={"provinsi": f"P{n % 38}"},
        )
        for n, person in enumerate(people)
    ]
    db.session.add_all(places)
    split = db.session.get_one(GroupSet, PLACE["group_set"])
    new = [Group(set=split, name=f"Kelompok {n}", position=n + 2, facilitator=cast.bayu) for n in range(PAST)]
    db.session.add_all(new)
    db.session.flush()
    groups = [db.session.get_one(Group, PLACE["group"]), *new]
    for n, place in enumerate(places):
        db.session.add(GroupMember(set_id=split.id, group_id=groups[n % len(groups)].id, enrolment_id=place.id))
        db.session.add(
            Attendance(meeting_id=PLACE["meeting"], enrolment_id=place.id, presence=Presence.PRESENT, at=NOW)
        )
        db.session.add(
            Progress(
                enrolment_id=place.id,
                activity_id=lesson.id,
                state=State.DONE,
                updated_at=NOW,
                done_at=NOW,
            )
        )
    for n in range(PAST):
        _fill_a_day(cast, n, groups[n])
    hand_in_essays(*[essay_of(place.id) for place in places])
    db.session.commit()


def _fill_a_day(cast: Cast, n: int, group: Group) -> None:
    cohort = cast.cohorts["dua"]
    at = NOW + timedelta(minutes=n)
    db.session.add_all(
        [
            Meeting(cohort=cohort, title=f"Pertemuan {n}", opened_at=at, code=f"KODE{n}", code_expires_at=at),
            Announcement(
                cohort_id=cohort.id,
                group_id=group.id if n % 2 else None,
                title=f"Kabar {n}",
                source="Ya.",
                html="<p>Ya.</p>",
                appears_at=NOW,
                changed_at=NOW,
                author_id=cast.bayu.id,
            ),
            GroupSet(cohort=cohort, name=f"Pembagian {n}", created_at=at, deleted_at=at if n % 2 else None),
            Cohort(slug=f"lalu-{n}", course="contoh", name=f"Lalu {n}", created_at=at),
            StaffGrant(person=cast.kofi, role="dosen", scope=f"kursus:lain-{n}", granted_at=at),
        ]
    )
    log.record(cast.bayu, Deed.REMOVE_MEMBER, at, subject=cast.omar, course="contoh", cohort="dua")


@pytest.mark.parametrize("who", ["omar", "ida", "ada"])
def test_a_full_hall_costs_no_more_queries_than_a_few(
    app: Flask, cast: Cast, as_: As, routes: list[tuple[Rule, str]], queries: list[str], who: str
) -> None:
    open_the_ways_in(cast)
    furnish(cast)
    start(as_("omar"))
    answer_all(as_("omar"), submit=True)
    miss_the_check(as_("omar"))
    put_into_a_group(cast)
    addresses = [
        url_of(app, rule, method)
        for rule, method in routes
        if method == "GET" and who in WHO_MAY[access_of(app, rule.endpoint)] and rule.endpoint != "static_file"
    ]

    def count() -> dict[str, int]:
        client, sent = as_(who), {}
        for address in addresses:
            client.get(address)  # what a process keeps is kept by now
            queries.clear()
            client.get(address)
            sent[address] = len(queries)
        return sent

    few = count()
    _fill(cast)
    many = count()
    assert {address: (few[address], n) for address, n in many.items() if n > few[address] + 2} == {}
    assert max(many.values()) <= MOST
