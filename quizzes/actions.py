"""What learners do with quizzes and checks: start, save, submit. Each is one transaction that answers after commit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from cohorts.locking import hold
from courses.access import Place
from courses.actions import record_progress
from courses.completion import Outcome, State
from courses.models import Activity
from foundation.database import db
from foundation.errors import N_, Conflict, DomainError
from quizzes import attempts, closing, giving, grading, outcomes, pinning, queries, saves
from quizzes.attempts import Save
from quizzes.kinds import Value
from quizzes.models import Answer, Attempt, CheckAnswer
from quizzes.questions import Credit, Question
from quizzes.quiz import Check
from quizzes.saves import Kept, Page, Ruling
from quizzes.terms import Terms

LONGEST_CLIENT = 64


@dataclass(frozen=True)
class Given:
    """What a page sends of one question. `drawn` is the answer it showed when it was drawn, where it says so."""

    question: Question
    value: Value
    sequence: int
    drawn: Value | None = None


@dataclass(frozen=True)
class Receipt:
    """What became of a save; questions by id."""

    at: datetime
    ends_at: datetime | None
    """When the attempt is over by itself, as it stood at the save."""
    elsewhere: frozenset[str] = frozenset()
    """Another page changed their answers after this one was drawn; it is this page's that count now."""
    locked: frozenset[str] = frozenset()
    """Checked before with another answer: what was sent now is kept and does not count."""


def start(place: Place, number: int, seed: int, at: datetime) -> Attempt:
    """Begin attempt `number`; asked again, by a double click or a repeated request, give the one that stands."""
    enrolment, activity_id = place.learner(), place.activity.id
    closing.settle(queries.attempts_at(enrolment.id, activity_id), at)
    # The quiz before the learner, as everywhere: an exception that is being granted is waited for.
    db.session.execute(select(Activity.id).where(Activity.id == activity_id).with_for_update(read=True))
    hold(enrolment)
    past = queries.attempts_at(enrolment.id, activity_id)
    for attempt in past:
        if attempt.number == number or attempt.is_open:
            return attempt
    terms = pinning.terms_for(enrolment, place.activity)
    place.check_may_begin(terms.dates, at)
    attempts.check_may_start(terms.rules, past, at)
    attempt = _new_attempt(place, terms, past, seed, at)
    db.session.add(attempt)
    record_progress(enrolment.id, activity_id, Outcome(State.STARTED, at))
    db.session.commit()
    return attempt


def _new_attempt(place: Place, terms: Terms, past: Sequence[Attempt], seed: int, at: datetime) -> Attempt:
    enrolment = place.learner()
    given = giving.giving(place.activity, enrolment, past)
    if not given.questions:
        raise Conflict(N_("Soal kuis ini belum tersedia. Beri tahu dosen Anda."))
    return Attempt(
        enrolment_id=enrolment.id,
        activity_id=place.activity.id,
        version_id=place.version_id,
        source_version_id=given.source_version_id,
        number=len(past) + 1,
        seed=seed,
        form=given.form,
        minutes_allowed=terms.minutes_by_exception,
        arrangement=attempts.arrange(given.questions, terms.rules, seed),
        started_at=at,
    )


def save(attempt: Attempt, page: Page, given: Sequence[Given], at: datetime, check: str = "") -> Receipt:
    """Keep answers of an open, locked attempt; that of question `check` for good, to be told how right it is.

    Raises Conflict when it is submitted or its time is over.
    """
    exceptions = queries.exceptions_for(attempt.enrolment, attempt.activity_id)
    if closing.close_if_over(attempt, at, exceptions) or not attempt.is_open:
        raise _too_late(attempt)
    _check_client(page.client)
    if check:
        _refuse_early_check(attempt, check)
    before = queries.saves_of(attempt.id, page.client, [one.question.id for one in given])
    rulings = {one.question.id: _keep(attempt, page, one, before.get(one.question.id, []), at, check) for one in given}
    ends_at = pinning.end_of(attempt, exceptions)
    db.session.commit()
    return Receipt(
        at,
        ends_at,
        frozenset(id for id, ruling in rulings.items() if ruling.is_elsewhere),
        frozenset(id for id, ruling in rulings.items() if ruling.is_locked),
    )


def _keep(attempt: Attempt, page: Page, one: Given, kept: Sequence[Kept], at: datetime, check: str) -> Ruling:
    """Add what a page sent of one question to what is kept of it, as the rules of saves say."""
    is_check = one.question.id == check
    ruling = saves.rule(kept, page, one.sequence, one.value, one.drawn, is_check=is_check)
    if ruling.is_kept:
        db.session.add(
            Answer(
                attempt_id=attempt.id,
                question=one.question.id,
                value=one.value,
                client=page.client,
                sequence=ruling.sequence,
                is_stale=ruling.is_stale,
                is_final=ruling.is_final,
                at=at,
            )
        )
    return ruling


def _refuse_early_check(attempt: Attempt, question: str) -> None:
    """The key of a question leaves only where the quiz gives it away question by question."""
    asked = next((one for one in pinning.questions_of(attempt) if one.id == question), None)
    is_immediate = attempts.tells_at_once(pinning.rules_now(attempt))
    if asked is None or not is_immediate or not attempts.may_be_checked(asked):
        raise Conflict(N_("Soal ini baru dibahas setelah jawaban Anda dikirim. Simpanlah jawabannya seperti biasa."))


def _too_late(attempt: Attempt) -> Conflict:
    """What a page is told whose answers came after the end."""
    end = pinning.end_of(attempt)
    if end is None or attempt.submitted_at is None or attempt.submitted_at < end:
        return Conflict(N_("Percobaan ini sudah dikirim, jadi jawabannya tidak dapat diubah lagi."))
    answered = sum(bool(value) for value in queries.last_answers(attempt.id).values())
    return Conflict(
        N_(
            "Waktu percobaan ini sudah habis, jadi jawaban ini tidak ikut. Yang tersimpan sebelumnya sudah dikirim: "
            "%(answered)d dari %(total)d soal terjawab."
        ),
        answered=answered,
        total=len(attempt.arrangement),
    )


def _check_client(client: str) -> None:
    if not 0 < len(client) <= LONGEST_CLIENT:
        raise DomainError(N_("Halaman ini tidak lengkap. Muat ulang, lalu jawab lagi."))


def submit(attempt: Attempt, at: datetime) -> None:
    """Close a locked attempt, mark what was saved, and record it as progress: all of it or none. Twice is once."""
    if attempt.is_open and not closing.close_if_over(attempt, at):
        closing.close(attempt, at)


def answer_check(place: Place, check: Check, client: str, given: Sequence[Given], at: datetime) -> None:
    """Keep answers to a check of a lesson as practice. A replay changes nothing."""
    enrolment = place.learner()
    _check_client(client)
    hold(enrolment)
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
