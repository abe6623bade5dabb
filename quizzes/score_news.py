"""What re-keys did to a learner's scores, as it is told: at home, on the quiz's page, on the attempt itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from flask import url_for
from flask_babel import gettext as _

from cohorts.models import Enrolment
from courses.kinds import News
from foundation import clock
from foundation.web import format_number
from quizzes import moments, queries, rekey_queries
from quizzes.models import Attempt, ScoreChange


@dataclass(frozen=True)
class Change:
    """One re-key of one attempt, as its learner reads it."""

    number: int
    """Of the question, where this learner met it."""
    at: datetime
    reason: str
    before: float | None
    """Of 100."""
    after: float | None
    is_seen: bool


def changes(attempt: Attempt) -> list[Change]:
    """What happened to an attempt, first to last."""
    numbers = {str(question): number for number, (question, _parts) in enumerate(attempt.arrangement, start=1)}
    return [
        Change(
            numbers[change.rekey.question],
            change.rekey.at,
            change.rekey.reason,
            _percent(change.earned_before, change.maximum_before),
            _percent(change.earned_after, change.maximum_after),
            change.seen_at is not None,
        )
        for change in rekey_queries.changes_told(attempt)
    ]


def of_quiz(enrolment: Enrolment, activity_id: int, past: Sequence[Attempt]) -> list[News]:
    """What is new of one learner's attempts at a quiz; before the first is sent nothing is asked."""
    return news([enrolment], activity_id) if any(attempt.submitted_at for attempt in past) else []


def news(enrolments: Sequence[Enrolment], activity_id: int | None = None) -> list[News]:
    """One for each attempt with a change that its learner has not read; one query."""
    by_id = {enrolment.id: enrolment for enrolment in enrolments}
    unseen = rekey_queries.unseen_changes(by_id, activity_id) if by_id else []
    now = clock.now()
    by_attempt = groupby(sorted(unseen, key=lambda change: change.attempt_id), key=lambda change: change.attempt)
    return [
        News(
            _text(attempt, list(told))
            if _is_key_out(by_id[attempt.enrolment_id], attempt, now)
            else _text_before_the_key(attempt),
            _address(attempt),
        )
        for attempt, told in by_attempt
    ]


def _is_key_out(enrolment: Enrolment, attempt: Attempt, now: datetime) -> bool:
    return moments.key_is_out(enrolment, attempt.activity, now, queries.exceptions_in(enrolment.cohort))


def _text_before_the_key(attempt: Attempt) -> str:
    """Which question, and what it did to the score, would tell who answered it how."""
    text: str = _(
        "Soal %(quiz)s diperbaiki. Perubahan nilai percobaan %(number)d ditunjukkan setelah pembahasannya dibuka.",
        quiz=attempt.activity.title,
        number=attempt.number,
    )
    return text


def _text(attempt: Attempt, told: Sequence[ScoreChange]) -> str:
    before = score(_percent(told[0].earned_before, told[0].maximum_before))
    after = score(_percent(told[-1].earned_after, told[-1].maximum_after))
    facts = {"quiz": attempt.activity.title, "number": attempt.number, "before": before, "after": after}
    text: str
    if before == after:  # mended and mended back before it was read
        text = _("Kunci soal %(quiz)s diperbaiki. Nilai percobaan %(number)d tetap %(after)s.", **facts)
    else:
        text = _("Kunci soal %(quiz)s diperbaiki. Nilai percobaan %(number)d: %(before)s → %(after)s.", **facts)
    return text


def _address(attempt: Attempt) -> str:
    course, quiz = attempt.activity.course.slug, attempt.activity.key
    return url_for("quizzes.attempt", course=course, quiz=quiz, number=attempt.number)


def score(percent: float | None) -> str:
    """A score of 100; a dash where there is none."""
    return "–" if percent is None else format_number(percent)


def _percent(earned: float, maximum: float) -> float | None:
    return 100 * earned / maximum if maximum else None
