"""Making cohorts and enrolling people. The caller commits."""

from datetime import datetime

from sqlalchemy import select

from accounts.models import Person
from cohorts.models import Cohort, Enrolment
from foundation.database import db
from foundation.errors import N_, Conflict


def create_cohort(slug: str, course: str, name: str, at: datetime, *, is_synthetic: bool = False) -> Cohort:
    """Raises Conflict when the slug is taken."""
    if db.session.scalar(select(Cohort.id).where(Cohort.slug == slug)) is not None:
        raise Conflict(N_("Angkatan %(slug)s sudah ada."), slug=slug)
    cohort = Cohort(slug=slug, course=course, name=name, is_synthetic=is_synthetic, created_at=at)
    db.session.add(cohort)
    db.session.flush()
    return cohort


def enrol(person: Person, cohort: Cohort, at: datetime) -> Enrolment:
    """Enrol somebody once; a second time gives the enrolment that stands."""
    query = select(Enrolment).where(Enrolment.person_id == person.id, Enrolment.cohort_id == cohort.id)
    enrolment = db.session.scalars(query).one_or_none()
    if enrolment is None:
        enrolment = Enrolment(person=person, cohort=cohort, enrolled_at=at)
        db.session.add(enrolment)
        db.session.flush()
    return enrolment
