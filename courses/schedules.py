"""A cohort's dates: its own where it has any, else those of the course's files; and what copying would make of them."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from sqlalchemy import select

from cohorts.models import Cohort
from courses import versions
from courses.dates import Dates, days_until
from courses.models import Activity, CohortSchedule
from foundation.database import db
from foundation.errors import N_, DomainError


class Dated(Protocol):
    """An activity, by what is asked of it here."""

    @property
    def id(self) -> int: ...

    @property
    def opens(self) -> datetime | None: ...

    @property
    def closes(self) -> datetime | None: ...


def file_dates(activity: Dated) -> Dates:
    return Dates(activity.opens, activity.closes)


def own_dates(cohort: Cohort) -> Mapping[int, Dates]:
    """Activity id -> what a cohort has of its own in place of the file's; no query once a revision is kept."""
    if cohort.dates_revision == 0:
        return {}
    key = (cohort.id, "dates", cohort.dates_revision)
    kept: Mapping[int, Dates] = versions.derived(key, lambda: _read(cohort.id))
    return kept


def _read(cohort_id: int) -> dict[int, Dates]:
    query = select(CohortSchedule.activity_id, CohortSchedule.opens, CohortSchedule.closes)
    rows = db.session.execute(query.where(CohortSchedule.cohort_id == cohort_id))
    return {activity_id: Dates(opens, closes) for activity_id, opens, closes in rows}


def dates_of(activity: Dated, own: Mapping[int, Dates]) -> Dates:
    """When an activity is open where a cohort has dates of its own."""
    dates = own.get(activity.id)
    return file_dates(activity) if dates is None else dates


def dates_in(cohort: Cohort, activity: Dated) -> Dates:
    """When an activity is open for a cohort."""
    return dates_of(activity, own_dates(cohort))


@dataclass(frozen=True)
class Move:
    """What copying does to one activity of a cohort: the dates that apply before, and its own after."""

    activity: Activity
    before: Dates
    after: Dates


def moves(activities: Iterable[Activity], source: Cohort, target: Cohort, days: int) -> list[Move]:
    """The source's whole calendar, days later, on the target: what has no date in the source is left alone.

    An activity that follows its file in the source moves as well: its file's dates become the target's own.
    """
    theirs, ours = own_dates(source), own_dates(target)
    return [
        Move(activity, dates_of(activity, ours), dates_of(activity, theirs).shifted(days))
        for activity in activities
        if activity.id in theirs or file_dates(activity).has_limit
    ]


def seal(moves: Sequence[Move]) -> str:
    """A word for exactly these moves: what is done is what was shown, or nothing."""
    told = repr([(move.activity.key, move.before, move.after) for move in moves])
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def days_to_begin_on(activities: Iterable[Activity], source: Cohort, day: date) -> int:
    """By how many days the source's calendar moves for its first opening to fall on a day. Raises DomainError."""
    theirs = own_dates(source)
    openings = [dates_of(activity, theirs).opens for activity in activities]
    first = min((opens for opens in openings if opens is not None), default=None)
    if first is None:
        raise DomainError(N_("Jadwal itu tidak punya waktu buka untuk dihitung. Isi banyaknya hari."))
    return days_until(first, day)
