"""Reading the staff log, newest first."""

import json
from collections.abc import Mapping

from sqlalchemy import ColumnElement, Text, cast, func, or_, select

from accounts.deeds import Deed
from accounts.models import LogEntry, Person
from accounts.roles import place_of
from foundation.database import db


def entries(conditions: list[ColumnElement[bool]], limit: int, offset: int = 0) -> list[LogEntry]:
    query = select(LogEntry).where(*conditions).order_by(LogEntry.id.desc()).limit(limit).offset(offset)
    return list(db.session.scalars(query))


def count_entries(conditions: list[ColumnElement[bool]]) -> int:
    return db.session.scalars(select(func.count()).select_from(LogEntry).where(*conditions)).one()


def matching(search: str, deed: str, labels: Mapping[str, str], cohort: str = "") -> list[ColumnElement[bool]]:
    """What an entry has to be: of a deed, of a cohort, and with the words in a name, a place or its details.

    `labels` are those of accounts.scopes: people look for a cohort by what it is called, the log keeps its slug.
    """
    conditions: list[ColumnElement[bool]] = []
    if cohort:
        conditions.append(LogEntry.cohort == cohort)
    if deed:
        conditions.append(LogEntry.deed == deed)
    if search:
        conditions.append(_mentions(search, labels))
    return conditions


def _mentions(search: str, labels: Mapping[str, str]) -> ColumnElement[bool]:
    named = [scope for scope, label in labels.items() if search.casefold() in label.casefold()]
    details = cast(LogEntry.details, Text)
    in_details = json.dumps(search)[1:-1]  # as JSON writes it: quotes and accents escaped
    return or_(
        LogEntry.actor.icontains(search, autoescape=True),
        LogEntry.subject.icontains(search, autoescape=True),
        LogEntry.cohort.icontains(search, autoescape=True),
        LogEntry.course.icontains(search, autoescape=True),
        details.icontains(in_details, autoescape=True),
        LogEntry.cohort.in_([place["cohort"] for place in map(place_of, named) if "cohort" in place]),
        LogEntry.course.in_([place["course"] for place in map(place_of, named) if "course" in place]),
    )


def called_before(person: Person) -> list[str]:
    """The names somebody had, as the log copied them."""
    query = select(LogEntry).where((LogEntry.subject_id == person.id) | (LogEntry.actor_id == person.id))
    behind = f" ({person.username})"
    found = [
        text.removesuffix(behind)
        for entry in db.session.scalars(query.order_by(LogEntry.id))
        for text in (entry.actor, entry.subject)
        if text.endswith(behind)
    ]
    imports = db.session.scalars(select(LogEntry.details).where(LogEntry.deed == Deed.IMPORT_ROSTER.name))
    renamed = [(details.get("renamed") or {}).get(person.username) for details in imports]
    return [name for name in dict.fromkeys([*found, *renamed]) if name]


def about(person: Person) -> list[ColumnElement[bool]]:
    """What was done to somebody."""
    return [LogEntry.subject_id == person.id]
