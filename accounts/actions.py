"""What people do with their accounts, and staff with people's."""

import secrets
from datetime import datetime

from sqlalchemy import delete

from accounts import passwords, throttle
from accounts.models import Person, SignIn, SignInFailures, StaffGrant
from accounts.names import checked_username
from accounts.queries import find_person, hash_token
from accounts.roles import Grant, Role, fits
from foundation.database import db, release
from foundation.errors import N_, Conflict, DomainError


class WrongPassword(DomainError):
    """The password somebody gave to prove who they are is not theirs."""


def sign_in(username: str, password: str, at: datetime) -> Person:
    """The person signed in, with a new token. Raises DomainError, the same for a wrong name and a wrong password."""
    username = username.strip().lower()
    failures = db.session.get(SignInFailures, username)
    if failures is not None:
        wait = throttle.time_left(failures.count, failures.last_at, at)
        if wait:
            raise DomainError(
                N_("Terlalu banyak percobaan untuk akun ini. Coba lagi dalam %(seconds)d detik."),
                seconds=int(wait.total_seconds()) + 1,
            )
    person = find_person(username)
    known_hash = person.password_hash if person else None
    release()
    if not passwords.matches(password, known_hash):
        _count_failure(username, at)
        raise DomainError(N_("Nama pengguna atau kata sandi tidak cocok. Periksa lagi, lalu coba sekali lagi."))
    person = find_person(username)
    assert person is not None
    db.session.execute(delete(SignInFailures).where(SignInFailures.username == username))
    open_sign_in(person, at)
    db.session.commit()
    return person


def _count_failure(username: str, at: datetime) -> None:
    failures = db.session.get(SignInFailures, username, with_for_update=True)
    if failures is None:
        failures = SignInFailures(username=username, count=0, last_at=at)
        db.session.add(failures)
    failures.count += 1
    failures.last_at = at
    db.session.commit()


def open_sign_in(person: Person, at: datetime) -> None:
    """Note that a person is signed in on one more device; their `token` says so. The caller commits."""
    person.token = secrets.token_urlsafe(32)
    db.session.add(SignIn(token_hash=hash_token(person.token), person_id=person.id, started_at=at))


def sign_out(person: Person) -> None:
    assert person.token is not None
    db.session.execute(delete(SignIn).where(SignIn.token_hash == hash_token(person.token)))
    db.session.commit()


def change_password(person: Person, old: str, new: str, at: datetime) -> None:
    """Set an own new password, end every sign-in, and open a new one for this device."""
    if not passwords.matches(old, person.password_hash):
        raise WrongPassword(N_("Kata sandi lama tidak cocok. Tidak ada yang diubah."))
    passwords.check_new(new, person.username)
    set_password(person, new)
    open_sign_in(person, at)
    db.session.commit()


def set_password(person: Person, password: str) -> None:
    """Give a person a password and end every sign-in they have; the caller commits."""
    person.password_hash = passwords.hash_password(password)
    db.session.execute(delete(SignIn).where(SignIn.person_id == person.id))


def create_person(
    username: str, name: str, at: datetime, *, password: str | None = None, is_demo: bool = False
) -> Person:
    """Raises Conflict when the name is taken. The caller commits."""
    username = checked_username(username)
    if find_person(username) is not None:
        raise Conflict(N_("Nama pengguna %(username)s sudah dipakai."), username=username)
    person = Person(username=username, name=name.strip(), is_demo=is_demo, created_at=at)
    if password is not None:
        person.password_hash = passwords.hash_password(password)
    db.session.add(person)
    db.session.flush()
    return person


def hand_out_password(person: Person, password: str) -> None:
    """Give a person a password to sign in with once, and then to choose an own one; the caller commits."""
    set_password(person, password)
    person.has_own_password = False


def grant(person: Person, role: Role, scope: str, at: datetime) -> bool:
    """Grant a role once; a second time changes nothing. Whether it is new. The caller commits."""
    if not fits(role, scope):
        raise DomainError(N_("Peran %(role)s tidak dapat diberikan untuk %(scope)s."), role=role.value, scope=scope)
    is_new = Grant(role, scope) not in person.held_grants
    if is_new:
        person.grants.append(StaffGrant(role=role.value, scope=scope, granted_at=at))
    return is_new


def withdraw(person: Person, role: Role, scope: str) -> bool:
    """Take a role back. Whether it was held. The caller commits."""
    held = [held for held in person.grants if (held.role, held.scope) == (role.value, scope)]
    for one in held:
        person.grants.remove(one)
    return bool(held)
