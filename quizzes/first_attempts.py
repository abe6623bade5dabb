"""First attempts, as what evidence can be traced to: the questions whose outcome a reader may see by now."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from cohorts.models import Enrolment
from courses.kinds import Shown
from courses.models import Activity
from foundation.database import db
from foundation.markup import render_words
from quizzes import moments, pinning
from quizzes.blanks import without_blanks
from quizzes.models import Attempt

FIRST = 1


def shown(enrolment: Enrolment, for_staff: bool, at: datetime) -> Mapping[int, Mapping[str, Shown]]:
    """Activity id -> question -> where it was answered; for its learner only once the key may be seen. Two queries."""
    query = (
        select(Attempt)
        .where(
            Attempt.enrolment_id == enrolment.id,
            Attempt.number == FIRST,
            Attempt.submitted_at.is_not(None),
        )
        .options(joinedload(Attempt.activity).joinedload(Activity.course))
    )
    found = [attempt for attempt in db.session.scalars(query) if pinning.is_readable(attempt)]
    out = set() if for_staff else moments.keys_out(enrolment, [attempt.activity for attempt in found], at)
    return {
        attempt.activity_id: dict(_questions(attempt, enrolment, for_staff))
        for attempt in found
        if for_staff or attempt.activity_id in out
    }


def _questions(attempt: Attempt, enrolment: Enrolment, for_staff: bool) -> Iterator[tuple[str, Shown]]:
    for number, question in enumerate(pinning.questions_of(attempt), start=1):
        title = render_words(without_blanks(question.stem_title)).strip() or _("Soal %(number)d", number=number)
        yield question.id, Shown(title, _address(attempt, enrolment, number, for_staff))


def _address(attempt: Attempt, enrolment: Enrolment, number: int, for_staff: bool) -> str:
    activity = attempt.activity
    place: dict[str, Any] = {"course": activity.course.slug, "quiz": activity.key, "number": attempt.number}
    if for_staff:
        username = enrolment.person.username
        return url_for("quizzes.learners_attempt", username=username, _anchor=f"soal-{number}", **place)
    return url_for("quizzes.attempt", _anchor=f"soal-{number}", **place)
