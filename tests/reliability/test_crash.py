"""kill -9 of workers and master under load: what was acknowledged is there after each, and the service comes back."""

import pytest

from reliability import crash
from reliability.load import HURRIED, Load
from reliability.served import prepared, serving
from tests.apart import in_own_thread

pytestmark = pytest.mark.pure  # it brings a database of its own

SIZE, KILLS = 12, 3
SEED = 6
"""Kills a worker, the master, a worker."""


def test_nothing_acknowledged_is_lost_by_kills_and_everybody_finishes() -> None:
    with prepared(SIZE) as served, serving(served):
        load, kills = Load(served, SIZE, HURRIED), crash.Kills(KILLS, SEED)
        finding = in_own_thread(lambda: load.run(kills.happen))
    assert {who: len(times) for who, times in kills.returns.items()} == {"worker": 2, "master": 1}
    assert kills.finding.acknowledged > 0 and kills.finding.is_sound, kills.finding
    assert finding.is_sound, finding
    assert (load.journal.finished, load.refused) == (SIZE, {})
