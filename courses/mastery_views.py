"""Capaian saya: what a learner's own answers show of each objective."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from accounts.roles import Permission
from cohorts.access import current_standing, requires
from courses.access import current_way
from courses.mastery_queries import mastery_of
from foundation import clock
from foundation.errors import Forbidden

bp = Blueprint("mastery", __name__)


@bp.get("/kursus/<course>/capaian/")
@requires(Permission.LEARN)
def page(course: str) -> ResponseReturnValue:
    way, enrolment = current_way(), current_standing().enrolment
    if enrolment is None:
        raise Forbidden()
    return render_template(
        "courses/mastery.html", way=way, mastery=mastery_of(way, enrolment, clock.now(), for_staff=False)
    )
