"""The hall that the benchmark measures is a real one: a roster, slips, sign-ins over HTTP, own passwords."""

from benchmarks import hall
from benchmarks.hall import Hall, rows
from benchmarks.site import PREPARE, run, temporary_site


def test_a_small_hall_arrives_with_nobody_refused() -> None:
    with temporary_site() as site:
        run(site, PREPARE)
        found = hall.measure(site, "paradiplomasi", size=6)
    assert len(found.waits) == 6
    assert found.refused == {}


def test_who_does_not_arrive_is_counted_with_the_reason() -> None:
    told = rows(Hall(70.0, [1.0, 2.0, 3.0], {"POST /masuk answers 429": 2}, 35.0))
    assert [row.is_met for row in told[:2]] == [False, False]
    assert (told[0].ratio, told[1].product) == ("0.50", "2")
    assert ("refused: POST /masuk answers 429", "2") in [(row.what, row.product) for row in told]
