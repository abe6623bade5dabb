"""Reflections in lessons: the question, and the learner's own note under it, which nobody else reads."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from accounts.roles import Permission
from cohorts.access import requires
from courses import actions, lesson, queries, reflection
from courses.access import Place, place_or_404
from courses.kinds import ContainerKind
from courses.models import Note
from foundation import clock
from foundation.errors import NotFound
from foundation.web import format_time_short, wants_json

bp = Blueprint("reflections", __name__)


def state(place: Place) -> Mapping[str, Note]:
    """Slot -> the learner's note; staff in preview have none."""
    return {} if place.enrolment is None else queries.notes_of(place.enrolment.id, place.activity.id)


def draw(place: Place, slot: str, rendered: Mapping[str, Any], state: Mapping[str, Note]) -> str:
    return render_template(
        "courses/_reflection.html",
        place=place,
        slot=slot,
        title=rendered["title"],
        body=rendered["body"],
        note=state.get(slot),
        longest=actions.LONGEST_NOTE,
    )


@bp.post("/kursus/<course>/<activity>/refleksi/<slot>")
@requires(Permission.LEARN)
def save(course: str, activity: str, slot: str) -> ResponseReturnValue:
    """Keep a note; with script the page stays where it is, without it the lesson comes back at the note."""
    place = place_or_404(activity, lesson.KIND_NAME)
    if not any(placed.id == slot and placed.name == reflection.NAME for placed in place.definition.containers):
        raise NotFound()
    at = clock.now()
    actions.save_note(place.learner(), place.activity, slot, request.form.get("catatan", ""), at)
    if wants_json():
        return {"saved": format_time_short(at)}
    flash(_("Catatan Anda tersimpan %(time)s.", time=format_time_short(at)))
    return redirect(url_for("courses.activity", course=course, activity=activity, _anchor=slot), 303)


REFLECTION = ContainerKind(
    reflection.NAME, "reflection", "Refleksi", reflection.parse, reflection.render, state, draw, is_named=True
)
