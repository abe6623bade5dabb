"""Locking a learner's place, for whatever they write there."""

from sqlalchemy import select

from cohorts.models import Enrolment
from foundation.database import db
from foundation.errors import NotFound


def hold(enrolment: Enrolment) -> None:
    """Let one request of a learner write at a time. Raises NotFound for one whose data was erased meanwhile."""
    query = select(Enrolment.id).where(Enrolment.id == enrolment.id, Enrolment.person_id == enrolment.person_id)
    if db.session.scalars(query.with_for_update()).one_or_none() is None:
        raise NotFound()


def hold_all(person_id: int) -> list[int]:
    """The ids of all enrolments somebody ever had, locked in the order in which everybody locks several."""
    query = select(Enrolment.id).where(Enrolment.person_id == person_id).order_by(Enrolment.id)
    return list(db.session.scalars(query.with_for_update()))
