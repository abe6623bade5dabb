"""Making cohorts and enrolling people. What takes an actor is logged and commits; the rest leaves it to the caller."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from accounts import log
from accounts.deeds import Deed
from accounts.models import Person
from accounts.names import checked_name
from cohorts.models import Cohort, Enrolment
from cohorts.queries import MANDIRI, members
from foundation.database import db
from foundation.errors import N_, Conflict, DomainError
from foundation.slugs import slug as slugged


def create_cohort(slug: str, course: str, name: str, at: datetime, *, is_synthetic: bool = False) -> Cohort:
    """Raises Conflict when the slug is taken."""
    if _is_taken(slug):
        raise Conflict(N_("Angkatan %(slug)s sudah ada."), slug=slug)
    cohort = Cohort(slug=slug, course=course, name=name, is_synthetic=is_synthetic, created_at=at)
    db.session.add(cohort)
    try:
        db.session.flush()
    except IntegrityError as error:  # somebody else took it since we looked
        db.session.rollback()
        raise Conflict(N_("Angkatan %(slug)s sudah ada."), slug=slug) from error
    return cohort


def _is_taken(slug: str) -> bool:
    return db.session.scalar(select(Cohort.id).where(Cohort.slug == slug)) is not None


def found_cohort(actor: Person | None, course: str, name: str, at: datetime, *, slug: str = "") -> Cohort:
    """A new cohort of a course, under an address made from its name unless another one is wanted."""
    name = checked_name(name)
    cohort = create_cohort(_checked_slug(slug) if slug else _free_slug(name), course, name, at)
    log.record(actor, Deed.CREATE_COHORT, at, course=course, cohort=cohort.slug, name=name)
    db.session.commit()
    return cohort


def _checked_slug(slug: str) -> str:
    if slug != slugged(slug) or slug.startswith(MANDIRI):
        raise DomainError(
            N_("Alamat angkatan memakai huruf kecil, angka, dan tanda hubung, tanpa “%(own)s” di depan."), own=MANDIRI
        )
    return slug


def _free_slug(name: str) -> str:
    wanted, number = slugged(name)[:60] or "angkatan", 1
    if wanted.startswith(MANDIRI):
        wanted = f"angkatan-{wanted}"
    slug = wanted
    while _is_taken(slug):
        number += 1
        slug = f"{wanted}-{number}"
    return slug


def rename_cohort(actor: Person, cohort: Cohort, name: str, at: datetime) -> None:
    """Its address stays as it is: links and grants lead there."""
    cohort.name = checked_name(name)
    log.record(actor, Deed.RENAME_COHORT, at, course=cohort.course, cohort=cohort.slug, name=cohort.name)
    db.session.commit()


def archive_cohort(actor: Person, cohort: Cohort, at: datetime) -> None:
    """Set a cohort apart from the current ones and close its registration; everything of it stays to be read."""
    db.session.refresh(cohort, with_for_update=True)
    if cohort.archived_at is None:
        cohort.archived_at, cohort.is_registration_open = at, False
        log.record(actor, Deed.ARCHIVE_COHORT, at, course=cohort.course, cohort=cohort.slug)
    db.session.commit()


def restore_cohort(actor: Person, cohort: Cohort, at: datetime) -> None:
    db.session.refresh(cohort, with_for_update=True)
    if cohort.archived_at is not None:
        cohort.archived_at = None
        log.record(actor, Deed.RESTORE_COHORT, at, course=cohort.course, cohort=cohort.slug)
    db.session.commit()


def enrol(person: Person, cohort: Cohort, at: datetime) -> Enrolment:
    """Enrol somebody once; a second time gives the enrolment that stands, and one that was ended goes on."""
    query = select(Enrolment).where(Enrolment.person_id == person.id, Enrolment.cohort_id == cohort.id)
    enrolment = db.session.scalars(query).one_or_none()
    if enrolment is None:
        enrolment = Enrolment(person=person, cohort=cohort, enrolled_at=at, details={})
        db.session.add(enrolment)
    enrolment.ended_at = None
    db.session.flush()
    return enrolment


def add_members(actor: Person | None, cohort: Cohort, people: Iterable[Person], at: datetime) -> None:
    """Put people into a cohort; who is in it already stays as they are."""
    there = {enrolment.person_id for enrolment in members(cohort)}
    for person in people:
        if person.id not in there:
            _record_member(actor, Deed.ENROL, enrol(person, cohort, at), at)
            there.add(person.id)
    db.session.commit()


def end_enrolment(actor: Person, enrolment: Enrolment, at: datetime) -> None:
    """Take somebody out of a cohort; their work stays, and comes back with them."""
    db.session.refresh(enrolment, with_for_update=True)
    if enrolment.ended_at is None:
        enrolment.ended_at = at
        _record_member(actor, Deed.REMOVE_MEMBER, enrolment, at)
    db.session.commit()


def resume_enrolment(actor: Person, enrolment: Enrolment, at: datetime) -> None:
    db.session.refresh(enrolment, with_for_update=True)
    if enrolment.ended_at is not None:
        enrolment.ended_at = None
        _record_member(actor, Deed.RESTORE_MEMBER, enrolment, at)
    db.session.commit()


def _record_member(actor: Person | None, deed: Deed, enrolment: Enrolment, at: datetime) -> None:
    cohort = enrolment.cohort
    log.record(actor, deed, at, subject=enrolment.person, course=cohort.course, cohort=cohort.slug)
