"""What an attempt comes to, from its version, its answers, what people judged and what was re-keyed: any time again."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from courses.actions import record_progress, take_turns
from courses.completion import Outcome
from quizzes import attempts, outcomes, pinning, queries, rekey_queries, rekeying
from quizzes.attempts import Past
from quizzes.grading import Mark
from quizzes.kinds import Value
from quizzes.models import Attempt
from quizzes.outcomes import Result
from quizzes.quiz import Role
from quizzes.rekeying import Keyed


def keyed_questions(attempt: Attempt) -> list[Keyed]:
    """The attempt's questions with the keys of now, in its learner's order."""
    changes = rekey_queries.changes_of(pinning.source_of(attempt))
    return [rekeying.keyed(question, changes.get(question.id)) for question in pinning.questions_of(attempt)]


def marks_of(
    attempt: Attempt,
    answers: Mapping[str, Value],
    subjects: Sequence[Keyed] | None = None,
    judged: Mapping[str, Fraction] | None = None,
) -> list[Mark]:
    """A mark for each question of the attempt, in its learner's order.

    `subjects` and `judged` (the shares that people gave) where the caller has read them already.
    """
    return rekeying.mark_all(
        keyed_questions(attempt) if subjects is None else subjects,
        answers,
        pinning.quiz_of(attempt).head.credit,
        queries.judged_by_people(attempt.id) if judged is None else judged,
    )


def score(attempt: Attempt) -> None:
    """Give a submitted attempt its points, and its learner the standing that follows. Part of the caller's transaction.

    Done again it replaces what stood before, evidence too.
    """
    assert attempt.submitted_at is not None
    rekey_queries.hold(pinning.source_of(attempt))
    subjects, marks = _scored(attempt)
    give(attempt, outcomes.result(marks, attempt.submitted_at))
    take_turns([attempt.enrolment_id])  # another attempt of theirs may be scored now: this one counts it too
    past = queries.attempts_at(attempt.enrolment_id, attempt.activity_id)
    record_progress(attempt.enrolment_id, attempt.activity_id, outcome_of(attempt, past, subjects, marks))


def _scored(attempt: Attempt) -> tuple[list[Keyed], list[Mark]]:
    """In a survey there is nothing to be right about, whatever its questions say."""
    if pinning.rules_now(attempt).role is Role.SURVEY:
        return [], []
    subjects = keyed_questions(attempt)
    return subjects, marks_of(attempt, queries.last_answers(attempt.id), subjects)


def give(attempt: Attempt, result: Result) -> None:
    attempt.earned, attempt.maximum, attempt.waiting = result.earned, result.maximum, result.waiting


def outcome_of(attempt: Attempt, past: Sequence[Past], subjects: Sequence[Keyed], marks: Sequence[Mark]) -> Outcome:
    """What an attempt means for its learner, whose attempts at the quiz are `past`."""
    assert attempt.submitted_at is not None
    return outcomes.outcome(
        pinning.rules_now(attempt),
        past,
        pass_mark(attempt),
        outcomes.evidence([subject.question for subject in subjects], marks),
        attempt.submitted_at,
        occasion=attempt.number,
    )


def pass_mark(attempt: Attempt) -> float:
    """What passing takes by the rules as they are online, of 100."""
    return attempts.pass_mark(pinning.rules_now(attempt), attempt.activity.course.pass_mark)
