"""A quiz's own page, and attempts: answering, saving, sending, reading again."""

import secrets
from datetime import datetime
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.roles import Permission
from cohorts.access import current_standing, requires, visible_enrolment_or_404
from courses import schedules
from courses.access import Place, place_or_404
from courses.dates import Dates
from courses.kinds import ActivityKind
from foundation import clock
from foundation.errors import NotFound
from foundation.web import format_time_short
from quizzes import actions, attempts, display, first_attempts, moments, pinning, practice_views, queries, quiz, scoring
from quizzes.forms import new_client, read_answers
from quizzes.models import Attempt
from quizzes.quiz import Quiz

bp = Blueprint("quizzes", __name__)


def page(place: Place) -> str:
    """Where a quiz begins: what it asks for, own attempts so far, and the button to start or go on."""
    subject: Quiz = place.definition
    if place.enrolment is None:
        return render_template("quizzes/preview.html", place=place, quiz=subject, questions=display.with_keys(place))
    past = queries.attempts_at(place.enrolment.id, place.activity.id)
    return render_template(
        "quizzes/start.html",
        place=place,
        quiz=subject,
        intro=place.rendered["intro"],
        past=past,
        open_attempt=next((attempt for attempt in past if attempt.is_open), None),
        left=attempts.attempts_left(subject.head, past),
        rests_until=attempts.rests_until(subject.head, past, clock.now()),
        pass_mark=attempts.pass_mark(subject.head, place.course.pass_mark),
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
    if not mine.is_open:
        return _review(mine, "quizzes/review.html", shows_key=_key_is_out(mine))
    return render_template(
        "quizzes/attempt.html",
        attempt=mine,
        course=mine.activity.course,
        questions=display.to_answer(mine),
        saved_at=queries.last_saved_at(mine.id),
        ends_at=attempts.deadline(mine.started_at, pinning.minutes_allowed(mine)),
        client=new_client(),
    )


@bp.post("/kursus/<course>/<quiz>/percobaan/<int:number>/")
@requires(Permission.LEARN)
def save_all(course: str, quiz: str, number: int) -> ResponseReturnValue:
    """The whole page as one form: every button saves everything; the last goes on to sending."""
    mine = own_attempt_or_404(quiz, number, lock=True)
    _save(mine)
    place: dict[str, Any] = {"course": course, "quiz": quiz, "number": number}
    button = request.form.get("tombol", "")
    if button == "kirim":
        return redirect(url_for("quizzes.confirm", **place), 303)
    return redirect(url_for("quizzes.attempt", _anchor=f"soal-{button}" if button.isdecimal() else None, **place), 303)


@bp.post("/kursus/<course>/<quiz>/percobaan/<int:number>/jawaban")
@requires(Permission.LEARN)
def save_one(course: str, quiz: str, number: int) -> ResponseReturnValue:
    """One answer as a page with script sends it; says when it was kept."""
    mine = own_attempt_or_404(quiz, number, lock=True)
    return {"saved": format_time_short(_save(mine))}


def _save(attempt: Attempt) -> datetime:
    at = clock.now()
    actions.save(attempt, request.form.get("klien", ""), read_answers(request.form, pinning.questions_of(attempt)), at)
    return at


@bp.get("/kursus/<course>/<quiz>/percobaan/<int:number>/kirim")
@requires(Permission.LEARN)
def confirm(course: str, quiz: str, number: int) -> ResponseReturnValue:
    mine = own_attempt_or_404(quiz, number)
    if not mine.is_open:
        return redirect(url_for("quizzes.attempt", course=course, quiz=quiz, number=number))
    return render_template(
        "quizzes/confirm.html", attempt=mine, course=mine.activity.course, questions=display.to_answer(mine)
    )


@bp.post("/kursus/<course>/<quiz>/percobaan/<int:number>/kirim")
@requires(Permission.LEARN)
def submit(course: str, quiz: str, number: int) -> ResponseReturnValue:
    actions.submit(own_attempt_or_404(quiz, number, lock=True), at=clock.now())
    return redirect(url_for("quizzes.attempt", course=course, quiz=quiz, number=number), 303)


@bp.get("/rekap/<course>/praja/<username>/<quiz>/<int:number>/")
@requires(Permission.SEE_SCORES)
def learners_attempt(course: str, username: str, quiz: str, number: int) -> ResponseReturnValue:
    """A learner's submitted attempt, for those who may see the learner's work; an open one keeps its privacy."""
    enrolment = visible_enrolment_or_404(current_standing(), username)
    theirs = queries.get_attempt(enrolment.id, quiz, number)
    if theirs.is_open:
        raise NotFound()
    return _review(theirs, "quizzes/learners_attempt.html", shows_key=True)


def _key_is_out(attempt: Attempt) -> bool:
    return moments.key_is_out(attempt.enrolment, attempt.activity, clock.now())


def _dates(attempt: Attempt) -> Dates:
    """Those of the cohort the attempt was made in."""
    return schedules.dates_in(attempt.enrolment.cohort, attempt.activity)


def _review(attempt: Attempt, template: str, *, shows_key: bool) -> str:
    return render_template(
        template,
        attempt=attempt,
        course=attempt.activity.course,
        rules=pinning.rules_now(attempt),
        questions=display.judged(attempt) if shows_key else [],
        shows_key=shows_key,
        dates=_dates(attempt),
        is_over=_dates(attempt).are_over(clock.now()),
        pass_mark=scoring.pass_mark(attempt),
        left=display.left(attempt),
        learner=attempt.enrolment.person,
    )


KIND = ActivityKind(
    "kuis",
    "quiz",
    "Kuis",
    quiz.parse,
    quiz.render,
    page,
    queries.works,
    asides=practice_views.asides,
    shown=first_attempts.shown,
)
