"""Importing a roster: what cohorts.planning says, in one transaction; again, it changes nothing."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import selectinload

from accounts import log
from accounts.deeds import Deed
from accounts.models import Person
from cohorts.models import Cohort, Enrolment, Group, GroupMember, GroupSet
from cohorts.planning import GroupChange, PlannedRow, Step, count, plan
from cohorts.roster import Roster
from foundation.database import db
from foundation.errors import N_, Conflict, DomainError

PORTION = 50
"""Rows that are written together, and after which progress is told."""

Places = dict[tuple[str, str], Group]
"""(set, group) -> the group; both by name, capitals ignored."""


def import_roster(
    actor: Person | None,
    cohort: Cohort,
    roster: Roster,
    at: datetime,
    *,
    skip_problems: bool = False,
    rows: slice = slice(None),
    tell: Callable[[int], None] = lambda written: None,
) -> dict[Step, int]:
    """Bring people into a cohort and what is known of them up to date; `rows` takes a part of the roster's only.

    Raises DomainError, having changed nothing, when a row has a problem and those are not to be skipped.
    """
    db.session.execute(select(Cohort.id).where(Cohort.id == cohort.id).with_for_update())
    planned = plan(actor, cohort, roster)
    if planned.problems and not (skip_problems and roster.rows):
        raise DomainError(N_("Daftar ini masih bermasalah, jadi belum ada yang diimpor. Periksa lagi pratinjaunya."))
    numbers = {row.number for row in roster.rows[rows]}
    chosen = [row for row in planned.rows if row.row.number in numbers]
    try:
        _write(cohort, chosen, at, tell)
    except IntegrityError as error:
        db.session.rollback()
        raise Conflict(N_("Orang lain baru saja mendaftarkan praja yang sama. Coba sekali lagi.")) from error
    done = count(chosen)
    if len(chosen) > done[Step.KEEP]:
        log.record(
            actor,
            Deed.IMPORT_ROSTER,
            at,
            course=cohort.course,
            cohort=cohort.slug,
            created=done[Step.CREATE],
            enrolled=done[Step.ENROL] + done[Step.RETURN],
            updated=done[Step.UPDATE],
            people=[row.row.username for row in chosen if row.step is not Step.KEEP],
            renamed={row.row.username: row.name_before for row in chosen if row.name_before is not None},
        )
    db.session.commit()
    return done


def _write(cohort: Cohort, rows: Sequence[PlannedRow], at: datetime, tell: Callable[[int], None]) -> None:
    places = _make_groups(cohort, [change for planned in rows for change in planned.groups], at)
    for start in range(0, len(rows), PORTION):
        portion = rows[start : start + PORTION]
        people = _write_people(portion, at)
        enrolments = _write_enrolments(cohort, portion, people, at)
        _write_members(portion, enrolments, places)
        tell(len(portion))


def _write_people(rows: Sequence[PlannedRow], at: datetime) -> dict[int, int]:
    """New accounts, which nobody can sign in to yet, and new names; row number -> person id."""
    new = {planned.row.username: planned.row for planned in rows if planned.step is Step.CREATE}
    people = {planned.row.number: planned.person_id for planned in rows if planned.person_id is not None}
    values = [
        {"username": row.username, "name": row.name, "has_own_password": False, "created_at": at}
        for row in new.values()
    ]
    if values:
        made = db.session.execute(insert(Person).returning(Person.username, Person.id), values)
        people |= {new[username].number: person_id for username, person_id in made}
    renamed = [planned for planned in rows if planned.name_before is not None]
    _update(Person, ({"id": planned.person_id, "name": planned.row.name} for planned in renamed))
    return people


def _write_enrolments(
    cohort: Cohort, rows: Sequence[PlannedRow], people: dict[int, int], at: datetime
) -> dict[int, int]:
    """Places in the cohort, new and resumed, and details; row number -> enrolment id."""
    enrolments = {planned.row.number: planned.enrolment_id for planned in rows if planned.enrolment_id is not None}
    numbers = {people[planned.row.number]: planned.row.number for planned in rows}
    values = [
        {
            "person_id": people[planned.row.number],
            "cohort_id": cohort.id,
            "enrolled_at": at,
            "details": dict(planned.row.details),
        }
        for planned in rows
        if planned.enrolment_id is None
    ]
    if values:
        made = db.session.execute(insert(Enrolment).returning(Enrolment.person_id, Enrolment.id), values)
        enrolments |= {numbers[person_id]: enrolment_id for person_id, enrolment_id in made}
    standing = [planned for planned in rows if planned.enrolment_id is not None]
    _update(Enrolment, ({"id": row.enrolment_id, "ended_at": None} for row in standing if row.step is Step.RETURN))
    _update(Enrolment, ({"id": row.enrolment_id, "details": row.details} for row in standing if row.has_new_details))
    return enrolments


def _write_members(rows: Sequence[PlannedRow], enrolments: dict[int, int], places: Places) -> None:
    new, moved = [], []
    for planned in rows:
        for change in planned.groups:
            group = places[_place(change)]
            if change.member_id is not None:
                moved.append({"id": change.member_id, "group_id": group.id})
            else:
                enrolment_id = enrolments[planned.row.number]
                new.append({"set_id": group.set_id, "group_id": group.id, "enrolment_id": enrolment_id})
    if new:
        db.session.execute(insert(GroupMember), new)
    _update(GroupMember, moved)


def _update(model: type[Person | Enrolment | GroupMember], values: Iterable[Mapping[str, object]]) -> None:
    """Rows by their id, in one statement."""
    if values := list(values):
        db.session.execute(update(model), values)


def _place(change: GroupChange) -> tuple[str, str]:
    return change.set.casefold(), change.group.casefold()


def _make_groups(cohort: Cohort, changes: Sequence[GroupChange], at: datetime) -> Places:
    """The groups that people come into; those that are not there yet are made, in the order of their numbers."""
    query = (
        select(GroupSet)
        .where(GroupSet.cohort_id == cohort.id, GroupSet.deleted_at.is_(None))
        .options(selectinload(GroupSet.groups))
        .order_by(GroupSet.id.desc())
    )
    sets = {set_.name.casefold(): set_ for set_ in db.session.scalars(query)} if changes else {}
    places = {(name, group.name.casefold()): group for name, set_ in sets.items() for group in set_.groups}
    for change in sorted(changes, key=lambda change: _natural(change.group)):
        name = change.set.casefold()
        if name not in sets:
            sets[name] = GroupSet(cohort=cohort, name=change.set, created_at=at, groups=[])
            db.session.add(sets[name])
        if _place(change) not in places:
            position = max((group.position for group in sets[name].groups), default=0) + 1
            places[_place(change)] = Group(set=sets[name], name=change.group, position=position)
            db.session.add(places[_place(change)])
    db.session.flush()
    return places


def _natural(name: str) -> list[tuple[int, str]]:
    """ "Kelompok 10" comes after "Kelompok 2"."""
    parts = re.findall(r"[0-9]+|[^0-9]+", name.casefold())
    return [(int(part), "") if part[0] in "0123456789" else (-1, part) for part in parts]
