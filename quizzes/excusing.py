"""Excusing a learner or a cohort from rules of a quiz, and taking it back. Each is logged and commits once."""

from datetime import datetime

from sqlalchemy import select, update

from accounts import log
from accounts.deeds import Deed
from accounts.models import Person
from cohorts.models import Cohort, Enrolment
from courses.models import Activity
from foundation.database import db
from foundation.errors import NotFound
from quizzes import closing, exemptions, pinning, queries
from quizzes.exemptions import Exemption
from quizzes.models import Override


def grant_override(
    actor: Person, activity: Activity, target: Cohort | Enrolment, wanted: Exemption, at: datetime
) -> Override:
    """Let other rules apply to one learner or one cohort from now on, in place of what was granted them before.

    An attempt that is open gets its new time at once; one whose time is over already is submitted first.
    """
    exemptions.check(wanted)
    _settle(activity, target, at)
    _take_turns(activity)
    for before in _standing(activity, target):
        before.ended_at = at
    granted = Override(
        activity_id=activity.id,
        cohort_id=target.id if isinstance(target, Cohort) else None,
        enrolment_id=target.id if isinstance(target, Enrolment) else None,
        minutes_allowed=wanted.minutes_allowed,
        attempts=wanted.attempts,
        opens=wanted.opens,
        closes=wanted.closes,
        reason=wanted.reason,
        by_id=actor.id,
        at=at,
    )
    db.session.add(granted)
    db.session.flush()
    _pin_minutes(activity, target)
    _renew(target)
    _record(actor, Deed.GRANT_EXCEPTION, activity, target, granted, at)
    db.session.commit()
    return granted


def withdraw_override(actor: Person, granted: Override, at: datetime) -> None:
    """Let the quiz's own rules apply again; an open attempt's time with them. Twice is once."""
    activity, target = granted.activity, granted.cohort or granted.enrolment
    assert target is not None
    _settle(activity, target, at)
    _take_turns(activity)
    db.session.refresh(granted)
    if granted.ended_at is None:
        granted.ended_at = at
        db.session.flush()
        _pin_minutes(activity, target)
        _renew(target)
        _record(actor, Deed.WITHDRAW_EXCEPTION, activity, target, granted, at)
    db.session.commit()


def get_override(id: int, activity: Activity, cohorts: list[Cohort]) -> Override:
    """An exception that holds at a quiz, of one of the cohorts given or of a learner in them. Raises NotFound."""
    for one in queries.exceptions_at(activity.id, [cohort.id for cohort in cohorts]):
        if one.id == id:
            return one
    raise NotFound()


def _take_turns(activity: Activity) -> None:
    """Two exceptions at a quiz wait for each other, and starting an attempt waits for them; saves do not."""
    db.session.execute(select(Activity.id).where(Activity.id == activity.id).with_for_update(key_share=True))


def _standing(activity: Activity, target: Cohort | Enrolment) -> list[Override]:
    column = Override.cohort_id if isinstance(target, Cohort) else Override.enrolment_id
    query = select(Override).where(Override.activity_id == activity.id, column == target.id)
    return list(db.session.scalars(query.where(Override.ended_at.is_(None))))


def _settle(activity: Activity, target: Cohort | Enrolment, at: datetime) -> None:
    closing.settle(queries.open_attempts_for(activity.id, target), at)


def _pin_minutes(activity: Activity, target: Cohort | Enrolment) -> None:
    """Give open attempts the time that holds for them now."""
    for attempt in queries.open_attempts_for(activity.id, target, lock=True):
        attempt.minutes_allowed = pinning.terms_of(attempt).minutes_by_exception


def _renew(target: Cohort | Enrolment) -> None:
    """Exceptions are kept by the revision of the cohort's dates (docs/decisions/0008): what was kept is old."""
    id = target.id if isinstance(target, Cohort) else target.cohort_id
    db.session.execute(update(Cohort).where(Cohort.id == id).values(dates_revision=Cohort.dates_revision + 1))


def _record(
    actor: Person, deed: Deed, activity: Activity, target: Cohort | Enrolment, granted: Override, at: datetime
) -> None:
    cohort = target if isinstance(target, Cohort) else target.cohort
    asked = Exemption(granted.minutes_allowed, granted.attempts, granted.opens, granted.closes, granted.reason)
    log.record(
        actor,
        deed,
        at,
        subject=target.person if isinstance(target, Enrolment) else None,
        course=cohort.course,
        cohort=cohort.slug,
        activity=activity.title,
        rules=exemptions.told(asked),
        reason=granted.reason,
    )
