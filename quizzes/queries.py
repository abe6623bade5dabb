"""Finding attempts and answers."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import Row, bindparam, func, select
from sqlalchemy.orm import contains_eager, joinedload

from cohorts.models import Enrolment
from courses.kinds import Work
from courses.models import Activity
from foundation.database import db
from foundation.errors import NotFound
from quizzes.attempts import FINEST, Saved
from quizzes.models import Answer, Attempt, CheckAnswer, HumanMark

_ATTEMPT = (
    select(Attempt)
    .join(Attempt.activity)
    .join(Activity.course)
    .where(
        Attempt.enrolment_id == bindparam("enrolment_id"),
        Attempt.number == bindparam("number"),
        Activity.key == bindparam("quiz"),
    )
    .options(contains_eager(Attempt.activity).contains_eager(Activity.course))
)
_LOCKED_ATTEMPT = _ATTEMPT.with_for_update(of=Attempt)


def get_attempt(enrolment_id: int, quiz: str, number: int, *, lock: bool = False) -> Attempt:
    """A learner's attempt by the quiz's key, with its activity and course; `lock` makes other requests wait."""
    wanted = {"enrolment_id": enrolment_id, "quiz": quiz, "number": number}
    attempt = db.session.scalars(_LOCKED_ATTEMPT if lock else _ATTEMPT, wanted).one_or_none()
    if attempt is None:
        raise NotFound()
    return attempt


def attempts_at(enrolment_id: int, activity_id: int) -> list[Attempt]:
    """A learner's attempts at a quiz, first to last."""
    query = (
        select(Attempt)
        .where(Attempt.enrolment_id == enrolment_id, Attempt.activity_id == activity_id)
        .order_by(Attempt.number)
    )
    return list(db.session.scalars(query))


def last_answers(attempt_id: int) -> dict[str, list[str]]:
    """Question id -> the option keys that count: the last received save that is not stale."""
    query = select(Answer.question, Answer.value).where(Answer.attempt_id == attempt_id, Answer.is_stale.is_(False))
    return dict(db.session.execute(query.order_by(Answer.id)).all())


def judged_by_people(attempt_id: int) -> dict[str, Fraction]:
    """Question id -> the share a person gave it, 0 to 1: the last mark that is no draft."""
    query = select(HumanMark.question, HumanMark.share).where(
        HumanMark.attempt_id == attempt_id, HumanMark.is_draft.is_(False), HumanMark.share.is_not(None)
    )
    rows = db.session.execute(query.order_by(HumanMark.id))
    return {question: exact(share or 0) for question, share in rows}


def exact(share: float) -> Fraction:
    """The fraction that was meant when it was stored."""
    return Fraction(share).limit_denominator(FINEST)


def last_saved_at(attempt_id: int) -> datetime | None:
    """When the attempt's last save was received; None before the first."""
    return db.session.scalar(select(func.max(Answer.at)).where(Answer.attempt_id == attempt_id))


_SAVES = (
    select(Answer.question, Answer.sequence, Answer.value)
    .where(
        Answer.attempt_id == bindparam("attempt_id"),
        Answer.client == bindparam("client"),
        Answer.question.in_(bindparam("questions", expanding=True)),
    )
    .order_by(Answer.sequence)
)


def saves_of_page(attempt_id: int, client: str, questions: Sequence[str]) -> dict[str, list[Saved]]:
    """Question id -> what one page has saved of it so far in an attempt, of the questions asked for."""
    wanted = {"attempt_id": attempt_id, "client": client, "questions": questions}
    return _by_question(db.session.execute(_SAVES, wanted))


def check_saves_of_page(enrolment_id: int, activity_id: int, client: str) -> dict[str, list[Saved]]:
    """Question id -> what one page has saved of the checks of a lesson so far."""
    query = select(CheckAnswer.question, CheckAnswer.sequence, CheckAnswer.value).where(
        CheckAnswer.enrolment_id == enrolment_id,
        CheckAnswer.activity_id == activity_id,
        CheckAnswer.client == client,
    )
    return _by_question(db.session.execute(query.order_by(CheckAnswer.sequence)))


def _by_question(rows: Iterable[Row[str, int, list[str]]]) -> dict[str, list[Saved]]:
    saves: dict[str, list[Saved]] = {}
    for question, sequence, value in rows:
        saves.setdefault(question, []).append(Saved(sequence, value))
    return saves


_CHECK_ANSWERS = (
    select(CheckAnswer.question, CheckAnswer.value)
    .where(CheckAnswer.enrolment_id == bindparam("enrolment_id"), CheckAnswer.activity_id == bindparam("activity_id"))
    .order_by(CheckAnswer.id)
)


def last_check_answers(enrolment_id: int, activity_id: int) -> dict[str, list[str]]:
    """Question id -> the option keys last given to the checks of a lesson."""
    wanted = {"enrolment_id": enrolment_id, "activity_id": activity_id}
    return dict(db.session.execute(_CHECK_ANSWERS, wanted).all())


def works(enrolment: Enrolment, for_staff: bool) -> Mapping[int, Sequence[Work]]:
    """Activity id -> a learner's attempts, as links to their pages; one query."""
    query = (
        select(Attempt)
        .where(Attempt.enrolment_id == enrolment.id)
        .options(joinedload(Attempt.activity).joinedload(Activity.course))
        .order_by(Attempt.activity_id, Attempt.number)
    )
    if for_staff:  # what is being answered is its learner's alone
        query = query.where(Attempt.submitted_at.is_not(None))
    found: dict[int, list[Work]] = {}
    for attempt in db.session.scalars(query):
        found.setdefault(attempt.activity_id, []).append(_as_work(attempt, enrolment, for_staff))
    return found


def _as_work(attempt: Attempt, enrolment: Enrolment, for_staff: bool) -> Work:
    place: dict[str, Any] = {
        "course": attempt.activity.course.slug,
        "quiz": attempt.activity.key,
        "number": attempt.number,
    }
    url = (
        url_for("quizzes.learners_attempt", username=enrolment.person.username, **place)
        if for_staff
        else url_for("quizzes.attempt", **place)
    )
    label = _("Percobaan %(number)d", number=attempt.number)
    return Work(label, url, attempt.submitted_at or attempt.started_at, attempt.earned, attempt.maximum)
