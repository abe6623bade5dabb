"""A cohort's dates: the page that shows and changes them, copying another cohort's, and going back to the files'."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from accounts.access import person
from accounts.roles import Permission
from cohorts.access import current_cohort, current_standing, requires_in_cohort, run_cohorts
from cohorts.models import Cohort
from courses import dates, queries, schedule_form, schedules, scheduling
from courses.models import Activity
from courses.schedule_form import Row
from courses.schedules import Move
from foundation import clock
from foundation.errors import N_, Conflict, DomainError, NotFound
from foundation.web import say

bp = Blueprint("schedules", __name__)


@bp.get("/angkatan/<cohort>/jadwal")
@requires_in_cohort(Permission.RUN_COHORT)
def schedule(cohort: str) -> ResponseReturnValue:
    found = current_cohort()
    return _page(found, schedule_form.drawn(queries.dated_activities(found.course), schedules.own_dates(found)))


@bp.post("/angkatan/<cohort>/jadwal")
@requires_in_cohort(Permission.RUN_COHORT)
def save(cohort: str) -> ResponseReturnValue:
    """The whole page as one form: all that was touched is saved, or nothing."""
    found = current_cohort()
    activities = queries.dated_activities(found.course)
    rows = schedule_form.sent(activities, schedules.own_dates(found), request.form)
    if any(row.refusal for row in rows):
        return _page(found, rows), 400
    changed = scheduling.set_dates(person(), found, schedule_form.wanted(rows), at=clock.now())
    if changed:
        flash(ngettext("Jadwal %(num)s kegiatan sudah disimpan.", "Jadwal %(num)s kegiatan sudah disimpan.", changed))
    else:
        flash(_("Tidak ada yang berubah."))
    return redirect(url_for("schedules.schedule", cohort=cohort), 303)


def _page(cohort: Cohort, rows: list[Row]) -> str:
    sources = _sources(cohort)
    return render_template(
        "courses/schedule.html",
        cohort=cohort,
        modules=schedule_form.by_module(rows),
        wrong=sum(row.refusal is not None for row in rows),
        has_own=bool(schedules.own_dates(cohort)),
        wish=Wish(sources, _likely(sources)),
        say=say,
    )


@bp.get("/angkatan/<cohort>/jadwal/hapus")
@requires_in_cohort(Permission.RUN_COHORT)
def confirm_clearing(cohort: str) -> ResponseReturnValue:
    return render_template(
        "confirm.html",
        title=_("Hapus semua jadwal %(cohort)s?", cohort=current_cohort().name),
        sentence=_(
            "Semua kegiatan angkatan ini kembali mengikuti tanggal di berkas kursus. Angkatan lain, jawaban, dan nilai "
            "tidak berubah. Tanggal yang dihapus tetap ada di catatan staf."
        ),
        action=url_for("schedules.clear", cohort=cohort),
        label=_("Ya, hapus jadwalnya"),
        back=url_for("schedules.schedule", cohort=cohort),
    )


@bp.post("/angkatan/<cohort>/jadwal/hapus")
@requires_in_cohort(Permission.RUN_COHORT)
def clear(cohort: str) -> ResponseReturnValue:
    scheduling.clear_dates(person(), current_cohort(), at=clock.now())
    flash(_("Angkatan ini kembali mengikuti tanggal di berkas."))
    return redirect(url_for("schedules.schedule", cohort=cohort), 303)


@dataclass
class Wish:
    """What somebody wants to copy, as it was filled in, and what is wrong with it, by field; "" is the whole of it."""

    sources: list[Cohort]
    source: Cohort
    days: str = ""
    begins: str = ""
    errors: dict[str, str] | None = None

    def refuse(self, field: str, refusal: DomainError) -> None:
        self.errors = {field: say(refusal)}


def _sources(cohort: Cohort) -> list[Cohort]:
    """Where dates can be copied from: the other cohorts this person runs, newest first, then the cohort itself."""
    others = [one for one in run_cohorts(current_standing()) if one.id != cohort.id]
    return [*others, cohort]


def _likely(sources: list[Cohort]) -> Cohort:
    """The newest with dates of its own, else the first."""
    return next((one for one in sources[:-1] if schedules.own_dates(one)), sources[0])


@bp.get("/angkatan/<cohort>/jadwal/salin")
@requires_in_cohort(Permission.RUN_COHORT)
def preview_copy(cohort: str) -> ResponseReturnValue:
    """What copying would do, old and new side by side; without a wish, only the form."""
    found = current_cohort()
    wish = _wish(found, request.args)
    if "dari" not in request.args:
        return _copy_page(found, wish)
    activities = queries.dated_activities(found.course)
    try:
        days = _days(wish, activities)
        moves = schedules.moves(activities, wish.source, found, days)
    except DomainError as refusal:
        wish.refuse("mulai" if wish.begins else "hari", refusal)
        return _copy_page(found, wish), refusal.status
    return _copy_page(found, wish, moves, days)


@bp.post("/angkatan/<cohort>/jadwal/salin")
@requires_in_cohort(Permission.RUN_COHORT)
def copy(cohort: str) -> ResponseReturnValue:
    found = current_cohort()
    wish = _wish(found, request.form)
    try:
        days = dates.read_days(wish.days)
        scheduling.copy_dates(person(), wish.source, found, days, request.form.get("segel", ""), at=clock.now())
    except DomainError as refusal:
        return _copy_again(found, wish, refusal), refusal.status
    flash(_("Jadwal sudah disalin. Periksa sekali lagi hari libur dan hari kuliahnya."))
    return redirect(url_for("schedules.schedule", cohort=cohort), 303)


def _copy_again(cohort: Cohort, wish: Wish, refusal: DomainError) -> str:
    """The preview as things stand by now, with what stopped the copying."""
    wish.refuse("" if isinstance(refusal, Conflict) else "hari", refusal)
    try:
        days = dates.read_days(wish.days)
        moves = schedules.moves(queries.dated_activities(cohort.course), wish.source, cohort, days)
    except DomainError:
        return _copy_page(cohort, wish)
    return _copy_page(cohort, wish, moves, days)


def _wish(cohort: Cohort, filled: Any) -> Wish:
    """404 for a cohort that is not theirs to copy from."""
    sources = _sources(cohort)
    asked = filled.get("dari")
    source = _likely(sources) if asked is None else next((one for one in sources if one.slug == asked), None)
    if source is None:
        raise NotFound()
    return Wish(sources, source, filled.get("hari", "").strip()[:20], filled.get("mulai", "").strip()[:20])


def _days(wish: Wish, activities: list[Activity]) -> int:
    """By how many days to shift: as filled in, or as the day of the first opening says. Raises DomainError."""
    if bool(wish.days) == bool(wish.begins):
        raise DomainError(N_("Isi salah satu: banyaknya hari, atau tanggal pembukaan pertama."))
    if wish.days:
        return dates.read_days(wish.days)
    return schedules.days_to_begin_on(activities, wish.source, dates.read_day(wish.begins))


def _copy_page(cohort: Cohort, wish: Wish, moves: list[Move] | None = None, days: int = 0) -> str:
    return render_template(
        "courses/schedule_copy.html",
        cohort=cohort,
        wish=wish,
        moves=moves,
        days=days,
        seal=schedules.seal(moves or []),
    )
