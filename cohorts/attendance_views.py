"""The attendance lists of a cohort for those who run it, and a learner's way onto one by its code."""

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from accounts.access import person, signed_in
from accounts.roles import Permission
from cohorts import attendance_queries as queries
from cohorts import attending
from cohorts.access import current_cohort, requires_in_cohort
from cohorts.forms import CodeForm, MeetingForm, MinutesForm
from cohorts.models import Attendance, Meeting, Presence
from cohorts.posters import poster
from cohorts.queries import get_enrolment_in
from foundation import clock, codes
from foundation.downloads import csv_file
from foundation.errors import DomainError
from foundation.local_time import field_value
from foundation.web import HOME, format_time_short, page_of, say, searched

bp = Blueprint("attendance", __name__)

MEETINGS = 20
ROWS = 50
LONGEST_CODE = 100
MISSING = "belum"
NOTES = {presence.value: presence for presence in Presence}
NAMES = {
    Presence.PRESENT: lazy_gettext("hadir"),
    Presence.EXCUSED: lazy_gettext("izin"),
    Presence.ILL: lazy_gettext("sakit"),
}


@bp.app_template_filter("presence")
def presence_name(presence: Presence) -> str:
    return str(NAMES[presence])


@dataclass(frozen=True)
class Wish:
    """Which of a meeting's list somebody wants to see, as the address or the form says."""

    search: str
    only_missing: bool
    page: str | None

    @property
    def filter(self) -> str | None:
        return MISSING if self.only_missing else None


def _wish() -> Wish:
    return Wish(
        searched(),
        request.values.get("saring") == MISSING,
        request.values.get("hal"),
    )


@bp.get("/angkatan/<cohort>/hadir/")
@requires_in_cohort(Permission.RUN_COHORT)
def meetings(cohort: str) -> ResponseReturnValue:
    return _meetings_page(MeetingForm(formdata=None))


@bp.post("/angkatan/<cohort>/hadir/")
@requires_in_cohort(Permission.RUN_COHORT)
def open_meeting(cohort: str) -> ResponseReturnValue:
    form = MeetingForm()
    try:
        meeting = attending.open_meeting(
            person(),
            current_cohort(),
            form.title.data or "",
            form.minutes.data,
            at=clock.now(),
            code=codes.new_code(),
        )
    except DomainError as refusal:
        form.title.errors = [say(refusal)]
        return _meetings_page(form), refusal.status
    return redirect(url_for("attendance.meeting", cohort=cohort, meeting=meeting.id), 303)


def _meetings_page(form: MeetingForm) -> str:
    found = current_cohort()
    page = page_of(request.args.get("hal"), MEETINGS, queries.count_meetings(found))
    return render_template(
        "cohorts/meetings.html",
        cohort=found,
        meetings=queries.meetings_of(found, page.size, page.offset),
        page=page,
        form=form,
        now=clock.now(),
    )


@bp.get("/angkatan/<cohort>/hadir/<int:meeting>/")
@requires_in_cohort(Permission.RUN_COHORT)
def meeting(cohort: str, meeting: int) -> ResponseReturnValue:
    """One meeting's list, or with `?tayang` its code for a projector."""
    found = queries.get_meeting(current_cohort(), meeting)
    if "tayang" in request.args:
        return render_template("cohorts/meeting_screen.html", **_code_of(found))
    return _meeting_page(found, MinutesForm(formdata=None))


def _meeting_page(meeting: Meeting, form: MinutesForm) -> str:
    wish = _wish()
    page = page_of(wish.page, ROWS, queries.count_lines(meeting, wish.search, only_missing=wish.only_missing))
    found = queries.lines(meeting, wish.search, only_missing=wish.only_missing, limit=page.size, offset=page.offset)
    return render_template(
        "cohorts/meeting.html", lines=found, page=page, wish=wish, form=form, notes=list(Presence), **_code_of(meeting)
    )


def _code_of(meeting: Meeting) -> dict[str, object]:
    link = url_for("attendance.by_code", code=meeting.code, _external=True)
    return {
        "cohort": current_cohort(),
        "meeting": meeting,
        "is_open": meeting.code_expires_at > clock.now(),
        "turnout": queries.turnout(meeting),
        "poster": poster(meeting.code, link, url_for("attendance.enter", _external=True)),
    }


@bp.post("/angkatan/<cohort>/hadir/<int:meeting>/kode")
@requires_in_cohort(Permission.RUN_COHORT)
def renew(cohort: str, meeting: int) -> ResponseReturnValue:
    found, form = queries.get_meeting(current_cohort(), meeting), MinutesForm()
    try:
        attending.renew_code(person(), found, form.minutes.data, at=clock.now(), code=codes.new_code())
    except DomainError as refusal:
        form.minutes.errors = [say(refusal)]
        return _meeting_page(found, form), refusal.status
    return redirect(url_for("attendance.meeting", cohort=cohort, meeting=meeting), 303)


