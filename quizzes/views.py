"""A quiz's own page, and attempts: answering, saving, sending, reading again."""

import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from accounts.roles import Permission
from cohorts.access import current_standing, requires, visible_enrolment_or_404
from cohorts.models import Enrolment
from courses.access import Place, place_or_404
from courses.kinds import ActivityKind, Tool, Work
from courses.models import Activity
from foundation import clock
from foundation.errors import N_, DomainError, NotFound
from foundation.web import format_time_short
from quizzes import (
    actions,
    attempts,
    closing,
    display,
    first_attempts,
    giving,
    pinning,
    practice_views,
    queries,
    quiz,
    score_news,
    scoring,
)
from quizzes.actions import Receipt
from quizzes.forms import CHECK, button_position, new_client, question_to_check, read_answers, read_page
from quizzes.models import Attempt
from quizzes.quiz import Quiz
from quizzes.terms import Terms

bp = Blueprint("quizzes", __name__)


def page(place: Place) -> str:
    """Where a quiz begins: what it asks for, own attempts so far, and the button to start or go on."""
    subject: Quiz = place.definition
    pass_mark = attempts.pass_mark(subject.head, place.course.pass_mark)
    if place.enrolment is None:
        return _preview(place, subject, pass_mark)
    past = queries.attempts_at(place.enrolment.id, place.activity.id)
    known = queries.exceptions_for(place.enrolment, place.activity.id)
    closing.settle(past, clock.now(), known)
    terms = pinning.terms_for(place.enrolment, place.activity, known)
    given = giving.giving(place.activity, place.enrolment, past)
    return render_template(
        "quizzes/start.html",
        place=place.under(terms.dates),
        rules=terms.rules,
        granted=terms.granted,
        size=giving.size_of(place.activity, given),
        intro=place.rendered["intro"],
        past=past,
        open_attempt=next((attempt for attempt in past if attempt.is_open), None),
        left=attempts.attempts_left(terms.rules, past),
        rests_until=attempts.rests_until(terms.rules, past, clock.now()),
        pass_mark=pass_mark,
        news=score_news.of_quiz(place.enrolment, place.activity.id, past),
    )


def _preview(place: Place, subject: Quiz, pass_mark: float) -> str:
    given = giving.as_a_whole(place.activity)
    return render_template(
        "quizzes/preview.html",
        place=place,
        rules=subject.head,
        size=giving.size_of(place.activity, given),
        questions=display.with_keys(place, given),
        pass_mark=pass_mark,
        may_rekey=place.standing.may(Permission.REKEY) and subject.head.role is not quiz.Role.SURVEY,
    )


@bp.post("/kursus/<course>/<quiz>/mulai")
@requires(Permission.LEARN)
def start(course: str, quiz: str) -> ResponseReturnValue:
    place = place_or_404(quiz, KIND.name)
    number = request.form.get("percobaan", type=int) or 1
    attempt = actions.start(place, number, seed=secrets.randbits(31), at=clock.now())
    return redirect(url_for("quizzes.attempt", course=course, quiz=quiz, number=attempt.number), 303)


def own_attempt_or_404(quiz: str, number: int, *, lock: bool = False) -> Attempt:
    enrolment = current_standing().enrolment
    if enrolment is None:
        raise NotFound()
    return queries.get_attempt(enrolment.id, quiz, number, lock=lock)


@bp.get("/kursus/<course>/<quiz>/percobaan/<int:number>/")
@requires(Permission.LEARN)
def attempt(course: str, quiz: str, number: int) -> ResponseReturnValue:
    mine = own_attempt_or_404(quiz, number)
    closing.settle([mine], clock.now())
    if not mine.is_open:
        return _own_review(mine)
    last_save, saved_at = queries.last_save(mine.id)
    return render_template(
        "quizzes/attempt.html",
        attempt=mine,
        course=mine.activity.course,
        questions=display.to_answer(mine),
        saved_at=saved_at,
        last_save=last_save,
        ends_at=pinning.end_of(mine),
        client=new_client(),
    )


@bp.post("/kursus/<course>/<quiz>/percobaan/<int:number>/")
@requires(Permission.LEARN)
def save_all(course: str, quiz: str, number: int) -> ResponseReturnValue:
    """The whole page as one form: every button saves everything, "Periksa" has one checked, the last goes on."""
    mine = own_attempt_or_404(quiz, number, lock=True)
    button = request.form.get("tombol", "")
    _tell(mine, _save(mine, check=question_to_check(button, pinning.questions_of(mine))))
    place: dict[str, Any] = {"course": course, "quiz": quiz, "number": number}
    if button == "kirim":
        return redirect(url_for("quizzes.confirm", **place), 303)
    position = button_position(button) or button_position(button, CHECK)
    return redirect(url_for("quizzes.attempt", _anchor=f"soal-{position}" if position else None, **place), 303)


@bp.post("/kursus/<course>/<quiz>/percobaan/<int:number>/jawaban")
@requires(Permission.LEARN)
def save_one(course: str, quiz: str, number: int) -> ResponseReturnValue:
    """One answer as a page with script sends it; says when it was kept, and what else its page should know."""
    mine = own_attempt_or_404(quiz, number, lock=True)
    receipt = _save(mine)
    said: dict[str, Any] = {"saved": format_time_short(receipt.at)}
    said |= {word: True for word in ("elsewhere", "locked") if getattr(receipt, word)}
    return said if receipt.ends_at is None else {**said, "ends": int(receipt.ends_at.timestamp())}


