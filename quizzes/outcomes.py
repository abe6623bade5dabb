"""What a submitted attempt comes to: its points, the score that counts over all attempts, and its evidence. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from courses.completion import EvidenceItem, Outcome, State
from quizzes import attempts
from quizzes.attempts import Past
from quizzes.grading import Mark
from quizzes.questions import Question
from quizzes.quiz import QuizHead, Role


@dataclass(frozen=True)
class Result:
    """A submitted attempt in points, as it is stored; what waits for a mark is in neither figure."""

    submitted_at: datetime
    earned: float
    maximum: float
    waiting: int = 0
    """How many answers wait for a person's mark."""


def result(marks: Iterable[Mark], at: datetime) -> Result:
    found = list(marks)
    known = [mark for mark in found if not mark.is_waiting]
    earned = sum((mark.earned for mark in known), Fraction(0))
    maximum = sum((mark.maximum for mark in known), Fraction(0))
    return Result(at, float(earned), float(maximum), len(found) - len(known))


def outcome(
    rules: QuizHead,
    past: Sequence[Past],
    pass_mark: float,
    evidence: Iterable[EvidenceItem],
    at: datetime,
    occasion: int,
) -> Outcome:
    """The learner's standing after an attempt. `past` has it too; points are given as of the last attempt's maximum.

    Without a score (a survey, an essay that waits) there are no points; while anything waits nobody passed or failed.
    """
    share = attempts.counted_share(past, rules.grade)
    scored = [attempt for attempt in past if attempt.submitted_at and attempt.maximum]
    last = max(scored, key=lambda attempt: attempt.submitted_at or at, default=None)
    is_waiting = any(attempt.waiting for attempt in past)
    if share is None or last is None or last.maximum is None:
        return Outcome(State.DONE, at, evidence=tuple(evidence), occasion=occasion, is_provisional=is_waiting)
    return Outcome(
        State.DONE,
        at,
        earned=float(share * Fraction(last.maximum).limit_denominator(attempts.FINEST)),
        maximum=last.maximum,
        is_passed=attempts.is_passed(share, pass_mark) if rules.role is Role.EXAM and not is_waiting else None,
        evidence=tuple(evidence),
        occasion=occasion,
        is_provisional=is_waiting,
    )


def evidence(questions: Sequence[Question], marks: Sequence[Mark]) -> list[EvidenceItem]:
    """How each answer speaks for each objective its question names; one without right and wrong is silent."""
    return [
        EvidenceItem(objective, question.id, float(mark.earned), float(mark.maximum))
        for question, mark in zip(questions, marks, strict=True)
        if question.is_scored and mark.is_counted and not mark.is_waiting
        for objective in question.objectives
    ]
