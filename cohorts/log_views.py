"""What staff did to one cohort and its people."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from accounts import log_pages
from accounts.roles import Permission
from cohorts.access import current_cohort, requires_in_cohort

bp = Blueprint("cohort_log", __name__)


@bp.get("/angkatan/<cohort>/catatan")
@requires_in_cohort(Permission.RUN_COHORT)
def entries(cohort: str) -> ResponseReturnValue:
    found = current_cohort()
    return render_template("cohorts/log.html", cohort=found, log=log_pages.asked(found.slug))
