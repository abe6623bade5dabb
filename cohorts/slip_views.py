"""Account slips: for whom, what it ends, and the page to print, at once or in portions."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from accounts.access import person
from accounts.roles import Permission
from cohorts import group_queries, slips
from cohorts.access import current_cohort, requires_in_cohort
from cohorts.slips import Slip, Whose
from foundation import clock
from foundation.web import number_asked, wants_json

bp = Blueprint("slips", __name__)

A_SHEET = 8
PORTION = 6 * A_SHEET
"""Slips that are made together with a script's help: whole sheets, so that only the last one has gaps."""


@bp.get("/angkatan/<cohort>/kartu")
@requires_in_cohort(Permission.RUN_COHORT)
def choose(cohort: str) -> ResponseReturnValue:
    found = current_cohort()
    return render_template(
        "cohorts/slips.html",
        cohort=found,
        passwords=slips.passwords_of(person(), found),
        groups=group_queries.groups_in(found),
    )


@bp.get("/angkatan/<cohort>/kartu/siapkan")
@requires_in_cohort(Permission.RUN_COHORT)
def confirm(cohort: str) -> ResponseReturnValue:
    whose = Whose.asked(request.args.get("untuk"))
    group = number_asked(request.args.get("kelompok"))
    username = request.args.get("nama_pengguna", "")
    return render_template(
        "cohorts/slips_confirm.html",
        cohort=current_cohort(),
        whose=whose,
        holders=slips.holders(person(), current_cohort(), whose, group=group, username=username),
    )


@bp.post("/angkatan/<cohort>/kartu")
@requires_in_cohort(Permission.RUN_COHORT)
def make(cohort: str) -> ResponseReturnValue:
    usernames = request.form.get("praja", "").split()
    replaces_own = Whose.asked(request.form.get("untuk")) is Whose.ONE
    chosen, start = usernames[:1] if replaces_own else usernames, number_asked(request.form.get("mulai"))
    if not wants_json():
        made = slips.issue(person(), current_cohort(), chosen, at=clock.now(), replace_own=replaces_own)
        return render_template("cohorts/slips_print.html", cohort=current_cohort(), sheets=_sheets(made))
    portion = chosen[start : start + PORTION]
    made = slips.issue(person(), current_cohort(), portion, at=clock.now(), replace_own=replaces_own)
    return {
        "done": start + len(portion),
        "total": len(chosen),
        "counts": {"slips": len(made)},
        "html": render_template("cohorts/_sheets.html", cohort=current_cohort(), sheets=_sheets(made)),
    }


def _sheets(made: list[Slip]) -> list[list[Slip]]:
    return [made[start : start + A_SHEET] for start in range(0, len(made), A_SHEET)]
