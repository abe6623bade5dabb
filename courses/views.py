"""Home, a course's outline, its modules, and any activity by its kind."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from flask import (
    Blueprint,
    Response,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    send_from_directory,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from accounts.access import person, signed_in
from accounts.roles import Permission
from cohorts.access import current_standing, requires
from cohorts.announcement_queries import latest_announcements
from cohorts.group_queries import own_places
from cohorts.models import Enrolment
from courses import actions, lesson, queries
from courses.access import Place, current_way, place_or_404
from courses.folder import GLOSSARY, REFERENCES
from courses.glossary import matching
from courses.kinds import ActivityKind, Aside, News, activity_kinds, all_kinds, container_kinds
from courses.models import Activity
from foundation import clock
from foundation.apart import apart
from foundation.errors import NotFound
from foundation.web import searched

bp = Blueprint("courses", __name__)

PICTURES = {".svg", ".png", ".jpg", ".jpeg", ".webp", ".gif"}
PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
"""A drawing is shown, never run, wherever it is opened."""


@bp.get("/")
@signed_in
def home() -> ResponseReturnValue:
    enrolments, groups = own_places(person().id)
    staffed = queries.courses_named_by(person().held_grants)
    places = {enrolment.cohort.course: enrolment for enrolment in enrolments}
    learning = _with_own_dates([(way, places[way.course.slug]) for way in queries.ways(enrolments, at=clock.now())])
    known = {*(enrolment.cohort.course for enrolment in enrolments), *(course.slug for course in staffed)}
    return render_template(
        "courses/home.html",
        groups=groups,
        told=latest_announcements(enrolments, clock.now(), each=3),
        news=_news(enrolments, learning),
        learning=learning,
        asides={way.course.slug: _asides(way, places[way.course.slug]) for way in learning},
        staffed=staffed,
        open_courses=queries.open_courses(besides=known),
    )


def _news(enrolments: Sequence[Enrolment], learning: Sequence[queries.Way]) -> list[News]:
    """What happened to work that was finished; a kind of which nothing is finished yet is not asked."""
    finished = {step.activity.kind for way in learning for step in way.steps if step.is_done}
    return [item for kind in all_kinds() if kind.name in finished for item in kind.news(enrolments)]


def _with_own_dates(learning: Sequence[tuple[queries.Way, Enrolment]]) -> list[queries.Way]:
    """The ways with the dates their learners were granted."""
    granted = {key: dates for kind in all_kinds() for key, dates in kind.granted(learning).items()}
    return [
        way.under({activity: dates for (learner, activity), dates in granted.items() if learner == enrolment.id})
        for way, enrolment in learning
    ]


def _own_way() -> queries.Way:
    """This request's course, with the dates of whoever learns it."""
    way, enrolment = current_way(), current_standing().enrolment
    return way if enrolment is None else _with_own_dates([(way, enrolment)])[0]


@bp.get("/kursus/<course>/")
@requires(Permission.OPEN_COURSE)
def outline(course: str) -> ResponseReturnValue:
    way, standing = _own_way(), current_standing()
    asides = _asides(way, standing.enrolment) if standing.enrolment else []
    return render_template("courses/outline.html", way=way, standing=standing, asides=asides)


def _asides(way: queries.Way, enrolment: Enrolment) -> list[Aside]:
    """What the rooms have for a learner beside the way."""
    at = clock.now()
    return [aside for kind in all_kinds() for aside in kind.asides(way, enrolment, at)]


@bp.get("/kursus/<course>/modul/<module>/")
@requires(Permission.OPEN_COURSE)
def module(course: str, module: str) -> ResponseReturnValue:
    way = _own_way()
    stage = way.stage_of(module)
    if "cetak" in request.args:
        return render_template("courses/print.html", course=way.course, stage=stage, lessons=_printed(way, stage))
    return render_template("courses/module.html", way=way, stage=stage, standing=current_standing())


