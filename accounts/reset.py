"""Forgotten passwords without e-mail: staff give a code that is worth one new password, for half an hour."""

from datetime import datetime, timedelta

from sqlalchemy import select

from accounts import failures, log, passwords
from accounts.actions import refuse_invented, set_password
from accounts.deeds import Deed
from accounts.models import Person, ResetCode
from accounts.queries import kept_name
from foundation import codes
from foundation.database import db, release
from foundation.errors import N_, DomainError, Forbidden

MINUTES = 30
VALID_FOR = timedelta(minutes=MINUTES)


class WrongCode(DomainError):
    """One answer for a name nobody has and a code that is wrong, used or too old."""

    def __init__(self) -> None:
        super().__init__(
            N_("Nama pengguna dan kode tidak cocok, atau kodenya tidak berlaku lagi. Periksa, atau mintalah kode baru.")
        )


def issue_code(actor: Person, person: Person, at: datetime, *, course: str = "", cohort: str = "") -> str:
    """A new code for somebody, as it is kept nowhere; one given before it is worth nothing from now on."""
    if person.grants and not actor.runs_site:
        raise Forbidden(N_("Orang ini dosen, instruktur, atau admin. Kodenya hanya dapat diberikan oleh admin situs."))
    refuse_invented(person)
    code = codes.new_code()
    code_hash = passwords.hash_password(code)
    # Whoever gives a code at the same moment waits here, so that one of the two is the newest.
    db.session.execute(select(Person.id).where(Person.id == person.id).with_for_update(key_share=True))
    db.session.merge(ResetCode(person_id=person.id, code_hash=code_hash, expires_at=at + VALID_FOR))
    # Whoever tries wrong passwords in somebody's name must not keep them from using the code.
    failures.forget([person.username])
    log.record(actor, Deed.ISSUE_CODE, at, subject=person, course=course, cohort=cohort)
    db.session.commit()
    return code


def use_code(username: str, code: str, password: str, at: datetime) -> None:
    """Set an own password by a code. Raises DomainError, and of a code that is right only that the password is weak."""
    username = kept_name(username)
    failures.refuse_if_waiting(username, at)
    kept_hash = _valid_hash(username, at)
    release()
    if not passwords.matches(codes.typed(code), kept_hash):
        failures.count(username, at)
        db.session.commit()
        raise WrongCode()
    person = db.session.scalars(select(Person).where(Person.username == username).with_for_update(key_share=True)).one()
    passwords.check_new(password, person.username, person.name)
    if _valid_hash(username, at) != kept_hash:
        raise WrongCode()
    set_password(person, password)
    db.session.commit()


def _valid_hash(username: str, at: datetime) -> str | None:
    query = select(ResetCode.code_hash).join(Person, Person.id == ResetCode.person_id)
    return db.session.scalars(query.where(Person.username == username, ResetCode.expires_at > at)).one_or_none()
