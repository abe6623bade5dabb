"""Submitting attempts: their learner's own way, and all those whose time is over, also if nobody ever returns.

Whoever looks at an attempt settles it first. `settle_all` is for those at whom nobody looks: it runs in every worker
of the server twice a minute, and as a command; each attempt is a transaction of its own under the attempt's lock, so
that it does not matter who comes first, or how often.
"""

import logging
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select

from foundation import clock
from foundation.database import db, release
from quizzes import attempts, pinning, queries, scoring
from quizzes.models import Attempt
from quizzes.queries import Exceptions

log = logging.getLogger(__name__)


def close(attempt: Attempt, at: datetime) -> None:
    """Submit an open, locked attempt: mark what was saved and record it as progress, all of it or none."""
    attempt.submitted_at = at
    db.session.flush()
    scoring.score(attempt)
    db.session.commit()


def close_if_over(attempt: Attempt, now: datetime, known: Exceptions | None = None) -> bool:
    """Submit a locked attempt whose time is over, as of its end, with what was saved; whether it was."""
    if not attempt.is_open:
        return False
    end = pinning.end_of(attempt, known)
    if end is None or now <= end:
        return False
    close(attempt, end)
    return True


def settle(found: Iterable[Attempt], now: datetime, known: Exceptions | None = None) -> None:
    """Submit those whose time is over, before anybody looks at them: a transaction each. Nothing may be pending."""
    for id in _overdue([attempt for attempt in found if attempt.is_open], now, known):
        _close_alone(id, now)


def settle_all(now: datetime) -> int:
    """Submit every attempt whose time is over; how many were. One that cannot be is told of, and stops no other."""
    closed, found = 0, queries.open_attempts()
    overdue = _overdue(found, now, queries.all_exceptions()) if found else []
    release()
    for id in overdue:
        try:
            closed += _close_alone(id, now, skip_locked=True)
        except Exception:
            log.exception("attempt %s is over and could not be submitted", id)
            release()
    return closed


def settle_now() -> None:
    """What the server does by itself, again and again."""
    settle_all(clock.now())


def _overdue(found: Iterable[Attempt], now: datetime, known: Exceptions | None) -> list[int]:
    readable = (attempt for attempt in found if pinning.is_readable(attempt))
    return [attempt.id for attempt in readable if attempts.is_over(pinning.end_of(attempt, known), now)]


def _close_alone(id: int, now: datetime, *, skip_locked: bool = False) -> bool:
    """Close one attempt in a transaction of its own."""
    release()
    query = select(Attempt).where(Attempt.id == id).with_for_update(skip_locked=skip_locked)
    attempt = db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    is_closed = attempt is not None and close_if_over(attempt, now)
    release()
    return is_closed
