"""How long somebody stays signed in: until they were away too long, and never beyond the day, or the season. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Limits:
    """`idle` counts from the last page, `absolute` from signing in."""

    idle: timedelta
    absolute: timedelta


USUAL = Limits(idle=timedelta(hours=4), absolute=timedelta(hours=12))
REMEMBERED = Limits(idle=timedelta(days=30), absolute=timedelta(days=90))

NOTED_EVERY = timedelta(minutes=5)
"""How exactly the last page is known."""


def limits(is_remembered: bool) -> Limits:
    return REMEMBERED if is_remembered else USUAL


def is_over(is_remembered: bool, started_at: datetime, seen_at: datetime, at: datetime) -> bool:
    """Whether a sign-in has ended by itself."""
    allowed = limits(is_remembered)
    return at - started_at >= allowed.absolute or at - seen_at >= allowed.idle


def is_stale(seen_at: datetime, at: datetime) -> bool:
    """Whether it is time to note anew when somebody was last seen."""
    return at - seen_at >= NOTED_EVERY
