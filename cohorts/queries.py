"""Finding cohorts and enrolments."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Exists, bindparam, exists, func, select
from sqlalchemy.orm import contains_eager

from accounts.models import Person, StaffGrant
from accounts.queries import kept_name, named_like
from cohorts.models import Cohort, Enrolment
from foundation.database import db
from foundation.errors import NotFound

MANDIRI = "mandiri-"
"""Before a course's slug: the cohort of those who follow an open course by themselves. No other is named so."""

_ENROLMENT = (
    select(Enrolment)
    .join(Enrolment.cohort)
    .where(
        Enrolment.person_id == bindparam("person_id"),
        Enrolment.ended_at.is_(None),
        Cohort.course == bindparam("course"),
    )
    .options(contains_eager(Enrolment.cohort))
    .order_by(Enrolment.id.desc())
    .limit(1)
)


def find_enrolment(person_id: int, course: str) -> Enrolment | None:
    """The person's newest enrolment in a course that was not ended, with its cohort."""
    return db.session.scalars(_ENROLMENT, {"person_id": person_id, "course": course}).first()


def find_enrolment_in(person_id: int, cohort_id: int) -> Enrolment | None:
    """The person's enrolment in one cohort, unless it was ended."""
    query = select(Enrolment).where(
        Enrolment.person_id == person_id, Enrolment.cohort_id == cohort_id, Enrolment.ended_at.is_(None)
    )
    return db.session.scalars(query).one_or_none()


def cohorts_of(course: str) -> list[Cohort]:
    """Newest first."""
    query = select(Cohort).where(Cohort.course == course).order_by(Cohort.id.desc())
    return list(db.session.scalars(query))


def get_cohort(slug: str) -> Cohort:
    cohort = db.session.scalars(select(Cohort).where(Cohort.slug == slug)).one_or_none()
    if cohort is None:
        raise NotFound()
    return cohort


def find_joinable(code: str, *, for_joining: bool = False) -> Cohort | None:
    """The cohort that people may join by this code now. `for_joining`: it stays open until the transaction ends."""
    query = select(Cohort).where(
        Cohort.join_code == code, Cohort.is_registration_open.is_(True), Cohort.archived_at.is_(None)
    )
    return db.session.scalars(query.with_for_update(read=True) if for_joining else query).one_or_none()


def is_staff() -> Exists:
    """Whether a Person of the enclosing query has any grant: staff who try a course are left out of its figures."""
    return exists().where(StaffGrant.person_id == Person.id)


def members(cohort: Cohort, search: str = "", limit: int | None = None, offset: int = 0) -> list[Enrolment]:
    """Who is in a cohort, with their person, by name; staff who study among them."""
    query = (
        select(Enrolment)
        .join(Enrolment.person)
        .where(*_members_matching(cohort, search))
        .options(contains_eager(Enrolment.person))
        .order_by(func.lower(Person.name), Enrolment.id)
        .limit(limit)
        .offset(offset)
    )
    return list(db.session.scalars(query))


def count_members(cohort: Cohort, search: str = "") -> int:
    query = select(func.count()).select_from(Enrolment).join(Enrolment.person)
    return db.session.scalars(query.where(*_members_matching(cohort, search))).one()


def _members_matching(cohort: Cohort, search: str) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [Enrolment.cohort_id == cohort.id, Enrolment.ended_at.is_(None)]
    return [*conditions, named_like(search)] if search else conditions


def former_members(cohort: Cohort) -> list[Enrolment]:
    """Who was taken out of a cohort, the last one first."""
    query = (
        select(Enrolment)
        .join(Enrolment.person)
        .where(Enrolment.cohort_id == cohort.id, Enrolment.ended_at.is_not(None))
        .options(contains_eager(Enrolment.person))
        .order_by(Enrolment.ended_at.desc(), Enrolment.id)
    )
    return list(db.session.scalars(query))


def get_enrolment_in(cohort: Cohort, username: str) -> Enrolment:
    """Somebody's place in a cohort, also one that was ended. Raises NotFound."""
    query = (
        select(Enrolment)
        .join(Enrolment.person)
        .where(Enrolment.cohort_id == cohort.id, Person.username == kept_name(username))
        .options(contains_eager(Enrolment.person))
    )
    enrolment = db.session.scalars(query).one_or_none()
    if enrolment is None:
        raise NotFound()
    return enrolment


def get_member(cohort: Cohort, username: str) -> Enrolment:
    """The place of somebody who is in a cohort now. Raises NotFound."""
    enrolment = get_enrolment_in(cohort, username)
    if enrolment.ended_at is not None:
        raise NotFound()
    return enrolment


def sizes(cohorts: Sequence[Cohort]) -> dict[int, int]:
    """Cohort id -> how many are in it, for those that have anybody."""
    query = (
        select(Enrolment.cohort_id, func.count())
        .where(Enrolment.cohort_id.in_([cohort.id for cohort in cohorts]), Enrolment.ended_at.is_(None))
        .group_by(Enrolment.cohort_id)
    )
    return dict(db.session.execute(query).all())
