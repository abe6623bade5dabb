"""When the key of a submitted attempt may be seen by its learner."""

from collections.abc import Iterable
from datetime import datetime

from cohorts.models import Enrolment
from courses import versions
from courses.models import Activity
from quizzes import attempts, pinning, queries
from quizzes.queries import Exceptions
from quizzes.quiz import Feedback, Quiz


def keys_out(enrolment: Enrolment, activities: Iterable[Activity], now: datetime) -> set[int]:
    """Ids of the quizzes whose key is out for a learner."""
    known = queries.exceptions_in(enrolment.cohort)
    return {activity.id for activity in activities if key_is_out(enrolment, activity, now, known)}


def key_is_out(enrolment: Enrolment, activity: Activity, now: datetime, known: Exceptions | None = None) -> bool:
    """By the rules as they are online, and by the learner's own closing moment; only that one needs a query.

    `known` are the learner's exceptions where the caller has them.
    """
    feedback = _feedback(activity)
    if feedback is not Feedback.AFTER_CLOSE:
        return feedback is not None
    closes = pinning.terms_for(enrolment, activity, known).dates.closes
    return attempts.may_see_key(feedback, closes, now)


def _feedback(activity: Activity) -> Feedback | None:
    """None where nothing readable is online: then nothing is told."""
    quiz: Quiz | None = versions.find_definition(activity.current_version_id) if activity.current_version_id else None
    return quiz.head.feedback if quiz else None
