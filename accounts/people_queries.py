"""Everybody with an account, as admins look for them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import selectinload

from accounts.deeds import Deed
from accounts.models import LogEntry, Person, SignIn, StaffGrant
from accounts.queries import is_lasting, named_like
from accounts.roles import Role
from foundation.database import db

STAFF = "staf"
"""The filter for those who hold any role; the others are the roles."""


@dataclass(frozen=True)
class HeldGrant:
    """A grant as its person's page shows it."""

    role: Role
    scope: str
    since: datetime
    by: str
    """Who gave it, as the log has it; "" for what is older than the log."""


def people(search: str, held: str, limit: int, offset: int) -> list[Person]:
    """By name, with their grants."""
    query = (
        select(Person)
        .where(*_matching(search, held))
        .options(selectinload(Person.grants))
        .order_by(func.lower(Person.name), Person.id)
        .limit(limit)
        .offset(offset)
    )
    return list(db.session.scalars(query))


def count_people(search: str, held: str) -> int:
    return db.session.scalars(select(func.count()).select_from(Person).where(*_matching(search, held))).one()


def _matching(search: str, held: str) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if search:
        conditions.append(named_like(search))
    if held == STAFF:
        conditions.append(Person.grants.any())
    elif held in tuple(Role):
        conditions.append(Person.grants.any(StaffGrant.role == held))
    return conditions


def grants_of(person: Person) -> list[HeldGrant]:
    """What somebody holds, the oldest first, with who gave it last."""
    query = select(LogEntry).where(LogEntry.subject_id == person.id, LogEntry.deed == Deed.GRANT.name)
    givers = {
        (entry.details.get("role"), entry.details.get("scope")): entry.actor
        for entry in db.session.scalars(query.order_by(LogEntry.id))
    }
    return [
        HeldGrant(Role(grant.role), grant.scope, grant.granted_at, givers.get((grant.role, grant.scope), ""))
        for grant in sorted(person.grants, key=lambda grant: (grant.granted_at, grant.id))
    ]


def count_devices(person: Person, at: datetime) -> int:
    """On how many devices somebody is signed in, of those whose time is not over."""
    return db.session.scalars(select(func.count()).where(SignIn.person_id == person.id, is_lasting(at))).one()
