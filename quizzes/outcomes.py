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
    """A submitted attempt in points, as it is stored."""

    submitted_at: datetime
    earned: float
    maximum: float


def result(marks: Iterable[Mark], at: datetime) -> Result:
    found = list(marks)
    earned = sum((mark.earned for mark in found), Fraction(0))
    return Result(at, float(earned), float(sum((mark.maximum for mark in found), Fraction(0))))


def outcome(
    rules: QuizHead, past: Sequence[Past], pass_mark: float, evidence: Iterable[EvidenceItem], at: datetime
) -> Outcome:
    """The learner's standing after an attempt. `past` has it too; points are given as of the last attempt's maximum."""
    share = attempts.counted_share(past, rules.grade)
    last = max((attempt for attempt in past if attempt.submitted_at), key=lambda attempt: attempt.submitted_at or at)
    assert share is not None and last.maximum is not None
    return Outcome(
        State.DONE,
        at,
        earned=float(share * Fraction(last.maximum).limit_denominator(attempts.FINEST)),
        maximum=last.maximum,
        is_passed=attempts.is_passed(share, pass_mark) if rules.role is Role.EXAM else None,
        evidence=tuple(evidence),
    )


def evidence(questions: Sequence[Question], marks: Sequence[Mark]) -> list[EvidenceItem]:
    """How each answer speaks for each objective its question names."""
    return [
        EvidenceItem(objective, question.id, float(mark.earned), float(mark.maximum))
        for question, mark in zip(questions, marks, strict=True)
        for objective in question.objectives
    ]
