"""A cohort's dates: its own where it has any, else those of the course's files."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from sqlalchemy import select

from cohorts.models import Cohort
from courses import versions
from courses.dates import Dates
from courses.models import CohortSchedule
from foundation.database import db


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
