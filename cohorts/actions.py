"""Making cohorts and enrolling people. What takes an actor is logged and commits; the rest leaves it to the caller."""

from datetime import datetime

from sqlalchemy import select

from accounts import log
from accounts.deeds import Deed
from accounts.models import Person
from cohorts.models import Cohort, Enrolment
from foundation.database import db
from foundation.errors import N_, Conflict, DomainError
from foundation.slugs import slug as slugged

LONGEST_NAME = 100


def create_cohort(slug: str, course: str, name: str, at: datetime, *, is_synthetic: bool = False) -> Cohort:
    """Raises Conflict when the slug is taken."""
    if _is_taken(slug):
        raise Conflict(N_("Angkatan %(slug)s sudah ada."), slug=slug)
    cohort = Cohort(slug=slug, course=course, name=name, is_synthetic=is_synthetic, created_at=at)
    db.session.add(cohort)
    db.session.flush()
    return cohort


def _is_taken(slug: str) -> bool:
    return db.session.scalar(select(Cohort.id).where(Cohort.slug == slug)) is not None


def found_cohort(actor: Person, course: str, name: str, at: datetime) -> Cohort:
    """A new cohort of a course, under an address made from its name."""
    name = checked_name(name)
    wanted, number = slugged(name)[:60] or "angkatan", 1
    slug = wanted
    while _is_taken(slug):
        number += 1
        slug = f"{wanted}-{number}"
    cohort = create_cohort(slug, course, name, at)
    log.record(actor, Deed.CREATE_COHORT, at, course=course, cohort=slug, name=name)
    db.session.commit()
    return cohort


def one_line(text: str) -> str:
    """Text as it is kept in a name: single spaces, and none of the characters nobody sees (some no database keeps)."""
    return " ".join("".join(letter for letter in text if letter.isprintable() or letter.isspace()).split())


def checked_name(name: str) -> str:
    """A name as it is kept. Raises DomainError for none and for one too long."""
    name = one_line(name)
    if not name:
        raise DomainError(N_("Nama belum diisi."))
    if len(name) > LONGEST_NAME:
        raise DomainError(N_("Nama ini terlalu panjang: paling banyak %(n)d huruf."), n=LONGEST_NAME)
    return name


def rename_cohort(actor: Person, cohort: Cohort, name: str, at: datetime) -> None:
    """Its address stays as it is: links and grants lead there."""
    cohort.name = checked_name(name)
    log.record(actor, Deed.RENAME_COHORT, at, course=cohort.course, cohort=cohort.slug, name=cohort.name)
    db.session.commit()


def archive_cohort(actor: Person, cohort: Cohort, at: datetime) -> None:
    """Set a cohort apart from the current ones and close its registration; everything of it stays to be read."""
    cohort.archived_at, cohort.is_registration_open = at, False
    log.record(actor, Deed.ARCHIVE_COHORT, at, course=cohort.course, cohort=cohort.slug)
    db.session.commit()


def restore_cohort(actor: Person, cohort: Cohort, at: datetime) -> None:
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


def end_enrolment(actor: Person, enrolment: Enrolment, at: datetime) -> None:
    """Take somebody out of a cohort; their work stays, and comes back with them."""
    enrolment.ended_at = at
    _record_member(actor, Deed.REMOVE_MEMBER, enrolment, at)
    db.session.commit()


def resume_enrolment(actor: Person, enrolment: Enrolment, at: datetime) -> None:
    enrolment.ended_at = None
    _record_member(actor, Deed.RESTORE_MEMBER, enrolment, at)
    db.session.commit()


def _record_member(actor: Person, deed: Deed, enrolment: Enrolment, at: datetime) -> None:
    cohort = enrolment.cohort
    log.record(actor, deed, at, subject=enrolment.person, course=cohort.course, cohort=cohort.slug)
