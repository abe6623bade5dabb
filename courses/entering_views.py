"""Coming in: by a cohort's code, with a new account, and into an open course."""

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from accounts import access
from accounts.access import person, public, signed_in
from accounts.devices import device
from accounts.models import Person
from cohorts import joining, registering
from cohorts.forms import RegistrationForm
from cohorts.models import Cohort, Enrolment
from cohorts.queries import find_enrolment
from courses import entering, queries
from courses.models import Course
from foundation import clock, codes
from foundation.web import say

bp = Blueprint("entering", __name__)

LONGEST_CODE = 20
"""As it is typed, with whatever stands between its letters."""


@dataclass(frozen=True)
class Offer:
    """What a code leads to."""

    code: str
    cohort: Cohort
    course: Course


def _offer_of(code: str) -> Offer:
    """Raises CodeRefused, also while the cohort's course has no files."""
    kept = codes.typed(code)
    cohort = joining.get_joinable(kept)
    course = queries.find_course(cohort.course)
    if course is None:
        raise joining.CodeRefused()
    return Offer(kept, cohort, course)


@bp.get("/gabung")
@public
def ask() -> ResponseReturnValue:
    """The form for a code; a code typed there leads to what it opens."""
    code = codes.typed(request.args.get("kode", ""))
    return redirect(url_for("entering.offer", code=code)) if code else _ask()


def _ask(code: str = "", sentence: str = "") -> str:
    return render_template("courses/ask_code.html", code=code, sentence=sentence)


def _refused(refusal: joining.CodeRefused, code: str) -> ResponseReturnValue:
    return _ask(code[:LONGEST_CODE], say(refusal)), refusal.status


@bp.get("/gabung/<code>")
@public
def offer(code: str) -> ResponseReturnValue:
    try:
        offered = _offer_of(code)
    except joining.CodeRefused as refusal:
        return _refused(refusal, code)
    return render_template("courses/join.html", offer=offered, enrolment=_enrolment_in(offered.course))


def _enrolment_in(course: Course) -> Enrolment | None:
    """Where the person of this request, if any, learns the course already."""
    return find_enrolment(person().id, course.slug) if current_user.is_authenticated else None


@bp.post("/gabung/<code>")
@signed_in
def join(code: str) -> ResponseReturnValue:
    try:
        offered = _offer_of(code)
        joining.join(person(), offered.code, at=clock.now())
    except joining.CodeRefused as refusal:
        return _refused(refusal, code)
    flash(_("Anda sudah bergabung dengan %(cohort)s. Selamat belajar.", cohort=offered.cohort.name))
    return redirect(url_for("courses.outline", course=offered.course.slug), 303)


@bp.route("/daftar", methods=["GET", "POST"])
@public
def register() -> ResponseReturnValue:
    """An account of one's own: for those with a code, and for everybody while a course is open."""
    code = request.args.get("kode", "")
    if current_user.is_authenticated:
        return redirect(url_for("entering.offer", code=code) if code else url_for("entering.ask"))
    try:
        offered = _offer_of(code) if code else None
    except joining.CodeRefused as refusal:
        return _refused(refusal, code)
    open_courses = [] if offered else queries.open_courses()
    if not offered and not open_courses:
        return redirect(url_for("entering.ask"))
    form = RegistrationForm()
    newcomer = _registered(form, offered) if form.validate_on_submit() else None
    if newcomer is None:
        page = render_template("courses/register.html", form=form, offer=offered, open_courses=open_courses)
        return page, 400 if form.errors else 200
    access.begin(newcomer, clock.now(), is_remembered=False)
    flash(_("Akun Anda sudah jadi. Lain kali, masuklah sebagai %(username)s.", username=newcomer.username))
    return redirect(url_for("courses.outline", course=offered.course.slug) if offered else url_for("courses.home"), 303)


def _registered(form: RegistrationForm, offered: Offer | None) -> Person | None:
    """Somebody new; None when what they wrote cannot be, which the form then says."""
    newcomer = registering.Newcomer.of(form.username.data, form.name.data, form.password.data)
    try:
        return registering.register(
            newcomer, offered.code if offered else "", at=clock.now(), device=device(request.user_agent.string)
        )
    except registering.Unfit as refusal:
        for field, problem in refusal.problems.items():
            form[field].errors = [say(problem)]
        return None


@bp.post("/kursus/<course>/ikuti")
@signed_in
def follow(course: str) -> ResponseReturnValue:
    entering.follow(person(), queries.get_open_course(course), at=clock.now())
    return redirect(url_for("courses.outline", course=course), 303)
