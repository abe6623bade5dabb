"""What people do with their accounts, and staff with people's."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, not_, select, update

from accounts import failures, passwords
from accounts.models import Person, ResetCode, SignIn, StaffGrant
from accounts.names import checked_username
from accounts.queries import find_person, hash_token, is_lasting, kept_name
from accounts.roles import Grant, Role, fits
from foundation.database import db, release
from foundation.errors import N_, Conflict, DomainError, NotFound


class WrongPassword(DomainError):
    """The password somebody gave to prove who they are is not theirs."""

    def __init__(self) -> None:
        super().__init__(N_("Kata sandi lama tidak cocok. Tidak ada yang diubah."))


def sign_in(username: str, password: str, at: datetime, *, is_remembered: bool = False, device: str = "") -> Person:
    """The person signed in, with a new token. Raises DomainError, the same for a wrong name and a wrong password."""
    username = kept_name(username)
    failures.refuse_if_waiting(username, at)
    person = find_person(username)
    known_hash = person.password_hash if person else None
    release()
    person = _lock_with(username, known_hash) if passwords.matches(password, known_hash) else None
    if person is None:
        failures.count(username, at)
        db.session.commit()
        raise DomainError(N_("Nama pengguna atau kata sandi tidak cocok. Periksa lagi, lalu coba sekali lagi."))
    failures.forget([username])
    db.session.execute(delete(SignIn).where(SignIn.person_id == person.id, not_(is_lasting(at))))
    open_sign_in(person, at, is_remembered=is_remembered, device=device)
    db.session.commit()
    return person


def _lock_with(username: str, password_hash: str | None) -> Person | None:
    """Who has this hash still, locked: a password that ends while it is being compared opens and changes nothing."""
    query = select(Person).where(Person.username == username, Person.password_hash == password_hash)
    return db.session.scalars(query.with_for_update(key_share=True)).one_or_none()


def open_sign_in(person: Person, at: datetime, *, is_remembered: bool = False, device: str = "") -> None:
    """Note that a person is signed in on one more device; their `token` says so. The caller commits."""
    person.token = secrets.token_urlsafe(32)
    db.session.add(
        SignIn(
            token_hash=hash_token(person.token),
            person_id=person.id,
            started_at=at,
            is_remembered=is_remembered,
            device=device,
        )
    )


def sign_out(person: Person) -> None:
    assert person.token is not None
    db.session.execute(delete(SignIn).where(SignIn.token_hash == hash_token(person.token)))
    db.session.commit()


def sign_out_device(person: Person, token_hash: str) -> None:
    """End one of a person's own sign-ins. Raises NotFound when it is none of theirs."""
    if not token_hash.isalnum():
        raise NotFound()
    own = delete(SignIn).where(SignIn.token_hash == token_hash, SignIn.person_id == person.id)
    if not db.session.scalars(own.returning(SignIn.token_hash)).all():
        raise NotFound()
    db.session.commit()


def sign_out_everywhere(person: Person) -> None:
    db.session.execute(delete(SignIn).where(SignIn.person_id == person.id))
    db.session.commit()


def change_password(person: Person, old: str, new: str, at: datetime) -> None:
    """Set an own new password, end every sign-in, and open a new one for this device."""
    username, name, known_hash = person.username, person.name, person.password_hash
    release()
    if not passwords.matches(old, known_hash):
        raise WrongPassword()
    passwords.check_new(new, username, name)
    new_hash = passwords.hash_password(new)
    if _lock_with(username, known_hash) is None:
        raise WrongPassword()
    _replace_password(person, new_hash, at)
    db.session.commit()


def choose_password(person: Person, new: str, at: datetime) -> None:
    """Set an own password in place of the one that staff handed out, whose holder just signed in with it."""
    username, name, handed_out = person.username, person.name, person.password_hash
    release()
    passwords.check_new(new, username, name)
    if passwords.matches(new, handed_out):
        raise DomainError(N_("Ini kata sandi yang Anda terima. Buatlah yang lain, yang hanya Anda yang tahu."))
    password_hash = passwords.hash_password(new)
    has_own = select(Person.has_own_password).where(Person.id == person.id).with_for_update(key_share=True)
    if db.session.scalars(has_own).one():
        raise Conflict(N_("Anda sudah mempunyai kata sandi sendiri. Anda dapat menggantinya di halaman akun."))
    _replace_password(person, password_hash, at)
    db.session.commit()


def _replace_password(person: Person, password_hash: str, at: datetime) -> None:
    """What ends every sign-in of a person but the device at hand, which gets a new one."""
    assert person.token is not None
    here = db.session.get(SignIn, hash_token(person.token))
    is_remembered, device = (here.is_remembered, here.device) if here else (False, "")
    _set_hash(person, password_hash)
    open_sign_in(person, at, is_remembered=is_remembered, device=device)


def set_password(person: Person, password: str) -> None:
    """Give a person an own password, end every sign-in they have and forget codes; the caller commits."""
    _set_hash(person, passwords.hash_password(password))


def hand_out_password(person: Person, password: str) -> None:
    """Give a person a password to sign in with once, to choose an own one; the caller commits."""
    refuse_invented(person)
    hand_out({person.id: passwords.hash_password(password)})


def hand_out(hashes: Mapping[int, str]) -> None:
    """The same for many, by their ids; the caller commits."""
    values = [{"id": id, "password_hash": hash, "has_own_password": False} for id, hash in hashes.items()]
    db.session.execute(update(Person), values)
    _close_ways_in(list(hashes))


def refuse_invented(person: Person) -> None:
    """Raises Conflict for somebody who is no person at all."""
    if person.is_erased:
        raise Conflict(N_("Data akun ini sudah dihapus: tidak ada yang dapat masuk dengannya."))
    if person.is_synthetic:
        raise Conflict(N_("Akun ini data sintetis: tidak ada yang dapat masuk dengannya."))


def _set_hash(person: Person, password_hash: str) -> None:
    person.password_hash, person.has_own_password = password_hash, True
    _close_ways_in([person.id])


def _close_ways_in(people: Sequence[int]) -> None:
    """End every sign-in and every code of these people, and their waiting after wrong passwords."""
    db.session.execute(delete(SignIn).where(SignIn.person_id.in_(people)))
    db.session.execute(delete(ResetCode).where(ResetCode.person_id.in_(people)))
    failures.forget(select(Person.username).where(Person.id.in_(people)))


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
