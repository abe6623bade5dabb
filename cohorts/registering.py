"""Making an account oneself, for those who come with a code or want to follow an open course."""

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from accounts import passwords
from accounts.actions import create_person, open_sign_in
from accounts.models import Person
from accounts.names import checked_name
from cohorts import joining
from foundation.database import db, release
from foundation.errors import N_, Conflict, DomainError

USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,39}")
"""Narrower than what staff may give: no sign in it that looks like another one or means something in an address."""


@dataclass(frozen=True)
class Newcomer:
    """What somebody wrote about themselves."""

    username: str
    name: str
    password: str

    @classmethod
    def of(cls, username: str, name: str, password: str) -> "Newcomer":
        """As it is kept: no spaces around, small letters in the username."""
        return cls(username.strip().lower(), " ".join(name.split()), password)


class Unfit(DomainError):
    """What somebody wrote about themselves cannot be: field -> why, all at once."""

    def __init__(self, problems: dict[str, DomainError]) -> None:
        first = next(iter(problems.values()))
        super().__init__(first.sentence, **first.values)
        self.problems, self.status = problems, first.status


def register(newcomer: Newcomer, code: str, at: datetime, *, device: str = "") -> Person:
    """Make an account, enrol it where the code leads ("": nowhere yet), and sign it in, all of it or none."""
    release()
    check(newcomer)
    password_hash = passwords.hash_password(newcomer.password)  # slow: nobody waits for it
    # The cohort's row first, then the name, as an import takes them: two that wait for each other would both fail.
    cohort = joining.get_joinable(code, for_joining=True) if code else None
    person = _create(newcomer, at)
    person.password_hash = password_hash
    if cohort:
        joining.enrol_oneself(person, cohort, at)
    open_sign_in(person, at, device=device)
    db.session.commit()
    return person


def check(newcomer: Newcomer) -> None:
    """Raises Unfit, with every problem of it."""
    problems = {}
    for field, look in (("username", _check_username), ("name", _check_name), ("password", _check_password)):
        try:
            look(newcomer)
        except DomainError as problem:
            problems[field] = problem
    if problems:
        raise Unfit(problems)


def _check_username(newcomer: Newcomer) -> None:
    if not USERNAME.fullmatch(newcomer.username):
        raise DomainError(
            N_("Pakailah 3 sampai 40 huruf a–z, angka, titik, garis, atau garis bawah, diawali huruf atau angka.")
        )


def _check_name(newcomer: Newcomer) -> None:
    checked_name(newcomer.name)


def _check_password(newcomer: Newcomer) -> None:
    passwords.check_new(newcomer.password, newcomer.username, newcomer.name)


def _create(newcomer: Newcomer, at: datetime) -> Person:
    """Raises Unfit for a name that is taken, also when two take it at the same moment."""
    try:
        return create_person(newcomer.username, newcomer.name, at)
    except (Conflict, IntegrityError) as clash:
        release()
        taken = Conflict(
            N_("Nama pengguna %(username)s sudah dipakai. Bila itu Anda, masuklah; bila bukan, pilih yang lain."),
            username=newcomer.username,
        )
        raise Unfit({"username": taken}) from clash
