"""What becomes of an answer that a page sends, by cases; `judge_save` itself is in test_attempts."""

import pytest

from quizzes import saves
from quizzes.saves import Kept, Page, Ruling

pytestmark = pytest.mark.pure

PAGE = Page("meja", seen=10)


@pytest.mark.parametrize(
    ("kept", "seen", "value", "is_elsewhere"),
    [
        ([], 10, ["a"], False),
        ([Kept(9, "telepon", 1, ["b"])], 10, ["a"], False),
        ([Kept(10, "telepon", 1, ["b"])], 10, ["a"], False),
        ([Kept(11, "telepon", 1, ["b"])], 10, ["a"], True),
        ([Kept(11, "telepon", 1, ["b"])], None, ["a"], False),
        ([Kept(11, "telepon", 1, ["a"])], 10, ["a"], False),
        ([Kept(11, "telepon", 1, ["b"]), Kept(12, "meja", 1, ["a"])], 10, ["c"], False),
        ([Kept(11, "telepon", 2, ["b"]), Kept(12, "telepon", 1, ["c"], is_stale=True)], 10, ["c"], True),
    ],
)
def test_a_page_is_told_of_another_one_that_was_quicker(
    kept: list[Kept], seen: int | None, value: list[str], is_elsewhere: bool
) -> None:
    ruling = saves.rule(kept, Page("meja", seen), 5, value, None)
    assert ruling.is_elsewhere is is_elsewhere
    assert ruling.is_kept, "it counts all the same: the last received wins"


def test_an_untouched_answer_is_not_kept_but_its_page_is_told() -> None:
    ruling = saves.rule([Kept(11, "telepon", 1, ["b"])], PAGE, 1, ["a"], ["a"])
    assert (ruling.is_kept, ruling.is_elsewhere) == (False, True)


@pytest.mark.parametrize(
    ("kept", "sequence", "value", "expected"),
    [
        ([], 1, ["a"], Ruling(True, 1, is_final=True)),
        ([Kept(1, "meja", 2, ["a"])], 2, ["a"], Ruling(True, 3, is_final=True)),
        ([Kept(1, "meja", 2, ["a"])], 3, ["a"], Ruling(True, 3, is_final=True)),
        ([Kept(1, "meja", 4, ["a"])], 3, ["b"], Ruling(True, 3, is_stale=True)),
        ([], 1, [], Ruling(True, 1)),
    ],
    ids=["first", "same-once-more", "later", "late", "empty"],
)
def test_an_answer_to_be_checked_is_final_unless_it_is_late_or_empty(
    kept: list[Kept], sequence: int, value: list[str], expected: Ruling
) -> None:
    assert saves.rule(kept, PAGE, sequence, value, ["a"], is_check=True) == expected


FINAL = [Kept(11, "meja", 2, ["a"], is_final=True)]


@pytest.mark.parametrize("client", ["meja", "telepon"])
@pytest.mark.parametrize("is_check", [True, False])
def test_after_a_check_nothing_counts_but_it_is_kept(client: str, is_check: bool) -> None:
    ruling = saves.rule(FINAL, Page(client, 20), 7, ["b"], None, is_check=is_check)
    assert ruling == Ruling(True, 7, is_stale=True, is_locked=True)


@pytest.mark.parametrize(("sequence", "value", "drawn"), [(2, ["a"], None), (7, ["a"], None), (1, ["b"], ["b"])])
def test_after_a_check_the_same_again_and_the_untouched_are_nothing_new(
    sequence: int, value: list[str], drawn: list[str] | None
) -> None:
    client = "meja" if value == ["a"] else "telepon"
    ruling = saves.rule(FINAL, Page(client, 20), sequence, value, drawn)
    assert (ruling.is_kept, ruling.is_locked) == (False, False)


def test_a_sequence_is_told_from_a_replay_by_what_it_said() -> None:
    kept = [Kept(1, "meja", 1, ["a"]), Kept(2, "telepon", 2, ["b"]), Kept(3, "meja", 2, ["c"])]
    assert saves.rule(kept, PAGE, 1, ["a"], None) == Ruling(False, 1)
    assert saves.rule(kept, PAGE, 1, ["b"], None) == Ruling(True, 3), "the page was gone back to"
    assert saves.rule(kept, PAGE, 2, ["c"], None) == Ruling(False, 2)


def test_what_counts_is_the_last_received_that_is_not_stale() -> None:
    kept = [Kept(1, "a", 2, ["x"]), Kept(2, "b", 1, ["y"]), Kept(3, "a", 1, ["z"], is_stale=True)]
    assert saves.counted(kept) == kept[1]
    assert saves.counted([]) is None
