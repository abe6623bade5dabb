"""Mending the key of a question that was asked: the quiz's questions, one question, the preview, and doing it."""

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from accounts.access import person
from accounts.roles import Permission
from cohorts.access import requires
from foundation import clock
from foundation.errors import N_, Conflict, DomainError
from foundation.web import say
from quizzes import moments, rekey_actions, rekey_form, rekey_queries, rekey_reading, rescoring
from quizzes.quiz import KIND_NAME
from quizzes.rekey_form import Filled
from quizzes.rekey_reading import Subject
from quizzes.rekeying import Change
from quizzes.rescoring import Preview
from quizzes.views import own_attempt_or_404

bp = Blueprint("rekeys", __name__)

CARRIED = ("cara-", "kunci-", "batal", "alasan")
"""How the names of what a preview hands on begin."""


def _subject_or_404(course: str, quiz: str, question: str) -> Subject:
    return rekey_reading.get_subject(rekey_queries.get_quiz(course, quiz, KIND_NAME), question)


@bp.get("/rekap/<course>/kuis/<quiz>/kunci/")
@requires(Permission.REKEY)
def questions(course: str, quiz: str) -> ResponseReturnValue:
    found = rekey_queries.get_quiz(course, quiz, KIND_NAME)
    return render_template(
        "quizzes/rekeys.html",
        quiz=found,
        course=found.course,
        subjects=rekey_reading.subjects(found),
        borrowed=rekey_reading.borrowed(found),
    )


@bp.get("/rekap/<course>/kuis/<quiz>/kunci/<question>/")
@requires(Permission.REKEY)
def question(course: str, quiz: str, question: str) -> ResponseReturnValue:
    subject = _subject_or_404(course, quiz, question)
    return _form_page(subject, rekey_form.drawn(subject.editions))


def _form_page(subject: Subject, filled: Sequence[Filled], refusal: DomainError | None = None) -> str:
    return render_template(
        "quizzes/rekey.html",
        subject=subject,
        course=subject.quiz.course,
        filled=filled,
        reason=request.form.get("alasan", ""),
        refusal=refusal,
        say=say,
    )


@bp.post("/rekap/<course>/kuis/<quiz>/kunci/<question>/pratinjau")
@requires(Permission.REKEY)
def preview(course: str, quiz: str, question: str) -> ResponseReturnValue:
    """What the form would change; nothing is written."""
    subject = _subject_or_404(course, quiz, question)
    try:
        reason = rekey_form.read_reason(request.form.get("alasan", ""))
        plan = rescoring.check(question, _plan(subject))
    except DomainError as refusal:
        return _form_again(subject, refusal), refusal.status
    return _preview_page(subject, rescoring.preview(question, plan), reason)


@bp.post("/rekap/<course>/kuis/<quiz>/kunci/<question>/")
@requires(Permission.REKEY)
def rekey(course: str, quiz: str, question: str) -> ResponseReturnValue:
    subject = _subject_or_404(course, quiz, question)
    reason, seal = request.form.get("alasan", ""), request.form.get("segel", "")
    try:
        plan = _plan(subject)
    except DomainError as refusal:
        return _form_again(subject, refusal), refusal.status
    try:
        done = rekey_actions.rekey(person(), subject.quiz, question, plan, reason, seal, at=clock.now())
    except Conflict as refusal:
        again = rescoring.preview(question, rescoring.new_in(plan, question))
        return _preview_page(subject, again, reason, refusal), refusal.status
    except DomainError as refusal:
        return _form_again(subject, refusal), refusal.status
    _tell(done)
    return redirect(url_for("rekeys.question", course=course, quiz=quiz, question=question), 303)


def _tell(done: Preview | None) -> None:
    if done is None:
        flash(_("Kunci soal ini sudah diperbaiki seperti itu."))
        return
    changed = sum(len(effect.changed) for effect in done.effects)
    if changed:
        flash(
            ngettext(
                "Kunci diperbaiki. Nilai %(num)s praja berubah, dan mereka diberi tahu.",
                "Kunci diperbaiki. Nilai %(num)s praja berubah, dan mereka diberi tahu.",
                changed,
            )
        )
    else:
        flash(_("Kunci diperbaiki. Tidak ada nilai praja yang berubah."))


def _plan(subject: Subject) -> dict[int, Change]:
    """What was asked for: to undo the last act, or what the form says. Raises DomainError."""
    if "batal" not in request.form:
        return rekey_form.plan(rekey_form.sent(subject.editions, request.form))
    if not subject.acts or str(subject.acts[0].id) != request.form["batal"]:
        raise Conflict(N_("Perbaikan itu sudah dibatalkan, atau ada yang lebih baru. Periksa riwayatnya di bawah."))
    return subject.undo()


def _form_again(subject: Subject, refusal: DomainError) -> str:
    if "batal" in request.form:
        return _form_page(subject, rekey_form.drawn(subject.editions), refusal)
    return _form_page(subject, rekey_form.sent(subject.editions, request.form), refusal)


def _preview_page(subject: Subject, found: Preview, reason: str, refusal: DomainError | None = None) -> str:
    return render_template(
        "quizzes/rekey_preview.html",
        subject=subject,
        course=subject.quiz.course,
        preview=found,
        reason=reason,
        fields=[pair for pair in request.form.items(multi=True) if pair[0].startswith(CARRIED)],
        refusal=refusal,
        say=say,
    )


@bp.post("/kursus/<course>/<quiz>/percobaan/<int:number>/mengerti")
@requires(Permission.LEARN)
def acknowledge(course: str, quiz: str, number: int) -> ResponseReturnValue:
    """A learner has read what became of the attempt's score: that cannot be before it is told."""
    mine, now = own_attempt_or_404(quiz, number), clock.now()
    if moments.key_is_out(mine.enrolment, mine.activity, now):
        rekey_actions.acknowledge(mine, at=now)
    return redirect(url_for("quizzes.attempt", course=course, quiz=quiz, number=number), 303)
