"""Finding attempts and answers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from cohorts.models import Cohort, Enrolment
from courses import versions
from courses.kinds import Work
from courses.models import Activity
from foundation.database import db
from foundation.errors import NotFound
from quizzes.attempts import FINEST, Saved
from quizzes.models import Answer, Attempt, CheckAnswer, HumanMark, Override
from quizzes.saves import Kept


@dataclass
class Exceptions:
    """Exceptions that hold, by whom they are for: (activity id, cohort or enrolment id)."""

    of_cohorts: dict[tuple[int, int], Override] = field(default_factory=dict)
    of_learners: dict[tuple[int, int], Override] = field(default_factory=dict)

    def add(self, found: Iterable[Override]) -> None:
        """The later of two for the same takes the place of the earlier."""
        for one in found:
            if one.cohort_id is not None:
                self.of_cohorts[one.activity_id, one.cohort_id] = one
            elif one.enrolment_id is not None:
                self.of_learners[one.activity_id, one.enrolment_id] = one

    def of(self, activity_id: int, enrolment: Enrolment) -> tuple[Override | None, Override | None]:
        """The cohort's, and the learner's own."""
        return (
            self.of_cohorts.get((activity_id, enrolment.cohort_id)),
            self.of_learners.get((activity_id, enrolment.id)),
        )


_ATTEMPT = (
    select(Attempt)
    .join(Attempt.activity)
    .where(
        Attempt.enrolment_id == bindparam("enrolment_id"),
        Attempt.number == bindparam("number"),
        Activity.key == bindparam("quiz"),
    )
    .options(contains_eager(Attempt.activity))
)
_ATTEMPT_TO_SHOW = _ATTEMPT.options(contains_eager(Attempt.activity).joinedload(Activity.course))
_LOCKED_ATTEMPT = _ATTEMPT.with_for_update(of=Attempt)


def get_attempt(enrolment_id: int, quiz: str, number: int, *, lock: bool = False) -> Attempt:
    """A learner's attempt by the quiz's key, to show or, locked, to change: other requests wait."""
    wanted = {"enrolment_id": enrolment_id, "quiz": quiz, "number": number}
    attempt = db.session.scalars(_LOCKED_ATTEMPT if lock else _ATTEMPT_TO_SHOW, wanted).one_or_none()
    if attempt is None:
        raise NotFound()
    return attempt


def attempts_at(enrolment_id: int, activity_id: int) -> list[Attempt]:
    """A learner's attempts at a quiz, first to last."""
    query = (
        select(Attempt)
        .where(Attempt.enrolment_id == enrolment_id, Attempt.activity_id == activity_id)
        .options(joinedload(Attempt.activity))
        .order_by(Attempt.number)
    )
    return list(db.session.scalars(query))


def last_answers(attempt_id: int) -> dict[str, list[str]]:
    """Question id -> the answer that counts: the last received save that is not stale."""
    query = select(Answer.question, Answer.value).where(Answer.attempt_id == attempt_id, Answer.is_stale.is_(False))
    return dict(db.session.execute(query.order_by(Answer.id)).all())


def checked_questions(attempt_id: int) -> frozenset[str]:
    """Ids of the questions whose answers were given to be checked at once: no later save of them counts."""
    query = select(Answer.question).where(Answer.attempt_id == attempt_id, Answer.is_final.is_(True))
    return frozenset(db.session.scalars(query))


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


def last_save(attempt_id: int) -> tuple[int, datetime | None]:
    """The id of an attempt's last save and when it was received; 0 and None before the first."""
    query = select(func.max(Answer.id), func.max(Answer.at)).where(Answer.attempt_id == attempt_id)
    id, at = db.session.execute(query).one()
    return id or 0, at


_COUNTED = (
    select(func.max(Answer.id))
    .where(
        Answer.attempt_id == bindparam("attempt_id"),
        Answer.question.in_(bindparam("questions", expanding=True)),
        Answer.is_stale.is_(False),
    )
    .group_by(Answer.question)
)
_SAVES = (
    select(Answer.question, Answer.id, Answer.client, Answer.sequence, Answer.value, Answer.is_stale, Answer.is_final)
    .where(
        Answer.attempt_id == bindparam("attempt_id"),
        Answer.question.in_(bindparam("questions", expanding=True)),
        or_(Answer.client == bindparam("client"), Answer.id.in_(_COUNTED)),
    )
    .order_by(Answer.id)
)


def saves_of(attempt_id: int, client: str, questions: Sequence[str]) -> dict[str, list[Kept]]:
    """Question id -> a page's own saves of it in an attempt and the one that counts, in the order they were received.

    Of the questions asked for.
    """
    saves: dict[str, list[Kept]] = {}
    for row in db.session.execute(_SAVES, {"attempt_id": attempt_id, "client": client, "questions": questions}):
        question, id, client, sequence, value, is_stale, is_final = row
        saves.setdefault(question, []).append(Kept(id, client, sequence, value, is_stale, is_final))
    return saves


def check_saves_of_page(enrolment_id: int, activity_id: int, client: str) -> dict[str, list[Saved]]:
    """Question id -> what one page has saved of the checks of a lesson so far."""
    query = select(CheckAnswer.question, CheckAnswer.sequence, CheckAnswer.value).where(
        CheckAnswer.enrolment_id == enrolment_id,
        CheckAnswer.activity_id == activity_id,
        CheckAnswer.client == client,
    )
    saves: dict[str, list[Saved]] = {}
    for question, sequence, value in db.session.execute(query.order_by(CheckAnswer.sequence)):
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


