"""The clock, as a seam that tests replace. Call it as `clock.now()`. Pure but for that."""

from datetime import UTC, datetime


def now() -> datetime:
    return datetime.now(UTC)
