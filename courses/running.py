"""Running a course: the list of its cohorts, and another one."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts.access import person
from accounts.roles import Permission
from cohorts import actions
from cohorts import queries as cohort_queries
from cohorts.access import current_standing, requires, visible_cohorts
from cohorts.forms import NameForm
from courses import queries
from foundation import clock
from foundation.errors import DomainError
from foundation.web import say

bp = Blueprint("running", __name__)


@bp.get("/rekap/<course>/angkatan/")
@requires(Permission.RUN_COHORT)
def cohorts(course: str) -> ResponseReturnValue:
    return _page(course, NameForm(formdata=None))


@bp.post("/rekap/<course>/angkatan/")
@requires(Permission.FOUND_COHORT)
def found(course: str) -> ResponseReturnValue:
    form, subject = NameForm(), queries.get_course(course)
    try:
        cohort = actions.found_cohort(person(), subject.slug, form.name.data or "", at=clock.now())
    except DomainError as refusal:
        form.name.errors = [say(refusal)]
        return _page(course, form), refusal.status
    return redirect(url_for("cohorts.members", cohort=cohort.slug), 303)


def _page(course: str, form: NameForm) -> str:
    standing = current_standing()
    visible = visible_cohorts(standing)
    return render_template(
        "courses/cohorts.html",
        course=queries.get_course(course),
        current=[cohort for cohort in visible if cohort.archived_at is None],
        archived=[cohort for cohort in visible if cohort.archived_at is not None],
        sizes=cohort_queries.sizes(visible),
        may_found=standing.may(Permission.FOUND_COHORT),
        form=form,
    )
