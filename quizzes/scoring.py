"""What an attempt comes to, from its version, its answers and what people judged of them: any time again."""

from collections.abc import Mapping

from courses.actions import record_progress
from quizzes import attempts, grading, outcomes, pinning, queries
from quizzes.grading import Mark
from quizzes.kinds import Value
from quizzes.models import Attempt
from quizzes.quiz import Role


def marks_of(attempt: Attempt, answers: Mapping[str, Value]) -> list[Mark]:
    """A mark for each question of the attempt, in its learner's order."""
    return grading.mark_all(
        pinning.questions_of(attempt),
        answers,
        pinning.quiz_of(attempt).head.credit,
        queries.judged_by_people(attempt.id),
    )


def score(attempt: Attempt) -> None:
    """Give a submitted attempt its points, and its learner the standing that follows. Part of the caller's transaction.

    Done again it replaces what stood before, evidence too.
    """
    assert attempt.submitted_at is not None
    rules, questions = pinning.rules_now(attempt), pinning.questions_of(attempt)
    if rules.role is Role.SURVEY:  # there is nothing to be right about, whatever its questions say
        questions, marks = [], []
    else:
        marks = marks_of(attempt, queries.last_answers(attempt.id))
    result = outcomes.result(marks, attempt.submitted_at)
    attempt.earned, attempt.maximum, attempt.waiting = result.earned, result.maximum, result.waiting
    past = queries.attempts_at(attempt.enrolment_id, attempt.activity_id)
    outcome = outcomes.outcome(
        rules,
        past,
        pass_mark(attempt),
        outcomes.evidence(questions, marks),
        attempt.submitted_at,
        occasion=attempt.number,
    )
    record_progress(attempt.enrolment_id, attempt.activity_id, outcome)


def pass_mark(attempt: Attempt) -> float:
    """What passing takes by the rules as they are online, of 100."""
    return attempts.pass_mark(pinning.rules_now(attempt), attempt.activity.course.pass_mark)
