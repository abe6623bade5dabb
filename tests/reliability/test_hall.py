"""A small hall over HTTP on the production server: nobody sees an error, nothing acknowledged is missing or twice."""

import pytest

from reliability import hall
from reliability.hall import Outcome
from reliability.praja import Pace
from reliability.served import prepared, serving
from tests.apart import in_own_thread

pytestmark = pytest.mark.pure  # it brings a database of its own

SIZE = 50
HURRIED = Pace(sign_in=6, reading=(0.1, 0.3), thinking=(0.1, 0.4), submit_at=14, burst=3)


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    with prepared(SIZE) as served, serving(served):
        return in_own_thread(lambda: hall.play(served, SIZE, HURRIED))


def test_everybody_comes_to_the_end_without_an_error(outcome: Outcome) -> None:
    assert (outcome.journal.troubles, outcome.refused) == ({}, {})
    assert (outcome.journal.finished, len(outcome.journal.submitted)) == (SIZE, SIZE)


def test_every_acknowledged_answer_is_there_once_and_the_last_one_counts(outcome: Outcome) -> None:
    assert outcome.finding.acknowledged >= 10 * SIZE
    assert outcome.finding.lost == []
    assert outcome.finding.doubled == []
    assert outcome.finding.miscounted == []
    assert outcome.finding.damage == []


def test_an_instructor_watched_and_a_lesson_changed_meanwhile(outcome: Outcome) -> None:
    assert outcome.journal.seconds["score table"]
    assert (outcome.syncs > 0, outcome.failed_syncs) == (True, 0)
