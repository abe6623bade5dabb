"""Wrong passwords and codes in a row, counted for a name whether or not anybody has it. The callers commit."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, delete, insert, update
from sqlalchemy.exc import IntegrityError

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
    """Two at the same moment are both counted, the first of a name among them."""
    one_more = (
        update(SignInFailures)
        .where(SignInFailures.username == username)
        .values(count=SignInFailures.count + 1, last_at=at)
        .returning(SignInFailures.username)
    )
    if db.session.scalars(one_more).first() is None:
        try:
            with db.session.begin_nested():
                db.session.execute(insert(SignInFailures).values(username=username, count=1, last_at=at))
        except IntegrityError:
            db.session.execute(one_more)


def forget(usernames: Sequence[str] | Select[str]) -> None:
    db.session.execute(delete(SignInFailures).where(SignInFailures.username.in_(usernames)))
