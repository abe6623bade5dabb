"""Finding cohorts and enrolments."""

from sqlalchemy import Exists, bindparam, exists, select
from sqlalchemy.orm import contains_eager

from accounts.models import Person, StaffGrant
from cohorts.models import Cohort, Enrolment
from foundation.database import db
from foundation.errors import NotFound

_ENROLMENT = (
    select(Enrolment)
    .join(Enrolment.cohort)
    .where(Enrolment.person_id == bindparam("person_id"), Cohort.course == bindparam("course"))
    .options(contains_eager(Enrolment.cohort))
    .order_by(Enrolment.id.desc())
    .limit(1)
)


def find_enrolment(person_id: int, course: str) -> Enrolment | None:
    """The person's newest enrolment in a course, with its cohort."""
    return db.session.scalars(_ENROLMENT, {"person_id": person_id, "course": course}).first()


def enrolments_of(person_id: int) -> list[Enrolment]:
    """Newest first, with their cohorts; at most one a course."""
    query = (
        select(Enrolment)
        .join(Enrolment.cohort)
        .where(Enrolment.person_id == person_id)
        .options(contains_eager(Enrolment.cohort))
        .order_by(Enrolment.id.desc())
    )
    newest: dict[str, Enrolment] = {}
    for enrolment in db.session.scalars(query):
        newest.setdefault(enrolment.cohort.course, enrolment)
    return list(newest.values())


def cohorts_of(course: str) -> list[Cohort]:
    """Newest first."""
    query = select(Cohort).where(Cohort.course == course).order_by(Cohort.id.desc())
    return list(db.session.scalars(query))


def get_cohort(slug: str) -> Cohort:
    cohort = db.session.scalars(select(Cohort).where(Cohort.slug == slug)).one_or_none()
    if cohort is None:
        raise NotFound()
    return cohort


def is_staff() -> Exists:
    """Whether a Person of the enclosing query has any grant: staff who try a course are left out of its figures."""
    return exists().where(StaffGrant.person_id == Person.id)
