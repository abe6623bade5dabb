"""How long an account must wait after wrong passwords. Per account only: a whole hall shares one address. Pure."""

from datetime import datetime, timedelta

FREE_TRIES = 5
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=15)


def wait_after(failures: int) -> timedelta:
    """Nothing for the first five failures in a row, then 30 s, doubling up to a quarter of an hour."""
    if failures < FREE_TRIES:
        return timedelta()
    doublings: int = min(failures - FREE_TRIES, 10)
    return min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)


def time_left(failures: int, last_failure: datetime, now: datetime) -> timedelta:
    return max(last_failure + wait_after(failures) - now, timedelta())
