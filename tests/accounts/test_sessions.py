"""When a sign-in is over, as cases."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from accounts.sessions import is_over, is_stale, limits

pytestmark = pytest.mark.pure

START = datetime(2026, 11, 24, tzinfo=UTC)
MOMENT = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("is_remembered", "seen_after", "asked_after", "over"),
    [
        (False, timedelta(), timedelta(hours=4) - MOMENT, False),
        (False, timedelta(), timedelta(hours=4), True),
        (False, timedelta(hours=11), timedelta(hours=12) - MOMENT, False),
        (False, timedelta(hours=11), timedelta(hours=12), True),
        (True, timedelta(), timedelta(days=30) - MOMENT, False),
        (True, timedelta(), timedelta(days=30), True),
        (True, timedelta(days=89), timedelta(days=90) - MOMENT, False),
        (True, timedelta(days=89), timedelta(days=90), True),
    ],
)
def test_the_limits(is_remembered: bool, seen_after: timedelta, asked_after: timedelta, over: bool) -> None:
    assert is_over(is_remembered, START, START + seen_after, START + asked_after) is over


@given(some.booleans(), some.timedeltas(timedelta(), timedelta(days=200)), some.timedeltas(timedelta(), timedelta(40)))
def test_what_is_over_stays_over(is_remembered: bool, away: timedelta, later: timedelta) -> None:
    at = START + away
    if is_over(is_remembered, START, START, at):
        assert is_over(is_remembered, START, START, at + later)


def test_when_somebody_was_seen_is_noted_long_before_it_matters() -> None:
    assert not is_stale(START, START + timedelta(minutes=4))
    assert is_stale(START, START + timedelta(minutes=5))
    assert limits(False).idle > 10 * timedelta(minutes=5)
