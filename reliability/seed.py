"""`python -m reliability.seed N`: a cohort of N praja on a prepared site, all with one password, ready to sign in."""

import sys
from datetime import datetime

from accounts import passwords
from accounts.actions import create_person, grant
from accounts.models import Person
from accounts.roles import Role, course_scope
from app import create_app
from cohorts.actions import create_cohort, enrol
from foundation import clock
from foundation.database import db, writing

COURSE, COHORT = "paradiplomasi", "aula"
INSTRUCTOR = "pengawas"
PASSWORD = "layar-terkembang-393"


def username(number: int) -> str:
    return f"31.{number:04}"


def make(size: int, at: datetime) -> None:
    """One hash for all: making each its own would take minutes, and proving it costs the server the same."""
    known = passwords.hash_password(PASSWORD)
    cohort = create_cohort(COHORT, COURSE, "Aula", at)
    for number in range(1, size + 1):
        enrol(_with(create_person(username(number), f"Praja Aula {number}", at), known), cohort, at)
    instructor = _with(create_person(INSTRUCTOR, "Pengawas Aula", at), known)
    grant(instructor, Role.INSTRUCTOR, course_scope(COURSE), at)
    db.session.commit()


def _with(person: Person, password_hash: str) -> Person:
    person.password_hash = password_hash
    return person


def main() -> None:
    app = create_app()
    with app.app_context(), writing():
        make(int(sys.argv[1]), clock.now())


if __name__ == "__main__":
    main()
