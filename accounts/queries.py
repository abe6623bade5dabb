"""Finding people."""

import hashlib
from datetime import datetime

from sqlalchemy import ColumnElement, and_, bindparam, case, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from accounts.models import Person, SignIn
from accounts.pseudonyms import PREFIX
from accounts.sessions import limits
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


def find_sign_in(token: str) -> SignIn | None:
    """The sign-in of this token, with its person and their grants: the one query that every page begins with."""
    return db.session.scalars(_SIGN_IN, {"token_hash": hash_token(token)}).unique().one_or_none()


def sign_ins_of(person: Person, at: datetime) -> list[SignIn]:
    """Where a person is signed in, newest first. How long ago each was last seen only its own cookie knows."""
    query = select(SignIn).where(SignIn.person_id == person.id, is_lasting(at)).order_by(SignIn.started_at.desc())
    return list(db.session.scalars(query))


def is_lasting(at: datetime) -> ColumnElement[bool]:
    """Whether a SignIn is not over by its absolute limit."""
    begun = {remembered: at - limits(remembered).absolute for remembered in (True, False)}
    return SignIn.started_at > case((SignIn.is_remembered, begun[True]), else_=begun[False])


def kept_name(username: str) -> str:
    """A username as it is kept."""
    return username.strip().lower()


def find_person(username: str) -> Person | None:
    query = select(Person).where(Person.username == kept_name(username)).options(joinedload(Person.grants))
    return db.session.scalars(query).unique().one_or_none()


def get_person(username: str) -> Person:
    person = find_person(username)
    if person is None:
        raise NotFound()
    return person


def named_like(search: str) -> ColumnElement[bool]:
    """Whose name or username has this in it."""
    return or_(Person.name.icontains(search, autoescape=True), Person.username.icontains(search, autoescape=True))


def is_somebody() -> ColumnElement[bool]:
    """Whether a Person can ever sign in: neither invented nor erased."""
    return and_(Person.is_synthetic.is_(False), ~Person.username.startswith(PREFIX, autoescape=True))


def has_demo_people() -> bool:
    return db.session.scalar(select(Person.id).where(Person.is_demo).limit(1)) is not None