def _printed(way: queries.Way, stage: queries.Stage) -> list[tuple[Activity, list[Markup]]]:
    """The lessons of a module with their parts, drawn for paper."""
    places = [
        Place(current_standing(), way, stage, step, {})
        for step in stage.steps
        if step.activity.kind == lesson.KIND_NAME
    ]
    return [
        (place.activity, [Markup(apart(part, place.activity.key)) for part in drawn_parts(place)])  # noqa: S704
        for place in places
    ]


@bp.get("/kursus/<course>/glosarium/")
@requires(Permission.OPEN_COURSE)
def glossary(course: str) -> ResponseReturnValue:
    way = current_way()
    page = queries.find_page(way.course, GLOSSARY)
    wanted = searched()
    return render_template(
        "courses/glossary.html",
        way=way,
        page=page,
        entries=matching(page["entries"], wanted) if page else [],
        wanted=wanted,
    )


@bp.get("/kursus/<course>/pustaka/")
@requires(Permission.OPEN_COURSE)
def references(course: str) -> ResponseReturnValue:
    way = current_way()
    return render_template("courses/references.html", way=way, page=queries.find_page(way.course, REFERENCES))


@bp.get("/kursus/<course>/media/<path:name>")
@requires(Permission.OPEN_COURSE)
def media(course: str, name: str) -> Response:
    way_in = queries.get_course(course)
    if Path(name).suffix.lower() not in PICTURES:
        raise NotFound()
    response = send_from_directory(Path(current_app.config["KURSUS_CONTENT"]) / way_in.slug / "media", name)
    response.headers["Cache-Control"] = "private, max-age=3600"
    response.headers["Content-Security-Policy"] = PICTURE_POLICY
    return response


@bp.get("/kursus/<course>/<activity>/")
@requires(Permission.OPEN_COURSE)
def activity(course: str, activity: str) -> ResponseReturnValue:
    place = place_or_404(activity)
    page: ResponseReturnValue = activity_kinds[place.activity.kind].page(place)
    return page


def lesson_page(place: Place) -> str:
    """A lesson to read, or with `?tayang` for a projector."""
    return render_template(
        "courses/present.html" if "tayang" in request.args else "courses/lesson.html",
        place=place,
        parts=drawn_parts(place),
        headings=place.rendered["headings"],
    )


def drawn_parts(place: Place) -> list[Markup]:
    """A lesson's HTML in pieces; other rooms draw the containers that are theirs."""
    parts = place.rendered["parts"]
    used = {part["container"] for part in parts if "slot" in part}
    states = {name: container_kinds[name].state(place) for name in used}
    drawn = [_draw(place, part, states) if "slot" in part else part["html"] for part in parts]
    return [Markup(html) for html in drawn]  # noqa: S704  cleaned at sync by foundation.markup, or a template


def _draw(place: Place, part: Mapping[str, Any], states: Mapping[str, Any]) -> str:
    name = part["container"]
    return container_kinds[name].draw(place, part["slot"], part["rendered"], states[name])


@bp.post("/kursus/<course>/<activity>/selesai")
@requires(Permission.LEARN)
def mark_done(course: str, activity: str) -> ResponseReturnValue:
    place = place_or_404(activity, lesson.KIND_NAME)
    actions.mark_done(place.learner(), place.activity, at=clock.now())
    if place.after is None:
        flash(_("Pelajaran terakhir selesai. Anda sampai di ujung kursus ini."))
        return redirect(url_for("courses.outline", course=course), 303)
    flash(_("Selesai: %(title)s.", title=place.activity.title))
    return redirect(url_for("courses.activity", course=course, activity=place.after.activity.key), 303)


@bp.post("/kursus/<course>/<activity>/buka-lagi")
@requires(Permission.LEARN)
def reopen(course: str, activity: str) -> ResponseReturnValue:
    place = place_or_404(activity, lesson.KIND_NAME)
    actions.reopen(place.learner(), place.activity, at=clock.now())
    flash(_("Pelajaran ini ditandai belum selesai."))
    return redirect(url_for("courses.activity", course=course, activity=activity), 303)


LESSON = ActivityKind(
    lesson.KIND_NAME,
    "lesson",
    "Pelajaran",
    lesson.parse,
    lesson.render,
    lesson_page,
    lambda enrolment, for_staff: {},
    keeps_hours=False,
)
