"""Scores of a cohort, one learner's page, and the file to take away."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from accounts.roles import Permission
from cohorts.access import current_standing, requires, visible_cohorts, visible_enrolment_or_404
from cohorts.models import Cohort
from courses import queries as courses
from courses.completion import State
from courses.kinds import Work, activity_kinds, all_kinds
from courses.mastery_queries import mastery_of
from courses.models import Activity, Progress
from foundation import clock, spreadsheets
from foundation.downloads import csv_file
from foundation.errors import NotFound
from foundation.web import page_of, searched
from gradebook import queries

bp = Blueprint("gradebook", __name__)

ROWS = 50


@dataclass(frozen=True)
class Wish:
    """How somebody wants to see the scores, as the address says."""

    search: str
    sort: str
    descending: bool


def _wish() -> Wish:
    return Wish(
        searched(),
        request.args.get("urut", queries.BY_NAME),
        request.args.get("arah") == "turun",
    )


def _chosen_cohort(cohorts: Sequence[Cohort]) -> Cohort | None:
    """The cohort the address names, else the newest; None while there is none. 404 for one that is not theirs."""
    asked = request.args.get("angkatan")
    if asked is None:
        return cohorts[0] if cohorts else None
    for cohort in cohorts:
        if cohort.slug == asked:
            return cohort
    raise NotFound()


@bp.get("/rekap/<course>/")
@requires(Permission.SEE_SCORES)
def scores(course: str) -> ResponseReturnValue:
    cohorts = visible_cohorts(current_standing())
    cohort, subject = _chosen_cohort(cohorts), courses.get_course(course)
    if cohort is None:
        return render_template("gradebook/empty.html", course=subject)
    wish, activities = _wish(), courses.counted_activities(course)
    page = page_of(request.args.get("hal"), ROWS, queries.count_learners(cohort, wish.search))
    return render_template(
        "gradebook/scores.html",
        course=subject,
        cohorts=cohorts,
        cohort=cohort,
        activities=activities,
        rows=queries.rows(
            cohort,
            activities,
            search=wish.search,
            sort=wish.sort,
            descending=wish.descending,
            limit=page.size,
            offset=page.offset,
        ),
        summaries=queries.summaries(cohort, activities),
        wish=wish,
        page=page,
        tools={
            activity: found for activity in activities if (found := activity_kinds[activity.kind].tools(activity, None))
        },
    )


@bp.get("/rekap/<course>/nilai.csv")
@requires(Permission.SEE_SCORES)
def scores_csv(course: str) -> ResponseReturnValue:
    cohort = _chosen_cohort(visible_cohorts(current_standing()))
    if cohort is None:
        raise NotFound()
    activities = courses.counted_activities(course)
    header = ["nama_pengguna", "nama", "angkatan", "selesai", *(activity.title for activity in activities)]
    lines = [
        [row.person.username, row.person.name, cohort.name, str(row.done), *(_cell(row, a) for a in activities)]
        for row in queries.rows(cohort, activities, search=_wish().search)
    ]
    return csv_file(f"nilai-{cohort.slug}", header, lines)


def _cell(row: queries.Row, activity: Activity) -> str:
    """A score where there is one, else how far the learner is."""
    progress: Progress | None = row.cells.get(activity.id)
    if progress is None:
        return ""
    if progress.percent is not None:
        return spreadsheets.number(progress.percent)
    return "selesai" if progress.state is State.DONE else "mulai"


@bp.get("/rekap/<course>/praja/<username>/")
@requires(Permission.SEE_SCORES)
def learner(course: str, username: str) -> ResponseReturnValue:
    enrolment = visible_enrolment_or_404(current_standing(), username)
    works: dict[int, Sequence[Work]] = {}
    for kind in all_kinds():
        works.update(kind.works(enrolment, True))
    way = courses.way(course, enrolment, clock.now(), with_drafts=False)
    return render_template(
        "gradebook/learner.html",
        way=way,
        enrolment=enrolment,
        mastery=mastery_of(way, enrolment, clock.now(), for_staff=True),
        works=works,
        tools={
            step.activity.id: activity_kinds[step.activity.kind].tools(step.activity, enrolment) for step in way.steps
        },
    )
