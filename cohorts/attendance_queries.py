"""Finding meetings, and in each who was there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVarTuple

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import contains_eager

from accounts.models import Person
from accounts.queries import named_like
from cohorts.models import Attendance, Cohort, Enrolment, Meeting, Presence
from foundation.database import db
from foundation.errors import N_, DomainError, NotFound

Row = TypeVarTuple("Row")


@dataclass(frozen=True)
class Line:
    """One learner in a meeting's list; `attendance` is None while nothing is known."""

    enrolment: Enrolment
    attendance: Attendance | None

    @property
    def presence(self) -> Presence | None:
        return self.attendance.presence if self.attendance else None


@dataclass(frozen=True)
class Turnout:
    """How many are in a meeting's list, and of these how many stand there as what."""

    total: int
    noted: dict[Presence, int]

    @property
    def present(self) -> int:
        return self.noted.get(Presence.PRESENT, 0)

    @property
    def missing(self) -> int:
        return self.total - sum(self.noted.values())


def meetings_of(cohort: Cohort, limit: int, offset: int = 0) -> list[tuple[Meeting, int]]:
    """Newest first, each with how many were present."""
    present = (
        select(Attendance.meeting_id, func.count().label("present"))
        .where(Attendance.presence == Presence.PRESENT)
        .group_by(Attendance.meeting_id)
        .subquery()
    )
    query = (
        select(Meeting, func.coalesce(present.c.present, 0))
        .join(present, present.c.meeting_id == Meeting.id, isouter=True)
        .where(Meeting.cohort_id == cohort.id)
        .order_by(Meeting.opened_at.desc(), Meeting.id.desc())
        .limit(limit)
        .offset(offset)
    )
    return [(meeting, present) for meeting, present in db.session.execute(query)]


def count_meetings(cohort: Cohort) -> int:
    query = select(func.count()).select_from(Meeting).where(Meeting.cohort_id == cohort.id)
    return db.session.scalars(query).one()


def get_meeting(cohort: Cohort, id: int) -> Meeting:
    """One of this cohort. Raises NotFound."""
    query = select(Meeting).where(Meeting.id == id, Meeting.cohort_id == cohort.id)
    meeting = db.session.scalars(query).one_or_none()
    if meeting is None:
        raise NotFound()
    return meeting


def get_open_meeting(person_id: int, code: str, now: datetime) -> tuple[Meeting, Enrolment]:
    """The meeting whose code this is now, and the person's place in its cohort. Raises DomainError without either."""
    query = (
        select(Meeting, Enrolment)
        .join(Enrolment, Enrolment.cohort_id == Meeting.cohort_id)
        .where(
            Meeting.code == code,
            Meeting.code_expires_at > now,
            Enrolment.person_id == person_id,
            Enrolment.ended_at.is_(None),
        )
    )
    found = db.session.execute(query).one_or_none()
    if found is None:
        raise DomainError(
            N_(
                "Kode ini salah, sudah tidak berlaku, atau bukan untuk angkatan Anda. "
                "Mintalah kode baru kepada instruktur."
            )
        )
    return found[0], found[1]


def lines(
    meeting: Meeting, search: str = "", *, only_missing: bool = False, limit: int | None = None, offset: int = 0
) -> list[Line]:
    """A meeting's list by name: who is in the cohort, and who has left it but was noted."""
    query = (
        _listed(select(Enrolment, Attendance), meeting, search, only_missing=only_missing)
        .options(contains_eager(Enrolment.person))
        .order_by(func.lower(Person.name), Enrolment.id)
        .limit(limit)
        .offset(offset)
    )
    return [Line(enrolment, attendance) for enrolment, attendance in db.session.execute(query)]


def count_lines(meeting: Meeting, search: str = "", *, only_missing: bool = False) -> int:
    query = _listed(select(func.count()).select_from(Enrolment), meeting, search, only_missing=only_missing)
    return db.session.scalars(query).one()


def turnout(meeting: Meeting) -> Turnout:
    query = _listed(select(Attendance.presence, func.count()).select_from(Enrolment), meeting)
    counts: Sequence[tuple[Presence | None, int]] = db.session.execute(query.group_by(Attendance.presence)).all()
    return Turnout(
        sum(count for _presence, count in counts),
        {presence: count for presence, count in counts if presence is not None},
    )


def _listed(query: Select[*Row], meeting: Meeting, search: str = "", *, only_missing: bool = False) -> Select[*Row]:
    here = (Attendance.enrolment_id == Enrolment.id) & (Attendance.meeting_id == meeting.id)
    conditions: list[ColumnElement[bool]] = [
        Enrolment.cohort_id == meeting.cohort_id,
        or_(Enrolment.ended_at.is_(None), Attendance.id.is_not(None)),
    ]
    if search:
        conditions.append(named_like(search))
    if only_missing:
        conditions.append(Attendance.id.is_(None))
    return query.join(Enrolment.person).join(Attendance, here, isouter=True).where(*conditions)
