"""Finding people."""

import hashlib

from sqlalchemy import bindparam, select
from sqlalchemy.orm import contains_eager, joinedload

from accounts.models import Person, SignIn
from foundation.database import db
from foundation.errors import NotFound


def hash_token(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


_SIGN_IN = (
    select(SignIn)
    .join(SignIn.person)
    .where(SignIn.token_hash == bindparam("token_hash"))
    .options(contains_eager(SignIn.person).joinedload(Person.grants))
)


def find_signed_in(token: str) -> Person | None:
    """The person whose sign-in this token is, with grants: the one query that every page begins with."""
    sign_in = db.session.scalars(_SIGN_IN, {"token_hash": hash_token(token)}).unique().one_or_none()
    if sign_in is None:
        return None
    sign_in.person.token = token
    return sign_in.person


def find_person(username: str) -> Person | None:
    query = select(Person).where(Person.username == username.strip().lower()).options(joinedload(Person.grants))
    return db.session.scalars(query).unique().one_or_none()


def get_person(username: str) -> Person:
    person = find_person(username)
    if person is None:
        raise NotFound()
    return person


def has_demo_people() -> bool:
    return db.session.scalar(select(Person.id).where(Person.is_demo).limit(1)) is not None
