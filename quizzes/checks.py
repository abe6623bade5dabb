"""Checks inside lessons: answered in place, instant feedback, never graded."""

import secrets
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_wtf.csrf import generate_csrf

from accounts.roles import Permission
from cohorts.access import requires
from courses import lesson, versions
from courses.access import Place, place_or_404
from courses.kinds import ContainerKind
from courses.views import lesson_page
from foundation import clock
from foundation.errors import NotFound
from quizzes import actions, display, queries
from quizzes.forms import new_client, read_answers
from quizzes.kinds import Value
from quizzes.quiz import Check, parse_check, render_check
from quizzes.sheet import QuestionView

bp = Blueprint("checks", __name__)


def state(place: Place) -> Mapping[str, Value]:
    """Question id -> what this learner last answered in the lesson; staff see what they just sent."""
    if place.enrolment is None:
        return place.feedback
    return queries.last_check_answers(place.enrolment.id, place.activity.id)


def draw(place: Place, slot: str, rendered: Mapping[str, Any], state: Mapping[str, Value]) -> str:
    """A check as it stands for this learner. Until it is answered it is the same for everybody, but for two words."""
    check = _check_or_404(place, slot)
    if any(question.id in state for question in check.questions):
        return _draw(place, slot, rendered, display.check(check, rendered, state), generate_csrf(), new_client())
    key = (place.version_id, "open check", place.course.rendered_with, slot, str(get_locale()))
    html: str = versions.derived(
        key, lambda: _draw(place, slot, rendered, display.check(check, rendered, {}), TOKEN, CLIENT)
    )
    return html.replace(TOKEN, generate_csrf()).replace(CLIENT, new_client())


TOKEN, CLIENT = (f"mark-{secrets.token_hex(16)}" for _ in range(2))
"""Stand for a page's own words in what is kept for all; nobody can write them, they are new in each process."""


def _draw(
    place: Place, slot: str, rendered: Mapping[str, Any], questions: list[QuestionView], token: str, client: str
) -> str:
    return render_template(
        "quizzes/_check.html",
        place=place,
        slot=slot,
        title=rendered["title"],
        intro=rendered["intro"],
        questions=questions,
        token=token,
        client=client,
    )


@bp.post("/kursus/<course>/<activity>/cek/<slot>")
@requires(Permission.OPEN_COURSE)
def answer(course: str, activity: str, slot: str) -> ResponseReturnValue:
    """With script just the check comes back, without it the whole lesson."""
    place = place_or_404(activity, lesson.KIND_NAME)
    check = _check_or_404(place, slot)
    given = read_answers(request.form, check.questions)
    if place.is_preview:
        place = place_or_404(activity, feedback={one.question.id: one.value for one in given})
    else:
        actions.answer_check(place, check, request.form.get("klien", ""), given, at=clock.now())
    if request.headers.get("X-Fragment"):
        return draw(place, slot, _rendered(place, slot), state(place))
    if place.is_preview:
        return lesson_page(place)
    return redirect(url_for("courses.activity", course=course, activity=activity, _anchor=slot), 303)


def _check_or_404(place: Place, slot: str) -> Check:
    placed = next((placed for placed in place.definition.containers if placed.id == slot), None)
    if placed is None or not isinstance(placed.definition, Check):
        raise NotFound()
    return placed.definition


def _rendered(place: Place, slot: str) -> Mapping[str, Any]:
    rendered: Mapping[str, Any] = next(part["rendered"] for part in place.rendered["parts"] if part.get("slot") == slot)
    return rendered


CHECK = ContainerKind("cek", "check", "Cek pemahaman", parse_check, render_check, state, draw)
