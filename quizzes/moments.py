"""When the key of a submitted attempt may be seen by its learner."""

from datetime import datetime

from cohorts.models import Enrolment
from courses import versions
from courses.models import Activity
from quizzes import attempts, pinning
from quizzes.quiz import Feedback, Quiz


def key_is_out(enrolment: Enrolment, activity: Activity, now: datetime) -> bool:
    """By the rules as they are online, and by the learner's own closing moment; only that one needs a query."""
    if activity.current_version_id is None:
        return False
    quiz: Quiz = versions.definition_of(activity.current_version_id)
    feedback = quiz.head.feedback
    closes = pinning.terms_for(enrolment, activity).dates.closes if feedback is Feedback.AFTER_CLOSE else None
    return attempts.may_see_key(feedback, closes, now)
