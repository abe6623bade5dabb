"""What an attempt pinned when it began, and the rules that are read as they are online now."""

from courses import versions
from quizzes.models import Attempt
from quizzes.questions import Question
from quizzes.quiz import Quiz, QuizHead


def quiz_of(attempt: Attempt) -> Quiz:
    """The quiz as it was when the attempt began: its time limit and its credit hold for the attempt."""
    quiz: Quiz = versions.definition_of(attempt.version_id)
    return quiz


def source_of(attempt: Attempt) -> int:
    """The version whose questions are given: the quiz's own, or that of the quiz it borrows from."""
    return attempt.source_version_id or attempt.version_id


def questions_of(attempt: Attempt) -> list[Question]:
    """What was drawn for the attempt, in the order its learner sees it."""
    quiz: Quiz = versions.definition_of(source_of(attempt))
    by_id = {question.id: question for question in quiz.questions}
    return [by_id[question_id] for question_id, _parts in attempt.arrangement]


def minutes_allowed(attempt: Attempt) -> int | None:
    """None: no limit."""
    if attempt.minutes_allowed is not None:
        return attempt.minutes_allowed or None
    return quiz_of(attempt).head.minutes_allowed


def rules_now(attempt: Attempt) -> QuizHead:
    """The rules as they are online: attempts allowed, feedback moment, aggregation and pass mark follow them."""
    quiz: Quiz = versions.definition_of(attempt.activity.current_version_id or attempt.version_id)
    return quiz.head