@bp.post("/kursus/<course>/<quiz>/percobaan/<int:number>/periksa/<int:position>")
@requires(Permission.LEARN)
def check(course: str, quiz: str, number: int, position: int) -> ResponseReturnValue:
    """One question for good, as a page with script has it checked: comes back judged."""
    mine = own_attempt_or_404(quiz, number, lock=True)
    _save(mine, check=question_to_check(f"{CHECK}{position}", pinning.questions_of(mine)))
    view = next((view for view in display.to_answer(mine) if view.number == position), None)
    if view is None or not view.is_locked:
        raise DomainError(N_("Jawab dahulu, lalu tekan Periksa."))
    return render_template("quizzes/_checked.html", view=view)


def _save(attempt: Attempt, check: str = "") -> Receipt:
    given = read_answers(request.form, pinning.questions_of(attempt))
    return actions.save(attempt, read_page(request.form), given, at=clock.now(), check=check)


def _tell(attempt: Attempt, receipt: Receipt) -> None:
    """Say on the next page what a page without script cannot show beside its questions."""
    for number, question in enumerate(pinning.questions_of(attempt), start=1):
        if question.id in receipt.elsewhere:
            flash(_("Soal %(number)d juga diubah di perangkat lain. Periksa jawaban yang tampil.", number=number))
        if question.id in receipt.locked:
            flash(_("Soal %(number)d sudah diperiksa, jadi jawabannya tidak berubah lagi.", number=number))


@bp.get("/kursus/<course>/<quiz>/percobaan/<int:number>/kirim")
@requires(Permission.LEARN)
def confirm(course: str, quiz: str, number: int) -> ResponseReturnValue:
    mine = own_attempt_or_404(quiz, number)
    closing.settle([mine], clock.now())
    if not mine.is_open:
        return redirect(url_for("quizzes.attempt", course=course, quiz=quiz, number=number))
    return render_template(
        "quizzes/confirm.html", attempt=mine, course=mine.activity.course, questions=display.to_answer(mine)
    )


@bp.post("/kursus/<course>/<quiz>/percobaan/<int:number>/kirim")
@requires(Permission.LEARN)
def submit(course: str, quiz: str, number: int) -> ResponseReturnValue:
    """A page whose time is over asks by itself, and must not send what has been given more time meanwhile."""
    mine = own_attempt_or_404(quiz, number, lock=True)
    if "waktu-habis" in request.form:
        closing.close_if_over(mine, clock.now())
    else:
        actions.submit(mine, at=clock.now())
    return redirect(url_for("quizzes.attempt", course=course, quiz=quiz, number=number), 303)


@bp.get("/rekap/<course>/praja/<username>/<quiz>/<int:number>/")
@requires(Permission.SEE_SCORES)
def learners_attempt(course: str, username: str, quiz: str, number: int) -> ResponseReturnValue:
    """A learner's submitted attempt, for those who may see the learner's work; an open one keeps its privacy."""
    enrolment = visible_enrolment_or_404(current_standing(), username)
    theirs = queries.get_attempt(enrolment.id, quiz, number)
    closing.settle([theirs], clock.now())
    if theirs.is_open:
        raise NotFound()
    terms = pinning.terms_of(theirs, known=queries.Exceptions())  # its page tells of no dates, so no exception matters
    return _review("quizzes/learners_attempt.html", theirs, terms, shows_key=True)


def _own_review(attempt: Attempt) -> str:
    terms, now = pinning.terms_of(attempt), clock.now()
    return _review(
        "quizzes/review.html",
        attempt,
        terms,
        shows_key=attempts.may_see_key(terms.rules.feedback, terms.dates.closes, now),
        ended_by_itself=pinning.is_readable(attempt) and pinning.ended_by_itself(attempt, terms),
        is_over=terms.dates.are_over(now),
        left=attempts.attempts_left(terms.rules, queries.attempts_at(attempt.enrolment_id, attempt.activity_id)),
    )


def _review(template: str, attempt: Attempt, terms: Terms, *, shows_key: bool, **more: Any) -> str:
    is_readable = pinning.is_readable(attempt)
    return render_template(
        template,
        attempt=attempt,
        is_readable=is_readable,
        course=attempt.activity.course,
        rules=terms.rules,
        dates=terms.dates,
        questions=display.judged(attempt) if shows_key and is_readable else [],
        changes=score_news.changes(attempt),
        shows_key=shows_key,
        pass_mark=scoring.pass_mark(attempt),
        learner=attempt.enrolment.person,
        **more,
    )


def works(enrolment: Enrolment, for_staff: bool) -> Mapping[int, Sequence[Work]]:
    """A learner's attempts as links, those whose time is over submitted first."""
    closing.settle(queries.open_attempts_of(enrolment.id), clock.now())
    return queries.works(enrolment, for_staff)


def tools(activity: Activity, enrolment: Enrolment | None) -> list[Tool]:
    """Exceptions, of one learner or of all; the key is everybody's, for those who may mend it."""
    place: dict[str, Any] = {"course": activity.course.slug, "quiz": activity.key}
    if enrolment:
        return [Tool(_("Pengecualian"), url_for("exceptions.exceptions", praja=enrolment.person.username, **place))]
    known = [Tool(_("Pengecualian"), url_for("exceptions.exceptions", **place))]
    if current_standing().may(Permission.REKEY):
        known.append(Tool(_("Perbaiki kunci"), url_for("rekeys.questions", **place)))
    return known


KIND = ActivityKind(
    "kuis",
    "quiz",
    "Kuis",
    quiz.parse,
    quiz.render,
    page,
    works,
    news=score_news.news,
    tools=tools,
    asides=practice_views.asides,
    granted=pinning.granted_dates,
    shown=first_attempts.shown,
)
