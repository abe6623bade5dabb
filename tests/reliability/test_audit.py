"""The audit finds what it is there to find: what is lost, doubled or miscounted, and a submission that is not there."""

import pytest

from reliability.audit import Kept, judge
from reliability.journal import Journal, Sent, percentile

pytestmark = pytest.mark.pure


def sent(sequence: int, *value: str, question: int = 1, client: str = "halaman") -> Sent:
    return Sent("lena", 1, question, client, sequence, value)


FIRST, LAST = sent(2, "a"), sent(3, "b")
PLACE = ("lena", 1, 1)


def kept(
    *rows: Sent, counted: tuple[str, int] = ("halaman", 3), submitted: dict[tuple[str, int], bool] | None = None
) -> Kept:
    values: dict[tuple[str, int, int, str, int], list[tuple[str, ...]]] = {}
    for row in rows:
        values.setdefault(row.key, []).append(row.value)
    return Kept(values, {PLACE: counted}, submitted or {})


def test_all_there_once_and_the_last_one_counts() -> None:
    assert judge(kept(FIRST, LAST), [FIRST, LAST], [], [FIRST, LAST]).is_sound


def test_a_newer_save_whose_acknowledgement_is_on_its_way_may_count() -> None:
    assert judge(kept(FIRST, LAST), [FIRST], [], [FIRST, LAST]).is_sound


@pytest.mark.parametrize(
    ("found", "lost", "doubled", "miscounted"),
    [
        (kept(FIRST, counted=("halaman", 2)), 1, 0, 1),
        (kept(FIRST, sent(3, "c")), 1, 0, 0),
        (kept(FIRST, LAST, LAST), 0, 1, 0),
        (kept(FIRST, LAST, sent(9, "z")), 0, 1, 0),
        (kept(FIRST, LAST, counted=("halaman", 2)), 0, 0, 1),
        (kept(FIRST, LAST, counted=("lain", 7)), 0, 0, 1),
        (Kept({}, {}, {}), 2, 0, 1),
        (Kept(kept(FIRST, LAST).values, {PLACE: ("halaman", 3)}, {}, twice=1), 0, 1, 0),
    ],
    ids=[
        "not there",
        "there with another value",
        "there twice",
        "never sent",
        "an older one counts",
        "another page counts",
        "nothing is there",
        "two attempts of one number",
    ],
)
def test_what_is_wrong_is_found(found: Kept, lost: int, doubled: int, miscounted: int) -> None:
    finding = judge(found, [FIRST, LAST], [], [FIRST, LAST])
    assert (len(finding.lost), len(finding.doubled), len(finding.miscounted)) == (lost, doubled, miscounted)


@pytest.mark.parametrize(("state", "lost"), [({("lena", 1): True}, 0), ({("lena", 1): False}, 1), ({}, 1)])
def test_an_acknowledged_submission_is_submitted_and_scored(state: dict[tuple[str, int], bool], lost: int) -> None:
    assert len(judge(kept(FIRST, LAST, submitted=state), [LAST], [("lena", 1)], [FIRST, LAST]).lost) == lost


def test_the_burst_is_told_apart_from_the_rest() -> None:
    journal = Journal()
    for seconds in (0.1, 0.2):
        journal.took("lesson", seconds)
        journal.took("submit", 10 * seconds)
    assert (journal.slowest(in_burst=False), journal.slowest(in_burst=True)) == (0.2, 2.0)


@pytest.mark.parametrize(("share", "value"), [(50, 50), (99, 99), (100, 100), (0, 1)])
def test_percentiles_are_values_that_were_measured(share: int, value: int) -> None:
    assert percentile(list(range(100, 0, -1)), share) == value
    assert percentile([], share) == 0
