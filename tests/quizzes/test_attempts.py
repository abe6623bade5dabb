"""The rules of attempts, by tables of cases."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.errors import Conflict
from quizzes import attempts
from quizzes.attempts import Save, Saved, judge_save
from quizzes.quiz import Feedback, Grade, QuizHead, Role
from tests.quizzes.reading import one
from tests.quizzes.test_grading import question

pytestmark = pytest.mark.pure

NOW = datetime(2026, 11, 24, 2, 42, tzinfo=UTC)


@dataclass
class Past:
    earned: float | None
    maximum: float | None = 10
    submitted_at: datetime | None = NOW


@pytest.mark.parametrize(
    ("allowed", "taken", "cooldown", "minutes_since", "may"),
    [
        (3, 0, 0, 0, True),
        (3, 2, 0, 0, True),
        (3, 3, 0, 0, False),
        (0, 99, 0, 0, True),
        (3, 1, 30, 29, False),
        (3, 1, 30, 30, True),
    ],
)
def test_starting(allowed: int, taken: int, cooldown: int, minutes_since: int, may: bool) -> None:
    rules = QuizHead(title="Kuis", attempts=allowed, cooldown_minutes=cooldown)
    past = [Past(5) for _ in range(taken)]
    now = NOW + timedelta(minutes=minutes_since)
    if may:
        attempts.check_may_start(rules, past, now)
    else:
        with pytest.raises(Conflict):
            attempts.check_may_start(rules, past, now)


@pytest.mark.parametrize(
    ("grade", "expected"),
    [
        (Grade.HIGHEST, Fraction(9, 10)),
        (Grade.LAST, Fraction(6, 10)),
        (Grade.FIRST, Fraction(3, 10)),
        (Grade.AVERAGE, Fraction(6, 10)),
    ],
)
def test_which_of_several_attempts_counts(grade: Grade, expected: Fraction) -> None:
    past = [Past(3), Past(9), Past(6), Past(None, None, None)]
    assert attempts.counted_share(past, grade) == expected


def test_nothing_counts_before_the_first_is_submitted() -> None:
    assert attempts.counted_share([Past(None, None, None)], Grade.HIGHEST) is None


def test_attempts_of_different_length_are_compared_by_share() -> None:
    assert attempts.counted_share([Past(8, 10), Past(9, 20)], Grade.HIGHEST) == Fraction(8, 10)


@pytest.mark.parametrize(
    ("share", "passed"), [(Fraction(7, 10), True), (Fraction(6999, 10000), False), (Fraction(1), True)]
)
def test_passing_is_judged_before_rounding(share: Fraction, passed: bool) -> None:
    assert attempts.is_passed(share, 70) is passed


def test_a_deadline_stands_only_where_time_is_limited() -> None:
    assert attempts.deadline(NOW, 10) == NOW + timedelta(minutes=10)
    assert attempts.deadline(NOW, None) is None


@pytest.mark.parametrize(("own", "expected"), [(None, 70), (0, 0), (85, 85)])
def test_the_quiz_may_ask_for_another_pass_mark_than_its_course(own: int | None, expected: float) -> None:
    assert attempts.pass_mark(QuizHead(title="Kuis", pass_mark=own), 70) == expected


@pytest.mark.parametrize(
    ("feedback", "closes", "may"),
    [
        (Feedback.IMMEDIATE, None, True),
        (Feedback.AFTER_SUBMIT, None, True),
        (Feedback.AFTER_CLOSE, None, False),
        (Feedback.AFTER_CLOSE, NOW + timedelta(days=1), False),
        (Feedback.AFTER_CLOSE, NOW - timedelta(days=1), True),
    ],
)
def test_the_key_waits_for_its_moment(feedback: Feedback, closes: datetime | None, may: bool) -> None:
    assert attempts.may_see_key(feedback, closes, NOW) is may


@pytest.mark.parametrize("feedback", Feedback)
def test_question_by_question_is_told_where_feedback_is_immediate_but_in_no_survey(feedback: Feedback) -> None:
    told = {role for role in Role if attempts.tells_at_once(QuizHead(title="Kuis", feedback=feedback, role=role))}
    everywhere_else = {Role.PRACTICE, Role.EXAM, Role.PRETEST, Role.POSTTEST}
    assert told == (everywhere_else if feedback is Feedback.IMMEDIATE else set())


@pytest.mark.parametrize(
    ("lines", "may"),
    [
        (["- [x] a", "- [ ] b"], True),
        (["= a"], True),
        (
            ["jenis: esai", "", "| Kriteria | Bobot | Baik | Kurang |", "|---|---|---|---|", "| Isi | 1 | a | b |"],
            False,
        ),
        (["jenis: skala", "", "1 … 5"], False),
        (["jenis: tanggapan"], False),
    ],
)
def test_only_what_no_person_has_to_judge_may_be_checked_at_once(lines: list[str], may: bool) -> None:
    assert attempts.may_be_checked(one(*lines)) is may


def test_an_arrangement_is_the_same_for_the_same_seed() -> None:
    rules = QuizHead(title="Kuis", shuffle=("soal", "pilihan"))
    questions = [question("a", 5), question("b", 5)]
    assert attempts.arrange(questions, rules, 7) == attempts.arrange(questions, rules, 7)
    assert sorted(attempts.arrange(questions, rules, 7)[0][1]) == list("abcde")  # type: ignore[type-var, arg-type]


def test_nothing_is_shuffled_that_the_author_did_not_ask_for() -> None:
    arranged = attempts.arrange([question("a", 5)], QuizHead(title="Kuis", shuffle=()), 7)
    assert arranged == [["q", list("abcde")]]


@pytest.mark.parametrize(
    ("before", "sequence", "value", "drawn", "expected"),
    [
        # a page with script counts its saves
        ([], 1, ["a"], None, (Save.NEW, 1)),
        ([Saved(1, ["a"])], 2, ["b"], None, (Save.NEW, 2)),
        ([Saved(1, ["a"])], 1, ["a"], None, (Save.REPLAY, 1)),
        ([Saved(1, ["a"]), Saved(2, ["b"])], 1, ["a"], None, (Save.REPLAY, 1)),
        ([Saved(3, ["c"])], 2, ["b"], None, (Save.STALE, 2)),
        ([Saved(1, ["a"])], 2, ["a"], None, (Save.NEW, 2)),
        ([], 3, [], [], (Save.NEW, 3)),
        # a page without script sends all it showed
        ([], 1, ["a"], ["a"], (Save.UNCHANGED, 1)),
        ([], 1, [], [], (Save.UNCHANGED, 1)),
        ([], 1, ["b"], ["a"], (Save.NEW, 1)),
        ([], 1, [], ["a"], (Save.NEW, 1)),
        # and when it was gone back to, the same sequence has another value
        ([Saved(1, ["a"])], 1, ["b"], [], (Save.NEW, 2)),
        ([Saved(1, ["a"])], 1, [], [], (Save.NEW, 2)),
        ([Saved(1, ["a"]), Saved(2, ["b"])], 1, ["b"], [], (Save.UNCHANGED, 1)),
    ],
)
def test_judging_a_save(
    before: list[Saved], sequence: int, value: list[str], drawn: list[str] | None, expected: tuple[Save, int]
) -> None:
    assert judge_save(before, sequence, value, drawn) == expected


@given(st.lists(st.tuples(st.integers(1, 5), st.sampled_from("abc")), max_size=12))
def test_saves_sent_twice_or_late_never_undo_a_later_one(sends: list[tuple[int, str]]) -> None:
    """Whatever a page repeats or delays, each sequence with its one value: the highest sequence received wins."""
    value_of = dict(sends)
    before: list[Saved] = []
    standing: str | None = None
    for sequence, _ in sends:
        judged, kept = judge_save(before, sequence, [value_of[sequence]], None)
        if judged in (Save.NEW, Save.STALE):
            before.append(Saved(kept, [value_of[sequence]]))
        if judged is Save.NEW:
            standing = value_of[sequence]
    if sends:
        assert standing == value_of[max(value_of)]
