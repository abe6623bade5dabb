"""Latihan ulang: what a learner missed, asked again when it is due, one question at a time, never graded."""

from collections.abc import Sequence
from datetime import datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from accounts.roles import Permission
from cohorts.access import current_standing, requires
from cohorts.models import Enrolment
from courses import mastery, teaching
from courses.access import current_way
from courses.kinds import Aside
from courses.queries import Way
from foundation import clock
from foundation.errors import Forbidden, NotFound
from quizzes import practice, practice_actions, practice_display, practice_queries
from quizzes.forms import read_answers
from quizzes.practice import Card
from quizzes.practice_queries import Deck, Source

bp = Blueprint("practice", __name__)


@bp.get("/kursus/<course>/latihan/")
@requires(Permission.OPEN_COURSE)
def page(course: str) -> ResponseReturnValue:
    """What there is today, by objective; staff read how it works."""
    way, enrolment = current_way(), current_standing().enrolment
    if enrolment is None:
        return render_template("quizzes/practice_preview.html", course=way.course, most=practice.PER_DAY)
    deck = practice_queries.deck(way, enrolment, clock.now())
    objectives = mastery.objectives_of(stage.module for stage in way.stages)
    return render_template(
        "quizzes/practice.html",
        course=way.course,
        today=deck.today,
        most=practice.PER_DAY,
        groups=mastery.by_objective(objectives, deck.today.cards, lambda card: card.objective),
        following=_following(way, deck),
    )


@bp.get("/kursus/<course>/latihan/<activity>/<question>/")
@requires(Permission.LEARN)
def question(course: str, activity: str, question: str) -> ResponseReturnValue:
    """The question while it is due, else what was answered last and what is right."""
    way, learner, now = current_way(), _learner(), clock.now()
    deck = practice_queries.deck(way, learner, now)
    card, source = _found_or_404(deck, activity, question)
    last = practice_queries.last_answer(learner.id, card)
    if card in deck.today.cards:
        number = last.number + 1 if last else 1
        view = practice_display.to_answer(source, learner, number)
        return render_template(
            "quizzes/practice_question.html",
            course=way.course,
            today=deck.today,
            source=source,
            view=view,
            number=number,
        )
    if last is None:  # its turn is another day
        return redirect(url_for("practice.page", course=course))
    return render_template(
        "quizzes/practice_answer.html",
        course=way.course,
        today=deck.today,
        source=source,
        card=card,
        answer=last,
        view=practice_display.judged(source, learner, last),
        days=practice.days_until(card.due, now),
        lessons=[] if source.question.see else teaching.lessons_for(way, source.question.objectives),
        following=_following(way, deck),
    )


@bp.post("/kursus/<course>/latihan/<activity>/<question>/")
@requires(Permission.LEARN)
def answer(course: str, activity: str, question: str) -> ResponseReturnValue:
    learner, now = _learner(), clock.now()
    deck = practice_queries.deck(current_way(), learner, now, lock=True)
    card, source = _found_or_404(deck, activity, question)
    given = read_answers(request.form, [source.question])
    number = request.form.get("nomor", type=int) or 0
    if given and given[0].value:
        practice_actions.answer(learner, deck, card, number, given[0].value, at=now)
    else:
        flash(_("Jawab dahulu, lalu tekan Periksa."))
    return redirect(url_for("practice.question", course=course, activity=activity, question=question), 303)


def _learner() -> Enrolment:
    enrolment = current_standing().enrolment
    if enrolment is None:
        raise Forbidden()
    return enrolment


def _found_or_404(deck: Deck, activity: str, question: str) -> tuple[Card, Source]:
    found = deck.find(activity, question)
    if found is None:
        raise NotFound()
    return found


def _following(way: Way, deck: Deck) -> str | None:
    """Where the next question of today is answered; None when there is none."""
    if not deck.today.cards:
        return None
    card = deck.today.cards[0]
    key = deck.source_of(card).activity.key
    return url_for("practice.question", course=way.course.slug, activity=key, question=card.question)


def asides(way: Way, enrolment: Enrolment, at: datetime) -> Sequence[Aside]:
    """The way to practice, and how much of it waits today."""
    number = len(practice_queries.deck(way, enrolment, at).today.cards)
    label = _("Latihan ulang")
    if number:
        label = ngettext("Latihan ulang: %(num)s soal hari ini", "Latihan ulang: %(num)s soal hari ini", number)
    return [Aside(label, url_for("practice.page", course=way.course.slug), is_for_today=number > 0)]
