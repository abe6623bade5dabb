"""The demo's four accounts, and where their common password is shown: at this machine only, or once in the terminal."""

import secrets
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from accounts import passwords
from accounts.actions import create_person, grant, set_password
from accounts.models import Person
from accounts.roles import SITE, Role, course_scope
from cohorts.actions import create_cohort, enrol
from cohorts.models import Cohort
from foundation.database import db

CAST = {
    "praja": ("Rangga Pratama", None),
    "dosen": ("Baiq Nirmala", Role.LECTURER),
    "instruktur": ("I Gusti Ngurah Wiratama", Role.INSTRUCTOR),
    "admin": ("Admin Demo", Role.ADMIN),
}
WORDS = ["tenun", "songket", "lumbung", "pinisi", "angklung", "kolintang", "gamelan", "sasando", "noken", "pantun"]


def make(course: str, at: datetime) -> Cohort:
    """The four accounts, without a password yet, and the cohort that `praja` is in. The caller commits."""
    cohort = create_cohort("demo", course, "Angkatan demo", at)
    for username, (name, role) in CAST.items():
        person = create_person(username, name, at, is_demo=True)
        if role is None:
            enrol(person, cohort, at)
        else:
            grant(person, role, SITE if role is Role.ADMIN else course_scope(course), at)
    return cohort


def are_made() -> bool:
    return db.session.scalar(select(Person.id).where(Person.is_demo).limit(1)) is not None


def set_common_password(password: str) -> None:
    """Give all demo accounts one password. The caller commits."""
    for person in db.session.scalars(select(Person).where(Person.is_demo)):
        set_password(person, password)


def new_password() -> str:
    return f"{secrets.choice(WORDS)}-{secrets.choice(WORDS)}-{secrets.randbelow(9000) + 1000}"


def password_file(instance: Path) -> Path:
    """Where the password that the sign-in page shows is kept; absent while it must not be shown."""
    return instance / "demo-password"


def kept_password(instance: Path) -> str | None:
    file = password_file(instance)
    return file.read_text(encoding="utf-8").strip() if file.exists() else None


def is_current(password: str) -> bool:
    """Whether the demo accounts still have this password."""
    person = db.session.scalars(select(Person).where(Person.username == "praja", Person.is_demo)).one_or_none()
    return person is not None and passwords.matches(password, person.password_hash)
