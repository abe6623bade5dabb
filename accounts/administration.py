"""What admins do to people's accounts, and the terminal for them; the log keeps each.

`actor` is None for the terminal. Whoever commands it can make another admin, so it may take the last one away.
"""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from accounts import log, scopes
from accounts.actions import create_person, grant, hand_out_password, refuse_invented, withdraw
from accounts.deeds import Deed
from accounts.models import Person, ResetCode, SignIn, StaffGrant
from accounts.names import checked_name, checked_username
from accounts.roles import SITE, Role, fits, place_of
from foundation.database import db
from foundation.errors import N_, Conflict, DomainError


def open_account(
    actor: Person | None, username: str, name: str, password: str, at: datetime, *, role: str = "", scope: str = ""
) -> Person:
    """A new account with a password handed out for the first sign-in and, where one is named, a first role."""
    name = checked_name(name)
    wanted = checked_grant(role, scope) if role else None
    try:
        person = create_person(username, name, at)
    except IntegrityError as error:  # somebody else took it since we looked
        db.session.rollback()
        raise Conflict(N_("Nama pengguna %(username)s sudah dipakai."), username=checked_username(username)) from error
    hand_out_password(person, password)
    log.record(actor, Deed.CREATE_PERSON, at, subject=person)
    if wanted:
        _give(actor, person, wanted, scope, at)
    db.session.commit()
    return person


def rename(actor: Person, person: Person, name: str, at: datetime) -> None:
    _refuse_erased(person)
    person.name = checked_name(name)
    log.record(actor, Deed.RENAME_PERSON, at, subject=person, name=person.name)
    db.session.commit()


def _refuse_erased(person: Person) -> None:
    if person.is_erased:
        raise Conflict(N_("Data akun ini sudah dihapus."))


def checked_grant(role: str, scope: str) -> Role:
    """The role that somebody named for a scope. Raises DomainError where they do not fit or the scope is not there."""
    if role not in tuple(Role):
        raise DomainError(N_("Pilih salah satu peran."))
    if not scopes.is_scope(scope):
        raise DomainError(N_("Kursus atau angkatan itu tidak ada. Pilih salah satu dari daftar."))
    if not fits(Role(role), scope):
        raise DomainError(
            N_("Admin berlaku untuk seluruh situs; dosen dan instruktur untuk sebuah kursus atau angkatan.")
        )
    return Role(role)


def give_role(actor: Person | None, person: Person, role: str, scope: str, at: datetime) -> None:
    """Grant a role for a course, a cohort or the site; what is held already stays, and nothing is logged."""
    _refuse_erased(person)
    wanted = checked_grant(role, scope)
    _lock_grants(person)
    _give(actor, person, wanted, scope, at)
    db.session.commit()


def _lock_grants(person: Person) -> None:
    """Read somebody's grants again, and let nobody else change them until the commit."""
    # Not their key: an entry of the log, by somebody who is being changed at the same time, must not wait for it.
    db.session.execute(select(Person.id).where(Person.id == person.id).with_for_update(key_share=True))
    db.session.refresh(person, ["grants"])


def _give(actor: Person | None, person: Person, role: Role, scope: str, at: datetime) -> None:
    if grant(person, role, scope, at):
        # A code that an instructor holds for a learner must not open an account of the staff.
        db.session.execute(delete(ResetCode).where(ResetCode.person_id == person.id))
        log.record(actor, Deed.GRANT, at, subject=person, role=role.value, scope=scope, **place_of(scope))


def take_role(actor: Person | None, person: Person, role: Role, scope: str, at: datetime) -> None:
    """Withdraw a role. Raises Conflict when nobody would be left who can run the site."""
    _lock_grants(person)
    if role is Role.ADMIN and actor is not None:
        keep_an_admin_besides(person)
    if withdraw(person, role, scope):
        log.record(actor, Deed.WITHDRAW_GRANT, at, subject=person, role=role.value, scope=scope, **place_of(scope))
    db.session.commit()


def keep_an_admin_besides(person: Person) -> None:
    """The rows are locked, so that two admins cannot withdraw each other at the same time."""
    query = (
        select(StaffGrant.person_id)
        .join(StaffGrant.person)
        .where(StaffGrant.role == Role.ADMIN.value, StaffGrant.scope == SITE, Person.password_hash.is_not(None))
        .order_by(StaffGrant.id)
        .with_for_update(of=StaffGrant)
    )
    if not set(db.session.scalars(query)) - {person.id}:
        raise Conflict(
            N_("%(name)s adalah admin terakhir yang dapat masuk. Beri peran admin kepada orang lain dahulu."),
            name=person.name,
        )


def give_new_password(actor: Person | None, person: Person, password: str, at: datetime) -> None:
    """A password to sign in with once; every device is signed out."""
    check_may_get_password(actor, person)
    hand_out_password(person, password)
    log.record(actor, Deed.SET_PASSWORD, at, subject=person)
    db.session.commit()


def check_may_get_password(actor: Person | None, person: Person) -> None:
    """Raises Conflict for oneself, who would be signed out before writing it down, and for nobody at all."""
    refuse_invented(person)
    if actor is not None and actor.id == person.id:
        raise Conflict(N_("Kata sandi Anda sendiri diganti di halaman Akun."))


def sign_out_everywhere(actor: Person, person: Person, at: datetime) -> None:
    db.session.execute(delete(SignIn).where(SignIn.person_id == person.id))
    log.record(actor, Deed.SIGN_OUT_EVERYWHERE, at, subject=person)
    db.session.commit()
