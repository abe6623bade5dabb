"""Scores of a cohort, in a bounded number of queries however many learners it has. Staff who study are left out."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import contains_eager

from accounts.models import Person
from accounts.queries import named_like
from cohorts.models import Cohort, Enrolment
from cohorts.queries import is_staff
from courses.completion import State
from courses.models import Activity, Progress
from foundation.database import db

BY_NAME = "nama"
BY_DONE = "selesai"


@dataclass(frozen=True)
class Row:
    """One learner: activity id -> progress, for the activities that have any."""

    enrolment: Enrolment
    cells: dict[int, Progress]

    @property
    def person(self) -> Person:
        return self.enrolment.person

    @property
    def done(self) -> int:
        return sum(progress.state is State.DONE for progress in self.cells.values())


@dataclass(frozen=True)
class Summary:
    """A graded activity over a cohort: `mean` is a score of 100, over the `n` learners who have one; None for none."""

    n: int
    mean: float | None
    provisional: int = 0
    """Of how many learners something waits for a person's mark."""


def count_learners(cohort: Cohort, search: str) -> int:
    query = select(func.count()).select_from(Enrolment).join(Enrolment.person).where(*_matching(cohort, search))
    return db.session.scalars(query).one()


def rows(
    cohort: Cohort,
    activities: Sequence[Activity],
    *,
    search: str = "",
    sort: str = BY_NAME,
    descending: bool = False,
    limit: int | None = None,
    offset: int = 0,
) -> list[Row]:
    """Learners of a cohort with their progress; `sort` is BY_NAME, BY_DONE or an activity's key. Two queries."""
    query = (
        select(Enrolment)
        .join(Enrolment.person)
        .where(*_matching(cohort, search))
        .options(contains_eager(Enrolment.person))
        .limit(limit)
        .offset(offset)
    )
    enrolments = list(db.session.scalars(_sorted(query, activities, sort, descending)))
    cells: dict[int, dict[int, Progress]] = {enrolment.id: {} for enrolment in enrolments}
    found = select(Progress).where(
        Progress.enrolment_id.in_(_ids(enrolments, cohort, limit)),
        Progress.activity_id.in_([activity.id for activity in activities]),
    )
    for progress in db.session.scalars(found):
        if progress.enrolment_id in cells:
            cells[progress.enrolment_id][progress.activity_id] = progress
    return [Row(enrolment, cells[enrolment.id]) for enrolment in enrolments]


def _ids(enrolments: Sequence[Enrolment], cohort: Cohort, limit: int | None) -> Select[int] | list[int]:
    """A page names its learners; a whole cohort is named by a subquery, so that no statement grows with it."""
    if limit is None:
        return select(Enrolment.id).where(Enrolment.cohort_id == cohort.id, Enrolment.ended_at.is_(None))
    return [enrolment.id for enrolment in enrolments]


def _matching(cohort: Cohort, search: str) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [
        Enrolment.cohort_id == cohort.id,
        Enrolment.ended_at.is_(None),
        ~is_staff(),
    ]
    return [*conditions, named_like(search)] if search else conditions


def _sorted(query: Select[Enrolment], activities: Sequence[Activity], sort: str, descending: bool) -> Select[Enrolment]:
    """By name within equals; learners without a score come last, whichever way the column is turned."""
    by_name = func.lower(Person.name)
    activity = next((activity for activity in activities if activity.key == sort), None)
    if activity is not None:
        query = query.outerjoin(
            Progress, (Progress.enrolment_id == Enrolment.id) & (Progress.activity_id == activity.id)
        )
        score = func.coalesce(Progress.earned / func.nullif(Progress.maximum, 0), -1)
        has_none = Progress.id.is_(None)
        return query.order_by(has_none, score.desc() if descending else score, by_name, Enrolment.id)
    if sort == BY_DONE:
        done = (
            select(func.count())
            .where(
                Progress.enrolment_id == Enrolment.id,
                Progress.state == State.DONE,
                Progress.activity_id.in_([activity.id for activity in activities]),
            )
            .correlate(Enrolment)
            .scalar_subquery()
        )
        return query.order_by(done.desc() if descending else done, by_name, Enrolment.id)
    return query.order_by(by_name.desc() if descending else by_name, Enrolment.id)


def summaries(cohort: Cohort, activities: Sequence[Activity]) -> dict[int, Summary]:
    """Activity id -> how many have a score, its mean, and how many scores wait for more; one query."""
    percent = 100 * Progress.earned / func.nullif(Progress.maximum, 0)
    provisional = func.count(case((Progress.is_provisional.is_(True), 1)))
    query = (
        select(Progress.activity_id, func.count(percent), func.avg(percent), provisional)
        .join(Progress.enrolment)
        .join(Enrolment.person)
        .where(
            Enrolment.cohort_id == cohort.id,
            Enrolment.ended_at.is_(None),
            ~is_staff(),
            Progress.activity_id.in_([activity.id for activity in activities]),
        )
        .group_by(Progress.activity_id)
    )
    return {
        activity: Summary(n, float(mean) if n else None, waiting)
        for activity, n, mean, waiting in db.session.execute(query)
        if n or waiting
    }
