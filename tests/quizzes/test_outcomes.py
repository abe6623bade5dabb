"""What a submitted attempt comes to, by tables of cases; written against faults that `make mutants` found unseen."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from courses.completion import EvidenceItem, Outcome, State
from foundation.errors import Conflict
from quizzes import attempts, grading, outcomes
from quizzes.attempts import Grade
from quizzes.grading import Mark
from quizzes.quiz import Feedback, QuizHead, Role
from quizzes.words import Credit
from tests.quizzes.test_grading import question

pytestmark = pytest.mark.pure

NOW = datetime(2026, 11, 24, 2, 42, tzinfo=UTC)


@dataclass
class Past:
    earned: float | None
    maximum: float | None = 10
    submitted_at: datetime | None = NOW
    waiting: int = 0


def mark(share: Fraction | int | None, maximum: int = 2, name: str = "q") -> Mark:
    return Mark(name, None if share is None else Fraction(share), Fraction(maximum), is_blank=False)


def test_points_are_summed_over_what_has_a_mark() -> None:
    found = outcomes.result([mark(Fraction(1, 2)), mark(1, 3), mark(None, 5)], NOW)
    assert found == outcomes.Result(NOW, earned=4.0, maximum=5.0, waiting=1)
    assert outcomes.result([], NOW) == outcomes.Result(NOW, 0.0, 0.0, 0)


def standing(rules: QuizHead, *past: Past, pass_mark: float = 70) -> Outcome:
    return outcomes.outcome(rules, past, pass_mark, [EvidenceItem("SC1", "q", 1, 2)], NOW, occasion=2)


def test_points_are_those_of_the_counting_share_in_the_last_attempts_points() -> None:
    later = NOW + timedelta(hours=1)
    found = standing(QuizHead(title="Kuis"), Past(8, 10), Past(9, 20, later))
    assert (found.state, found.at, found.earned, found.maximum) == (State.DONE, NOW, 16.0, 20)
    assert (found.is_passed, found.occasion, found.is_provisional) == (True, 2, False)
    assert found.evidence == (EvidenceItem("SC1", "q", 1, 2),)


@pytest.mark.parametrize(
    ("role", "earned", "passed"),
    [(Role.EXAM, 7, True), (Role.EXAM, 6.9, False), (Role.PRACTICE, 9, None), (Role.PRETEST, 9, None)],
)
def test_only_an_exam_is_passed(role: Role, earned: float, passed: bool | None) -> None:
    assert standing(QuizHead(title="Kuis", role=role), Past(earned)).is_passed is passed


def test_while_an_answer_waits_nobody_has_passed_or_failed() -> None:
    found = standing(QuizHead(title="Kuis"), Past(10, waiting=1))
    assert (found.is_passed, found.is_provisional, found.earned) == (None, True, 10.0)


def test_without_a_score_there_are_no_points() -> None:
    found = standing(QuizHead(title="Kuis", role=Role.SURVEY), Past(0, 0))
    assert (found.state, found.at, found.earned, found.maximum) == (State.DONE, NOW, None, None)
    assert (found.occasion, found.is_provisional, len(found.evidence)) == (2, False, 1)


def test_an_attempt_that_only_waits_is_provisional_and_done() -> None:
    found = standing(QuizHead(title="Kuis"), Past(0, 0, waiting=1))
    assert (found.state, found.is_provisional, found.is_passed) == (State.DONE, True, None)


def test_evidence_speaks_for_each_objective_and_waits_for_its_mark() -> None:
    asked = [question("a", objectives=("SC1", "SC2")), question("b", objectives=("SC1",))]
    found = outcomes.evidence(asked, [mark(Fraction(1, 2)), mark(None)])
    assert found == [EvidenceItem("SC1", "q", 1.0, 2.0), EvidenceItem("SC2", "q", 1.0, 2.0)]


def test_marks_know_their_question_and_what_people_said_wins() -> None:
    asked = [question("b", points="2")]
    [found] = grading.mark_all(asked, {"q": ["b"]}, Credit.PROPORTIONAL)
    assert (found.question, found.share, found.is_blank) == ("q", 1, False)
    [judged] = grading.mark_all(asked, {"q": ["b"]}, Credit.PROPORTIONAL, {"q": Fraction(1, 4), "other": Fraction(1)})
    assert (judged.share, judged.earned) == (Fraction(1, 4), Fraction(1, 2))
    [exact] = grading.mark_all([question("ac")], {"q": ["a"]}, Credit.EXACT)
    assert exact.share == 0


@pytest.mark.parametrize(("seconds", "minutes"), [(0, 31), (1, 30), (60, 30), (61, 29), (29 * 60, 2), (30 * 60 - 1, 1)])
def test_how_long_the_pause_still_is(seconds: int, minutes: int) -> None:
    """In whole minutes after which it is surely over."""
    rules = QuizHead(title="Kuis", cooldown_minutes=30)
    with pytest.raises(Conflict, match=f"^Percobaan berikutnya dapat dimulai {minutes} menit lagi"):
        attempts.check_may_start(rules, [Past(5)], NOW + timedelta(seconds=seconds))


def test_used_up_attempts_are_counted() -> None:
    with pytest.raises(Conflict, match=r"^Semua percobaan sudah dipakai \(2\)"):
        attempts.check_may_start(QuizHead(title="Kuis", attempts=2), [Past(5)] * 2, NOW)


def test_the_pause_ends_after_its_minutes() -> None:
    rules = QuizHead(title="Kuis", cooldown_minutes=30)
    assert attempts.rests_until(rules, [Past(5)], NOW) == NOW + timedelta(minutes=30)


@pytest.mark.parametrize(("allowed", "taken", "left"), [(0, 5, None), (3, 0, 3), (3, 2, 1), (3, 4, 0)])
def test_attempts_left(allowed: int, taken: int, left: int | None) -> None:
    assert attempts.attempts_left(QuizHead(title="Kuis", attempts=allowed), [Past(5)] * taken) == left


def test_what_is_not_submitted_or_has_no_score_never_counts() -> None:
    past = [Past(9, 10, None), Past(None, 10), Past(4, None), Past(3, 10)]
    assert attempts.counted_share(past, Grade.HIGHEST) == Fraction(3, 10)


def test_the_key_still_waits_at_the_closing_moment_itself() -> None:
    assert not attempts.may_see_key(Feedback.AFTER_CLOSE, NOW, NOW)


def test_options_are_shuffled_where_the_rules_say_so() -> None:
    subject = question("a", 8)
    orders = {
        str(attempts.arrange([subject], QuizHead(title="Kuis", shuffle=("pilihan",)), seed)[0][1]) for seed in range(9)
    }
    assert len(orders) > 1
    assert Decimal(1) == subject.points


def test_an_attempt_that_is_still_open_lends_no_points() -> None:
    later = NOW + timedelta(hours=1)
    found = outcomes.outcome(QuizHead(title="Kuis"), [Past(8, 10), Past(None, 20, None)], 70, [], later, occasion=1)
    assert (found.earned, found.maximum) == (8.0, 10)


def test_evidence_of_another_number_of_marks_is_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        outcomes.evidence([question("a")], [])