_EXCEPTIONS = (
    select(Override)
    .where(
        Override.activity_id == bindparam("activity_id"),
        Override.ended_at.is_(None),
        or_(Override.enrolment_id == bindparam("enrolment_id"), Override.cohort_id == bindparam("cohort_id")),
    )
    .order_by(Override.id)
)


def exceptions_for(enrolment: Enrolment, activity_id: int) -> Exceptions:
    """The exceptions that one learner has in a quiz, by now."""
    wanted = {"activity_id": activity_id, "enrolment_id": enrolment.id, "cohort_id": enrolment.cohort_id}
    found = Exceptions()
    found.add(db.session.scalars(_EXCEPTIONS, wanted))
    return found


def exceptions_in(cohort: Cohort) -> Exceptions:
    """Those that a cohort and its learners have, in all quizzes; no query once a revision of its dates is kept."""
    if cohort.dates_revision == 0:
        return Exceptions()
    key = (cohort.id, "exceptions", cohort.dates_revision)
    kept: Exceptions = versions.derived(key, lambda: _read_exceptions(cohort.id))
    return kept


def _read_exceptions(cohort_id: int) -> Exceptions:
    query = (
        select(Override)
        .outerjoin(Override.enrolment)
        .where(Override.ended_at.is_(None), or_(Override.cohort_id == cohort_id, Enrolment.cohort_id == cohort_id))
        .order_by(Override.id)
    )
    found = Exceptions()
    with Session(db.session.connection()) as apart:
        found.add(apart.scalars(query))
    return found


def all_exceptions() -> Exceptions:
    """Of all learners in all quizzes; one query."""
    found = Exceptions()
    found.add(db.session.scalars(select(Override).where(Override.ended_at.is_(None)).order_by(Override.id)))
    return found


def exceptions_at(activity_id: int, cohort_ids: Iterable[int]) -> list[Override]:
    """The exceptions that hold in a quiz for some cohorts and their learners, newest first; one query."""
    ids = list(cohort_ids)
    query = (
        select(Override)
        .outerjoin(Override.enrolment)
        .where(
            Override.activity_id == activity_id,
            Override.ended_at.is_(None),
            or_(Override.cohort_id.in_(ids), Enrolment.cohort_id.in_(ids)),
        )
        .options(
            joinedload(Override.cohort),
            contains_eager(Override.enrolment).joinedload(Enrolment.person),
            contains_eager(Override.enrolment).joinedload(Enrolment.cohort),
            joinedload(Override.by),
        )
        .order_by(Override.id.desc())
    )
    return list(db.session.scalars(query))


def open_attempts() -> list[Attempt]:
    """Every attempt that is not submitted, with all that its end depends on; one query."""
    query = (
        select(Attempt)
        .where(Attempt.submitted_at.is_(None))
        .options(joinedload(Attempt.activity), joinedload(Attempt.enrolment).joinedload(Enrolment.cohort))
        .order_by(Attempt.id)
    )
    return list(db.session.scalars(query))


def open_attempts_of(enrolment_id: int) -> list[Attempt]:
    """A learner's attempts that are not submitted, in all quizzes."""
    query = select(Attempt).where(Attempt.enrolment_id == enrolment_id, Attempt.submitted_at.is_(None))
    return list(db.session.scalars(query.options(joinedload(Attempt.activity))))


def open_attempts_for(activity_id: int, target: Cohort | Enrolment, *, lock: bool = False) -> list[Attempt]:
    """The attempts at a quiz that are not submitted, of one learner or of a whole cohort; one query."""
    query = (
        select(Attempt)
        .join(Attempt.enrolment)
        .where(
            Attempt.activity_id == activity_id,
            Attempt.submitted_at.is_(None),
            Enrolment.cohort_id == target.id if isinstance(target, Cohort) else Enrolment.id == target.id,
        )
        .options(
            joinedload(Attempt.activity),
            contains_eager(Attempt.enrolment).joinedload(Enrolment.cohort),
        )
        .order_by(Attempt.id)
    )
    if lock:
        query = query.with_for_update(of=Attempt).execution_options(populate_existing=True)
    return list(db.session.scalars(query))


def rank_in_cohort(enrolment: Enrolment) -> int:
    """How many enrolled in the same cohort before this learner, also those who left it."""
    query = select(func.count()).select_from(Enrolment)
    query = query.where(Enrolment.cohort_id == enrolment.cohort_id, Enrolment.id < enrolment.id)
    return db.session.scalars(query).one()


def find_quiz(course_id: int, key: str) -> Activity | None:
    """A quiz of a course by its id, also while its file is away."""
    query = select(Activity).where(
        Activity.course_id == course_id, Activity.key == key, Activity.current_version_id.is_not(None)
    )
    return db.session.scalars(query).one_or_none()


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
    sentence = _("Percobaan %(number)d, sementara") if attempt.waiting else _("Percobaan %(number)d")
    label = sentence % {"number": attempt.number}
    return Work(label, url, attempt.submitted_at or attempt.started_at, attempt.earned, attempt.maximum)
