"""Exceptions from the rules of a quiz: who has one, another one, and taking one back."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from accounts.access import person
from accounts.roles import Permission
from cohorts.access import current_standing, graded_cohorts, requires, visible_enrolment_or_404
from cohorts.models import Cohort, Enrolment
from courses import queries as courses
from courses.models import Activity
from foundation import clock
from foundation.errors import N_, DomainError, NotFound
from foundation.web import say
from quizzes import excusing, queries
from quizzes.exception_forms import ExceptionForm
from quizzes.quiz import KIND_NAME

bp = Blueprint("exceptions", __name__)


@bp.get("/rekap/<course>/kuis/<quiz>/pengecualian/")
@requires(Permission.GRADE)
def exceptions(course: str, quiz: str) -> ResponseReturnValue:
    """Those that hold; `?praja=` names who the next one is for."""
    form = ExceptionForm(formdata=None).offer(_cohorts())
    form.username.data = request.args.get("praja", "")[:100]
    return _page(_quiz_or_404(course, quiz), form)


@bp.post("/rekap/<course>/kuis/<quiz>/pengecualian/")
@requires(Permission.GRADE)
def grant(course: str, quiz: str) -> ResponseReturnValue:
    subject, form = _quiz_or_404(course, quiz), ExceptionForm().offer(_cohorts())
    if not form.validate_on_submit():
        return _page(subject, form), 400
    try:
        target = _target(form)
        excusing.grant_override(person(), subject, target, form.exemption(), at=clock.now())
    except DomainError as refusal:
        return _page(subject, form, say(refusal)), refusal.status
    flash(_("Pengecualian untuk %(who)s berlaku sejak sekarang.", who=_called(target)))
    return redirect(url_for("exceptions.exceptions", course=course, quiz=quiz), 303)


@bp.get("/rekap/<course>/kuis/<quiz>/pengecualian/<int:exception>/cabut")
@requires(Permission.GRADE)
def confirm_withdrawal(course: str, quiz: str, exception: int) -> ResponseReturnValue:
    found = excusing.get_override(exception, _quiz_or_404(course, quiz), _cohorts())
    target = found.cohort or found.enrolment
    assert target is not None
    return render_template(
        "confirm.html",
        title=_("Cabut pengecualian untuk %(who)s?", who=_called(target)),
        sentence=_(
            "Aturan kuis berlaku lagi seperti biasa, juga bagi percobaan yang sedang dikerjakan: bila waktunya sudah "
            "lewat, percobaan itu dikirim dengan jawaban yang tersimpan. Pengecualian yang sama dapat dibuat lagi."
        ),
        action=url_for("exceptions.withdraw", course=course, quiz=quiz, exception=exception),
        label=_("Ya, cabut"),
        back=url_for("exceptions.exceptions", course=course, quiz=quiz),
    )


@bp.post("/rekap/<course>/kuis/<quiz>/pengecualian/<int:exception>/cabut")
@requires(Permission.GRADE)
def withdraw(course: str, quiz: str, exception: int) -> ResponseReturnValue:
    found = excusing.get_override(exception, _quiz_or_404(course, quiz), _cohorts())
    excusing.withdraw_override(person(), found, at=clock.now())
    flash(_("Pengecualian itu sudah dicabut."))
    return redirect(url_for("exceptions.exceptions", course=course, quiz=quiz), 303)


def _cohorts() -> list[Cohort]:
    return graded_cohorts(current_standing())


def _quiz_or_404(course: str, quiz: str) -> Activity:
    found = queries.find_quiz(courses.get_course(course).id, quiz)
    if found is None or found.kind != KIND_NAME or found.is_hidden:
        raise NotFound()
    return found


def _target(form: ExceptionForm) -> Cohort | Enrolment:
    """Whom a form names: a learner of own cohorts, or one of them. Raises DomainError."""
    username, slug = (form.username.data or "").strip(), form.cohort.data or ""
    if bool(username) == bool(slug):
        raise DomainError(N_("Pilih satu: tulis nama pengguna seorang praja, atau pilih angkatannya."))
    cohort = next((cohort for cohort in _cohorts() if cohort.slug == slug), None)
    if cohort is not None:
        return cohort
    try:
        found = visible_enrolment_or_404(current_standing(), username)
    except NotFound:
        raise DomainError(N_("Tidak ada praja atau angkatan dengan nama itu di angkatan Anda.")) from None
    if found.cohort not in _cohorts():
        raise NotFound()
    return found


def _called(target: Cohort | Enrolment) -> str:
    return target.name if isinstance(target, Cohort) else target.person.name


def _page(quiz: Activity, form: ExceptionForm, refusal: str = "") -> str:
    return render_template(
        "quizzes/exceptions.html",
        course=quiz.course,
        quiz=quiz,
        form=form,
        refusal=refusal,
        standing_ones=queries.exceptions_at(quiz.id, [cohort.id for cohort in _cohorts()]),
    )
