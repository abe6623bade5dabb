"""What importing a roster would do, row by row: a fixed number of queries, and nothing is changed.

A file only adds and corrects: what it leaves out stands, and nobody is taken out of a cohort by missing from it.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from sqlalchemy import or_, select
from sqlalchemy.orm import load_only

from accounts.models import Person, StaffGrant
from accounts.roles import Permission, cohort_scope, course_scope, scopes_with
from cohorts.models import Cohort, Enrolment, Group, GroupMember, GroupSet
from cohorts.roster import Kind, Roster, RosterProblem, Row
from foundation.database import db
from foundation.errors import N_


class Step(StrEnum):
    """What becomes of one row."""

    CREATE = "create"
    ENROL = "enrol"
    RETURN = "return"
    """They were taken out of this cohort, and come back."""
    UPDATE = "update"
    KEEP = "keep"


@dataclass(frozen=True)
class GroupChange:
    """Into which group of which set, both by name, and the place in that set that changes; None for a first place."""

    set: str
    group: str
    member_id: int | None


@dataclass(frozen=True)
class PlannedRow:
    row: Row
    step: Step
    person_id: int | None
    enrolment_id: int | None
    name_before: str | None
    """Of who gets another name; None where it stays."""
    details_before: Mapping[str, str]
    groups: tuple[GroupChange, ...]

    @property
    def details(self) -> dict[str, str]:
        """All of them, old and new."""
        return {**self.details_before, **self.row.details}

    @property
    def has_new_details(self) -> bool:
        return self.details != self.details_before

    @property
    def changed(self) -> list[str]:
        """What a row changes of somebody who is in the cohort, as its columns are called."""
        name = [N_("nama")] if self.name_before is not None else []
        details = [key for key, value in self.row.details.items() if self.details_before.get(key) != value]
        return name + details + [change.set for change in self.groups]


@dataclass(frozen=True)
class Plan:
    rows: tuple[PlannedRow, ...]
    problems: tuple[RosterProblem, ...]

    @property
    def counts(self) -> dict[Step, int]:
        return count(self.rows)

    @property
    def changing(self) -> list[PlannedRow]:
        return [planned for planned in self.rows if planned.step is not Step.KEEP]


def count(rows: Sequence[PlannedRow]) -> dict[Step, int]:
    """How many rows take each step, also those that none takes."""
    found = Counter(planned.step for planned in rows)
    return {step: found[step] for step in Step}


def plan(actor: Person | None, cohort: Cohort, roster: Roster) -> Plan:
    """`actor` is None for a command, which may what an admin may."""
    known = _known(actor, cohort, roster)
    rows: list[PlannedRow] = []
    problems = list(roster.problems)
    for row in roster.rows:
        if refusal := _refusal(row, known, cohort, roster):
            problems.append(refusal)
        else:
            rows.append(_planned(row, known))
    return Plan(tuple(rows), tuple(sorted(problems, key=lambda problem: problem.row)))


@dataclass(frozen=True)
class _Known:
    """What the database says of the people and groups that a roster names."""

    people: Mapping[str, Person]
    enrolments: Mapping[int, Enrolment]
    out_of_reach: frozenset[int]
    """Person ids that this actor may neither enrol nor rename."""
    groups: Mapping[tuple[int, str], tuple[int, str]]
    """(enrolment, set) -> (their place in it, its group); sets and groups by name, capitals ignored."""


def _known(actor: Person | None, cohort: Cohort, roster: Roster) -> _Known:
    usernames = [row.username for row in roster.rows]
    columns = load_only(Person.username, Person.name)
    people = {
        person.username: person
        for person in db.session.scalars(select(Person).where(Person.username.in_(usernames)).options(columns))
    }
    enrolments = {
        enrolment.person_id: enrolment
        for enrolment in db.session.scalars(select(Enrolment).where(Enrolment.cohort_id == cohort.id))
    }
    everybody = frozenset(person.id for person in people.values())
    reach = everybody if actor is None or actor.runs_site else _reach(actor, everybody)
    return _Known(people, enrolments, everybody - reach, _groups(cohort))


def _reach(actor: Person, people: frozenset[int]) -> frozenset[int]:
    """Those without a grant who were ever enrolled in a cohort that the actor may run."""
    scopes = scopes_with(actor.held_grants, Permission.RUN_COHORT)
    courses = [scope.partition(":")[2] for scope in scopes if scope.startswith(course_scope(""))]
    slugs = [scope.partition(":")[2] for scope in scopes if scope.startswith(cohort_scope(""))]
    query = (
        select(Enrolment.person_id)
        .join(Enrolment.cohort)
        .where(
            or_(Cohort.course.in_(courses), Cohort.slug.in_(slugs)),
            Enrolment.person_id.in_(people),
            Enrolment.person_id.not_in(select(StaffGrant.person_id)),
        )
    )
    return frozenset(db.session.scalars(query))


def _groups(cohort: Cohort) -> dict[tuple[int, str], tuple[int, str]]:
    query = (
        select(GroupMember.enrolment_id, GroupSet.name, GroupMember.id, Group.name)
        .join(GroupMember.group)
        .join(Group.set)
        .where(GroupSet.cohort_id == cohort.id, GroupSet.deleted_at.is_(None))
        .order_by(GroupSet.id.desc())
    )
    rows = db.session.execute(query)
    return {(enrolment, set_.casefold()): (member, group.casefold()) for enrolment, set_, member, group in rows}


def _refusal(row: Row, known: _Known, cohort: Cohort, roster: Roster) -> RosterProblem | None:
    if row.cohort and row.cohort.casefold() not in (cohort.slug.casefold(), cohort.name.casefold()):
        sentence = N_("Baris ini untuk angkatan lain. Impor di halaman angkatan itu, atau kosongkan selnya.")
        return RosterProblem(row.number, roster.column_named(Kind.COHORT), sentence)
    person = known.people.get(row.username)
    if person is None and not row.name:
        sentence = N_("Nama belum diisi: akun baru memerlukannya.")
        return RosterProblem(row.number, roster.column_named(Kind.NAME), sentence)
    if person is not None and person.id in known.out_of_reach:
        sentence = N_(
            "Akun ini sudah ada di luar angkatan Anda. Minta admin mendaftarkannya, atau beri praja itu kode gabung."
        )
        return RosterProblem(row.number, roster.column_named(Kind.USERNAME), sentence)
    return None


def _planned(row: Row, known: _Known) -> PlannedRow:
    person = known.people.get(row.username)
    enrolment = known.enrolments.get(person.id) if person else None
    name_before = person.name if person and row.name and row.name != person.name else None
    groups = tuple(
        GroupChange(set_, group, member)
        for set_, group in row.groups.items()
        for member, stands in [known.groups.get((enrolment.id if enrolment else 0, set_.casefold()), (None, ""))]
        if group.casefold() != stands
    )
    planned = PlannedRow(
        row,
        _step(person, enrolment),
        person.id if person else None,
        enrolment.id if enrolment else None,
        name_before,
        enrolment.details if enrolment else {},
        groups,
    )
    return replace(planned, step=Step.UPDATE) if planned.step is Step.KEEP and planned.changed else planned


def _step(person: Person | None, enrolment: Enrolment | None) -> Step:
    if person is None:
        return Step.CREATE
    if enrolment is None:
        return Step.ENROL
    return Step.KEEP if enrolment.ended_at is None else Step.RETURN
