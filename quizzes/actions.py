"""What learners do with quizzes and checks: start, save, submit. Each is one transaction that answers after commit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from cohorts.models import Enrolment
from courses.access import Place
from courses.actions import record_progress
from courses.completion import Outcome, State
from foundation.database import db
from foundation.errors import N_, Conflict, DomainError
from quizzes import attempts, grading, outcomes, pinning, queries, scoring
from quizzes.attempts import Save
from quizzes.kinds import Value
from quizzes.models import Answer, Attempt, CheckAnswer
from quizzes.questions import Credit, Question
from quizzes.quiz import Check, Quiz

LONGEST_CLIENT = 64


@dataclass(frozen=True)
class Given:
    """What a page sends of one question. `drawn` is the answer it showed when it was drawn, where it says so."""

    question: Question
    value: Value
    sequence: int
    drawn: Value | None = None


def start(place: Place, number: int, seed: int, at: datetime) -> Attempt:
    """Begin attempt `number`; asked again, by a double click or a repeated request, give the one that stands."""
    enrolment = place.learner()
    db.session.execute(select(Enrolment.id).where(Enrolment.id == enrolment.id).with_for_update())
    past = queries.attempts_at(enrolment.id, place.activity.id)
    for attempt in past:
        if attempt.number == number or attempt.is_open:
            return attempt
    place.check_open(at)
    quiz: Quiz = place.definition
    attempts.check_may_start(quiz.head, past, at)
    attempt = Attempt(
        enrolment_id=enrolment.id,
        activity_id=place.activity.id,
        version_id=place.version_id,
        number=len(past) + 1,
        seed=seed,
        arrangement=attempts.arrange(quiz.questions, quiz.head, seed),
        started_at=at,
    )
    db.session.add(attempt)
    record_progress(enrolment.id, place.activity.id, Outcome(State.STARTED, at))
    db.session.commit()
    return attempt


def save(attempt: Attempt, client: str, given: Sequence[Given], at: datetime) -> None:
    """Keep answers of an open, locked attempt. Raises Conflict when it is submitted or its time is over."""
    if close_if_over(attempt, at) or not attempt.is_open:
        raise Conflict(N_("Percobaan ini sudah dikirim, jadi jawabannya tidak dapat diubah lagi."))
    _check_client(client)
    before = queries.saves_of_page(attempt.id, client, [one.question.id for one in given])
    for one in given:
        judged, sequence = attempts.judge_save(before.get(one.question.id, ()), one.sequence, one.value, one.drawn)
        if judged in (Save.NEW, Save.STALE):
            db.session.add(
                Answer(
                    attempt_id=attempt.id,
                    question=one.question.id,
                    value=one.value,
                    client=client,
                    sequence=sequence,
                    is_stale=judged is Save.STALE,
                    at=at,
                )
            )
    db.session.commit()


def _check_client(client: str) -> None:
    if not 0 < len(client) <= LONGEST_CLIENT:
        raise DomainError(N_("Halaman ini tidak lengkap. Muat ulang, lalu jawab lagi."))


def submit(attempt: Attempt, at: datetime) -> None:
    """Close a locked attempt, mark what was saved, and record it as progress: all of it or none. Twice is once."""
    if attempt.is_open and not close_if_over(attempt, at):
        _close(attempt, at)


def close_if_over(attempt: Attempt, now: datetime) -> bool:
    """Submit an attempt whose time has run out, with what was saved; whether it was."""
    end = attempts.deadline(attempt.started_at, pinning.minutes_allowed(attempt))
    if not attempt.is_open or end is None or now <= end:
        return False
    _close(attempt, end)
    return True


def _close(attempt: Attempt, at: datetime) -> None:
    attempt.submitted_at = at
    db.session.flush()
    scoring.score(attempt)
    db.session.commit()


def answer_check(place: Place, check: Check, client: str, given: Sequence[Given], at: datetime) -> None:
    """Keep answers to a check of a lesson as practice. A replay changes nothing."""
    enrolment = place.learner()
    _check_client(client)
    db.session.execute(select(Enrolment.id).where(Enrolment.id == enrolment.id).with_for_update())
    before = queries.check_saves_of_page(enrolment.id, place.activity.id, client)
    new: dict[str, list[str]] = {}
    for one in given:
        judged, sequence = attempts.judge_save(before.get(one.question.id, ()), one.sequence, one.value, None)
        if judged is Save.NEW and one.value:
            new[one.question.id] = one.value
            db.session.add(
                CheckAnswer(
                    enrolment_id=enrolment.id,
                    activity_id=place.activity.id,
                    version_id=place.version_id,
                    question=one.question.id,
                    value=one.value,
                    client=client,
                    sequence=sequence,
                    at=at,
                )
            )
    if new:
        questions = [question for question in check.questions if question.id in new]
        found = outcomes.evidence(questions, grading.mark_all(questions, new, Credit.PROPORTIONAL))
        outcome = Outcome(State.STARTED, at, evidence=tuple(found), is_practice=True)
        record_progress(enrolment.id, place.activity.id, outcome)
    db.session.commit()
