"""The staff log: every door that changes people or marks on behalf of staff writes here, in its own transaction."""

from datetime import datetime

from accounts.deeds import Deed
from accounts.models import LogEntry, Person
from foundation.database import db

TERMINAL = "terminal"
"""Who acts when a command does: the log cannot know who typed it."""


def record(
    actor: Person | None,
    deed: Deed,
    at: datetime,
    *,
    subject: Person | None = None,
    course: str = "",
    cohort: str = "",
    **details: object,
) -> None:
    """Note what somebody of the staff did; `actor` is None for a command. Part of the caller's transaction."""
    db.session.add(
        LogEntry(
            at=at,
            actor_id=actor.id if actor else None,
            actor=_called(actor) if actor else TERMINAL,
            deed=deed.name,
            subject_id=subject.id if subject else None,
            subject=_called(subject) if subject else "",
            course=course,
            cohort=cohort,
            details=details,
        )
    )


def _called(person: Person) -> str:
    return f"{person.name} ({person.username})"
