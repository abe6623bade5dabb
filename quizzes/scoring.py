"""What an attempt comes to, from its version, its answers and what people judged of them: any time again."""

from collections.abc import Mapping
from fractions import Fraction

from courses.actions import record_progress
from quizzes import attempts, grading, outcomes, pinning, queries
from quizzes.grading import Mark
from quizzes.kinds import Value
from quizzes.models import Attempt


def marks_of(
    attempt: Attempt, answers: Mapping[str, Value], judged: Mapping[str, Fraction] | None = None
) -> list[Mark]:
    """A mark for each question of the attempt, in its learner's order.

    `judged` are the shares that people gave, where the caller has them already.
    """
    return grading.mark_all(
        pinning.questions_of(attempt),
        answers,
        pinning.quiz_of(attempt).head.credit,
        queries.judged_by_people(attempt.id) if judged is None else judged,
    )


def score(attempt: Attempt) -> None:
    """Give a submitted attempt its points, and its learner the standing that follows. Part of the caller's transaction.

    Done again it replaces what stood before, evidence too.
    """
    assert attempt.submitted_at is not None
    marks = marks_of(attempt, queries.last_answers(attempt.id))
    result = outcomes.result(marks, attempt.submitted_at)
    attempt.earned, attempt.maximum, attempt.waiting = result.earned, result.maximum, result.waiting
    past = queries.attempts_at(attempt.enrolment_id, attempt.activity_id)
    outcome = outcomes.outcome(
        pinning.rules_now(attempt),
        past,
        pass_mark(attempt),
        outcomes.evidence(pinning.questions_of(attempt), marks),
        attempt.submitted_at,
        occasion=attempt.number,
    )
    record_progress(attempt.enrolment_id, attempt.activity_id, outcome)


def pass_mark(attempt: Attempt) -> float:
    """What passing takes by the rules as they are online, of 100."""
    return attempts.pass_mark(pinning.rules_now(attempt), attempt.activity.course.pass_mark)
