"""What an attempt pinned when it began, and the rules that are read as they are online now."""

from collections.abc import Sequence
from datetime import datetime

from cohorts.models import Enrolment
from courses import schedules, versions
from courses.dates import Dates
from courses.models import Activity
from courses.queries import Way
from quizzes import attempts, queries
from quizzes.models import Attempt
from quizzes.queries import Exceptions
from quizzes.questions import Question
from quizzes.quiz import Quiz, QuizHead
from quizzes.terms import Terms, terms


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


def is_readable(attempt: Attempt) -> bool:
    """Whether everything it stands on still parses; if not, the score that is stored is all there is."""
    online = attempt.activity.current_version_id or attempt.version_id
    return all(versions.find_definition(id) is not None for id in (attempt.version_id, source_of(attempt), online))


def minutes_allowed(attempt: Attempt) -> int | None:
    """None: no limit."""
    if attempt.minutes_allowed is not None:
        return attempt.minutes_allowed or None
    return quiz_of(attempt).head.minutes_allowed


def rules_now(attempt: Attempt) -> QuizHead:
    """The rules as they are online: attempts allowed, feedback moment, aggregation and pass mark follow them."""
    quiz: Quiz = versions.definition_of(attempt.activity.current_version_id or attempt.version_id)
    return quiz.head


def terms_for(enrolment: Enrolment, activity: Activity, known: Exceptions | None = None) -> Terms:
    """The terms under which a learner takes a quiz by now: as online, in their cohort, with exceptions."""
    known = queries.exceptions_for(enrolment, activity.id) if known is None else known
    quiz: Quiz = versions.definition_of(activity.current_version_id or 0)
    return terms(quiz.head, schedules.dates_in(enrolment.cohort, activity), *known.of(activity.id, enrolment))


def granted_dates(learning: Sequence[tuple[Way, Enrolment]]) -> dict[tuple[int, int], Dates]:
    """(enrolment id, activity id) -> when a quiz is open for a learner who has an exception there."""
    return {
        (enrolment.id, step.activity.id): terms_for(enrolment, step.activity, known).dates
        for way, enrolment in learning
        for known in [queries.exceptions_in(enrolment.cohort)]
        for step in way.steps
        if any(known.of(step.activity.id, enrolment))
        and versions.find_definition(step.activity.current_version_id or 0) is not None
    }


def terms_of(attempt: Attempt, known: Exceptions | None = None) -> Terms:
    """Those of the attempt's learner, in the cohort it was made in."""
    return terms_for(attempt.enrolment, attempt.activity, known)


def ended_by_itself(attempt: Attempt, terms: Terms) -> bool:
    """Whether its time ran out before its learner sent it."""
    end = attempts.end(attempt.started_at, minutes_allowed(attempt), terms.dates.closes)
    return end is not None and attempt.submitted_at == end


def end_of(attempt: Attempt, known: Exceptions | None = None) -> datetime | None:
    """When the attempt is over by itself: the minutes are pinned, the closing moment is read as it is now."""
    closes = terms_of(attempt, known).dates.closes
    return attempts.end(attempt.started_at, minutes_allowed(attempt), closes)
