"""Wrong passwords and codes in a row, counted for a name whether or not anybody has it. The callers commit."""

from datetime import datetime

from sqlalchemy import delete

from accounts import throttle
from accounts.models import SignInFailures
from foundation.database import db
from foundation.errors import N_, DomainError


def refuse_if_waiting(username: str, at: datetime) -> None:
    """Raises DomainError while a name has to wait."""
    failures = db.session.get(SignInFailures, username)
    wait = throttle.time_left(failures.count, failures.last_at, at) if failures else None
    if wait:
        raise DomainError(
            N_("Terlalu banyak percobaan untuk akun ini. Coba lagi dalam %(seconds)d detik."),
            seconds=int(wait.total_seconds()) + 1,
        )


def count(username: str, at: datetime) -> None:
    failures = db.session.get(SignInFailures, username, with_for_update=True)
    if failures is None:
        failures = SignInFailures(username=username, count=0, last_at=at)
        db.session.add(failures)
    failures.count += 1
    failures.last_at = at


def forget(username: str) -> None:
    db.session.execute(delete(SignInFailures).where(SignInFailures.username == username))
