"""When the key of a submitted attempt may be seen by its learner."""

from datetime import datetime

from cohorts.models import Enrolment
from courses import schedules, versions
from courses.models import Activity
from quizzes import attempts
from quizzes.quiz import Quiz


def key_is_out(enrolment: Enrolment, activity: Activity, now: datetime) -> bool:
    """By the rules as they are online, and the dates of the learner's cohort."""
    if activity.current_version_id is None:
        return False
    quiz: Quiz = versions.definition_of(activity.current_version_id)
    return attempts.may_see_key(quiz.head.feedback, schedules.dates_in(enrolment.cohort, activity).closes, now)
