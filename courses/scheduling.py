"""Changing a cohort's dates: by hand, from another cohort, or back to the files'. Each is logged and commits once."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, select

from accounts import log
from accounts.deeds import Deed
from accounts.models import Person
from cohorts.models import Cohort
from courses import dates, queries, schedules
from courses.dates import Dates
from courses.models import Activity, CohortSchedule
from foundation.database import db
from foundation.errors import N_, Conflict
from foundation.local_time import field_value


def set_dates(actor: Person, cohort: Cohort, wanted: Mapping[Activity, Dates | None], at: datetime) -> int:
    """Give activities dates of the cohort's own, None to follow the file again; how many that changed."""
    for own in wanted.values():
        if own is not None:
            dates.check(own)
    rows = _locked_rows(cohort)
    changed = [activity for activity, own in wanted.items() if _write(cohort, rows, activity, own)]
    for activity in changed:
        own = wanted[activity]
        log.record(
            actor,
            Deed.CHANGE_DATES,
            at,
            course=cohort.course,
            cohort=cohort.slug,
            activity=activity.title,
            dates=_told(own) if own else None,
        )
    _finish(cohort, is_changed=bool(changed))
    return len(changed)


def clear_dates(actor: Person, cohort: Cohort, at: datetime) -> None:
    """Let the files' dates apply to all activities of a cohort again; the log keeps what was its own."""
    rows = _locked_rows(cohort)
    if rows:
        before = {row.activity.key: _told(Dates(row.opens, row.closes)) for row in rows.values()}
        db.session.execute(delete(CohortSchedule).where(CohortSchedule.cohort_id == cohort.id))
        log.record(actor, Deed.CLEAR_DATES, at, course=cohort.course, cohort=cohort.slug, before=before)
    _finish(cohort, is_changed=bool(rows))


def copy_dates(actor: Person, source: Cohort, target: Cohort, days: int, seal: str, at: datetime) -> int:
    """Move a cohort's whole calendar to another, days later, as it was previewed; how many dates that changed.

    `seal` names what the preview showed: raises Conflict when the dates, or a file's, have changed since.
    """
    for cohort in sorted(
        {source, target}, key=lambda cohort: cohort.id
    ):  # in one order, so that two never wait in turn
        db.session.refresh(cohort, with_for_update=True)
    moves = schedules.moves(queries.dated_activities(target.course), source, target, days)
    if schedules.seal(moves) != seal:
        raise Conflict(N_("Jadwalnya berubah sejak pratinjau dibuat. Periksa pratinjau yang baru ini, lalu salin."))
    rows = _locked_rows(target)
    changed = [move for move in moves if _write(target, rows, move.activity, move.after)]
    if changed:
        before = {move.activity.key: _told(move.before) for move in changed}
        log.record(
            actor,
            Deed.COPY_DATES,
            at,
            course=target.course,
            cohort=target.slug,
            source=source.name,
            days=days,
            before=before,
        )
    _finish(target, is_changed=bool(changed))
    return len(changed)


def _locked_rows(cohort: Cohort) -> dict[int, CohortSchedule]:
    """Activity id -> the cohort's row, with the cohort locked: nobody else changes its dates meanwhile."""
    db.session.refresh(cohort, with_for_update=True)
    query = select(CohortSchedule).where(CohortSchedule.cohort_id == cohort.id)
    found = db.session.scalars(query.execution_options(populate_existing=True))
    return {row.activity_id: row for row in found}


def _write(cohort: Cohort, rows: Mapping[int, CohortSchedule], activity: Activity, own: Dates | None) -> bool:
    """Make a cohort's dates of an activity what they should be; whether they were not yet."""
    row = rows.get(activity.id)
    if (None if row is None else Dates(row.opens, row.closes)) == own:
        return False
    if own is None:
        db.session.delete(row)
    elif row is None:
        db.session.add(CohortSchedule(cohort_id=cohort.id, activity_id=activity.id, opens=own.opens, closes=own.closes))
    else:
        row.opens, row.closes = own.opens, own.closes
    return True


def _told(own: Dates) -> list[str]:
    """Dates as the log keeps them."""
    return [field_value(own.opens), field_value(own.closes)]


def _finish(cohort: Cohort, is_changed: bool) -> None:
    if is_changed:
        cohort.dates_revision += 1
    db.session.commit()
