"""Getting into a cohort oneself, by the code that its instructor shows."""

from datetime import datetime

from sqlalchemy import select

from accounts import log
from accounts.deeds import Deed
from accounts.models import Person
from cohorts import actions
from cohorts.models import Cohort, Enrolment
from cohorts.queries import find_joinable
from foundation.database import db
from foundation.errors import N_, Conflict, DomainError


class CodeRefused(DomainError):
    """One answer for every code that opens nothing: nobody learns by trying that a cohort is there but closed."""

    def __init__(self) -> None:
        super().__init__(
            N_("Kode ini tidak berlaku. Periksa lagi tulisannya, atau mintalah kode terbaru kepada instruktur.")
        )


def open_registration(actor: Person, cohort: Cohort, code: str, at: datetime) -> None:
    """Let people join by the code the cohort has, or by this one where it has none yet."""
    db.session.refresh(cohort, with_for_update=True)
    if cohort.archived_at is not None:
        raise Conflict(N_("Angkatan ini di arsip. Buka dahulu dari arsip di Pengaturan, lalu buka pendaftarannya."))
    if cohort.is_registration_open:
        return
    cohort.join_code, cohort.is_registration_open = cohort.join_code or code, True
    _record(actor, Deed.OPEN_REGISTRATION, cohort, at)
    db.session.commit()


def close_registration(actor: Person, cohort: Cohort, at: datetime) -> None:
    """Let nobody join any more. The code stays, for when it is opened again."""
    db.session.refresh(cohort, with_for_update=True)
    if not cohort.is_registration_open:
        return
    cohort.is_registration_open = False
    _record(actor, Deed.CLOSE_REGISTRATION, cohort, at)
    db.session.commit()


def change_code(actor: Person, cohort: Cohort, code: str, at: datetime) -> None:
    """Put a new code in the old one's place; who joined by the old one stays in."""
    db.session.refresh(cohort, with_for_update=True)
    cohort.join_code = code
    _record(actor, Deed.NEW_JOIN_CODE, cohort, at)
    db.session.commit()


def _record(actor: Person, deed: Deed, cohort: Cohort, at: datetime) -> None:
    log.record(actor, deed, at, course=cohort.course, cohort=cohort.slug)


def get_joinable(code: str, *, for_joining: bool = False) -> Cohort:
    """The cohort that a code, as it is kept, opens now. Raises CodeRefused.

    Wrong codes are not counted: at 500 tries a second, 39 bits keep twenty open cohorts hidden for two years, all that
    a hit gives is a place that the instructor sees and takes back, and a count would let one guest lock a hall out.
    """
    cohort = find_joinable(code, for_joining=for_joining)
    if cohort is None:
        raise CodeRefused()
    return cohort


def join(person: Person, code: str, at: datetime) -> Enrolment:
    """Enrol somebody in the cohort that a code opens."""
    enrolment = enrol_oneself(person, get_joinable(code, for_joining=True), at)
    db.session.commit()
    return enrolment


def enrol_oneself(person: Person, cohort: Cohort, at: datetime) -> Enrolment:
    """Enrol somebody at their own wish: not again after staff took them out. The caller commits."""
    _take_turns(person)
    past = select(Enrolment.ended_at).where(Enrolment.person_id == person.id, Enrolment.cohort_id == cohort.id)
    if db.session.scalars(past).one_or_none() is not None:
        raise Conflict(N_("Anda sudah dikeluarkan dari angkatan ini. Mintalah instruktur mengembalikan Anda."))
    return actions.enrol(person, cohort, at)


def _take_turns(person: Person) -> None:
    """Two requests of one person wait for each other at their row, so that a double click makes one enrolment."""
    db.session.execute(select(Person.id).where(Person.id == person.id).with_for_update(key_share=True))
