"""When the key of a submitted attempt may be seen by its learner."""

from datetime import datetime

from cohorts.models import Enrolment
from courses import versions
from courses.models import Activity
from quizzes import attempts, pinning
from quizzes.queries import Exceptions
from quizzes.quiz import Feedback, Quiz


def key_is_out(enrolment: Enrolment, activity: Activity, now: datetime, known: Exceptions | None = None) -> bool:
    """By the rules as they are online, and by the learner's own closing moment; only that one needs a query.

    `known` are the learner's exceptions where the caller has them.
    """
    quiz: Quiz | None = versions.find_definition(activity.current_version_id) if activity.current_version_id else None
    if quiz is None:
        return False
    feedback = quiz.head.feedback
    if feedback is not Feedback.AFTER_CLOSE:
        return True
    closes = pinning.terms_for(enrolment, activity, known).dates.closes
    return attempts.may_see_key(feedback, closes, now)