@bp.post("/angkatan/<cohort>/hadir/<int:meeting>/tutup")
@requires_in_cohort(Permission.RUN_COHORT)
def close(cohort: str, meeting: int) -> ResponseReturnValue:
    attending.close_meeting(person(), queries.get_meeting(current_cohort(), meeting), at=clock.now())
    flash(_("Kode tidak berlaku lagi. Anda tetap dapat mencatat kehadiran dengan tangan, atau memberi kode baru."))
    return redirect(url_for("attendance.meeting", cohort=cohort, meeting=meeting), 303)


@bp.post("/angkatan/<cohort>/hadir/<int:meeting>/praja/<username>")
@requires_in_cohort(Permission.RUN_COHORT)
def mark(cohort: str, meeting: int, username: str) -> ResponseReturnValue:
    """What the pressed button says; anything but a presence takes the note away."""
    enrolment = get_enrolment_in(current_cohort(), username)
    presence = NOTES.get(request.form.get("catatan", ""))
    attending.mark(person(), queries.get_meeting(current_cohort(), meeting), enrolment, presence, at=clock.now())
    wish = _wish()
    here = url_for(
        "attendance.meeting",
        cohort=cohort,
        meeting=meeting,
        cari=wish.search or None,
        saring=wish.filter,
        hal=wish.page,
        _anchor="daftar",
    )
    return redirect(here, 303)


@bp.get("/angkatan/<cohort>/hadir/<int:meeting>/cetak")
@requires_in_cohort(Permission.RUN_COHORT)
def print_list(cohort: str, meeting: int) -> ResponseReturnValue:
    found = queries.get_meeting(current_cohort(), meeting)
    return render_template(
        "cohorts/roll.html",
        cohort=current_cohort(),
        meeting=found,
        lines=queries.lines(found),
        turnout=queries.turnout(found),
    )


@bp.get("/angkatan/<cohort>/hadir/<int:meeting>/hadir.csv")
@requires_in_cohort(Permission.RUN_COHORT)
def export(cohort: str, meeting: int) -> ResponseReturnValue:
    found = queries.get_meeting(current_cohort(), meeting)
    header = ["nomor", "nama_pengguna", "nama", "kehadiran", "dicatat", "oleh"]
    table = [
        [str(number), line.enrolment.person.username, line.enrolment.person.name, *_noted(line.attendance)]
        for number, line in enumerate(queries.lines(found), start=1)
    ]
    return csv_file(f"hadir-{cohort}-{found.id}", header, table)


def _noted(attendance: Attendance | None) -> list[str]:
    if attendance is None:
        return ["", "", ""]
    by = "instruktur" if attendance.is_by_staff else "kode"
    return [attendance.presence.value, field_value(attendance.at).replace("T", " "), by]


@bp.get("/hadir")
@signed_in
def enter() -> ResponseReturnValue:
    return render_template("cohorts/check_in.html", form=CodeForm(formdata=None), meeting=None)


@bp.get("/hadir/<code>")
@signed_in
def by_code(code: str) -> ResponseReturnValue:
    """Where the square on the screen leads: opening it notes nothing, pressing the button does."""
    form = CodeForm(formdata=None, code=code[:LONGEST_CODE])
    try:
        meeting, _place = queries.get_open_meeting(person().id, codes.typed(code), clock.now())
    except DomainError as refusal:
        form.code.errors = [say(refusal)]
        return render_template("cohorts/check_in.html", form=form, meeting=None), refusal.status
    return render_template("cohorts/check_in.html", form=form, meeting=meeting)


@bp.post("/hadir")
@signed_in
def check_in() -> ResponseReturnValue:
    form = CodeForm()
    try:
        attendance = attending.check_in(person(), form.code.data or "", at=clock.now())
    except DomainError as refusal:
        form.code.errors = [say(refusal)]
        return render_template("cohorts/check_in.html", form=form, meeting=None), refusal.status
    flash(_told(attendance))
    return redirect(HOME, 303)


def _told(attendance: Attendance) -> str:
    if attendance.presence is Presence.PRESENT:
        return str(_("Anda tercatat hadir pukul %(time)s WITA.", time=format_time_short(attendance.at)))
    return str(
        _(
            "Instruktur sudah mencatat Anda: %(presence)s. Bila itu keliru, sampaikan kepada instruktur.",
            presence=presence_name(attendance.presence),
        )
    )
