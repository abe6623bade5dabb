from datetime import UTC, datetime, timedelta

import pytest

from accounts.throttle import time_left, wait_after

pytestmark = pytest.mark.pure

NOW = datetime(2026, 11, 24, tzinfo=UTC)


@pytest.mark.parametrize(("failures", "seconds"), [(0, 0), (4, 0), (5, 30), (6, 60), (7, 120), (10, 900), (1000, 900)])
def test_waiting_grows_and_ends(failures: int, seconds: int) -> None:
    assert wait_after(failures) == timedelta(seconds=seconds)


def test_waiting_passes() -> None:
    assert time_left(5, NOW, NOW + timedelta(seconds=29)) == timedelta(seconds=1)
    assert time_left(5, NOW, NOW + timedelta(seconds=31)) == timedelta()
