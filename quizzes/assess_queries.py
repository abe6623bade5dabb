"""Finding answers that wait for a person's mark, and those that have one, in a bounded number of queries.

Whose answers: submitted attempts of learners who are in one of the cohorts given now; never the grader's own.
"""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, String, cast, exists, func, select
from sqlalchemy.orm import contains_eager, joinedload

from accounts.models import Person
from cohorts.models import Cohort, Enrolment
from courses import versions
from courses.models import Activity, Course
from foundation.database import db
from foundation.errors import NotFound
from quizzes import erased, pinning, queries, rekey_queries, scoring
from quizzes.models import Answer, Attempt, HumanMark
from quizzes.questions import Question
from quizzes.rekeying import AS_WRITTEN, Change
from quizzes.rubrics import Essay

NOTHING = "[]"
"""A value that is an answer taken back, as the database holds it."""
GONE = f'["{erased.ERASED}"'
"""So begins, there, a value whose words were erased: nobody can judge it any more."""


@dataclass(frozen=True)
class Grader:
    """Who marks, and whose work: the cohorts they look at."""

    person: Person
    cohorts: Sequence[Cohort]


@dataclass(frozen=True)
class Pile:
    """The answers to one question of one quiz."""

    activity: Activity
    question: str
    title: str
    """Safe HTML."""
    waiting: int
    judged: int
    oldest: datetime | None
    """When the first of those that wait was handed in."""


@dataclass(frozen=True)
class Paper:
    """One answer, without a name."""

    attempt: Attempt
    number: int
    """What it is called by: it never changes, and tells nothing of whose it is."""
    is_waiting: bool


def piles(course: str, grader: Grader) -> list[Pile]:
    """Every question with something to mark or marked, the longest waiting first."""
    handed_in = _handed_in(course, grader)
    judged = _judged(handed_in)
    attempts = _attempts(handed_in.where((Attempt.waiting > 0) | _has_mark()))
    waiting = _waiting(attempts, handed_in, judged)
    counts: dict[tuple[int, str], tuple[list[datetime], int]] = {}
    latest: dict[tuple[int, str], Attempt] = {}
    for attempt in attempts:
        for question in {*waiting[attempt.id], *judged.get(attempt.id, ())}:
            key = (attempt.activity_id, question)
            since, done = counts.get(key, ([], 0))
            is_waiting = question in waiting[attempt.id]
            if is_waiting and attempt.submitted_at:
                since.append(attempt.submitted_at)
            counts[key] = (since, done + (not is_waiting))
            latest[key] = attempt
    found = [
        Pile(
            latest[key].activity,
            key[1],
            title_of(latest[key], key[1]),
            len(since),
            done,
            min(since, default=None),
        )
        for key, (since, done) in counts.items()
    ]
    return sorted(found, key=lambda pile: (pile.oldest is None, pile.oldest, pile.activity.id, pile.question))


def title_of(attempt: Attempt, question: str) -> str:
    """Safe HTML."""
    rendered = versions.rendered_of(pinning.source_of(attempt), attempt.activity.course.rendered_with)
    return str(rendered["questions"][question]["title"])


def papers(course: str, quiz: str, question: str, grader: Grader) -> list[Paper]:
    """The answers to a question in an order of their own, which is neither that of names nor of handing in."""
    handed_in = _handed_in(course, grader).where(Activity.key == quiz)
    judged = _judged(handed_in.where(_has_mark(question)))
    attempts = _attempts(handed_in.where((Attempt.waiting > 0) | _has_mark(question)))
    waiting = _waiting(attempts, handed_in, judged)
    numbers = _numbers(attempts)
    found = [
        Paper(attempt, numbers[attempt.id], question in waiting[attempt.id])
        for attempt in attempts
        if question in waiting[attempt.id] or question in judged.get(attempt.id, ())
    ]
    return sorted(found, key=lambda paper: _place(question, paper.attempt.id))


def _place(question: str, attempt: int) -> bytes:
    """Always the same for an answer, whatever comes in before or after."""
    return hashlib.sha256(f"{attempt} {question}".encode()).digest()


def get_attempt(course: str, quiz: str, attempt: int, grader: Grader, *, lock: bool = False) -> Attempt:
    """An attempt whose answers this person may mark. Raises NotFound. `lock` makes other graders wait."""
    query = (
        select(Attempt)
        .join(Attempt.activity)
        .join(Activity.course)
        .options(contains_eager(Attempt.activity).contains_eager(Activity.course))
        .where(Attempt.id == attempt, Attempt.id.in_(_handed_in(course, grader)), Activity.key == quiz)
    )
    found = db.session.scalars(query.with_for_update(of=Attempt) if lock else query).one_or_none()
    if found is None:
        raise NotFound()
    return found


def get_question(attempt: Attempt, question: str) -> Question:
    """A question of the attempt that a person marks: one that waits for it, or has such a mark. Raises NotFound."""
    found = asked_in(attempt, question)
    judged = {mark.question for mark in marks_of(attempt.id)}
    given = queries.last_answers(attempt.id)
    answered = {name for name, value in given.items() if value and not erased.is_erased(value)}
    if question not in judged and question not in _of_one(
        attempt, answered, judged, rekey_queries.changes_of(pinning.source_of(attempt))
    ):
        raise NotFound()
    return found


def asked_in(attempt: Attempt, question: str) -> Question:
    """A question of the attempt by its id. Raises NotFound."""
    found = next((asked for asked in pinning.questions_of(attempt) if asked.id == question), None)
    if found is None:
        raise NotFound()
    return found


def marks_of(attempt_id: int) -> list[HumanMark]:
    """What people judged of an attempt's answers, the last first; drafts are left out."""
    return [mark for mark in _all_marks(attempt_id) if not mark.is_draft]


def marks_of_question(attempt_id: int, question: str, by: Person) -> tuple[list[HumanMark], HumanMark | None]:
    """The same of one answer, and what this person has begun to judge of it."""
    marks = [mark for mark in _all_marks(attempt_id) if mark.question == question]
    draft = next((mark for mark in marks if mark.is_draft and mark.by_id == by.id), None)
    return [mark for mark in marks if not mark.is_draft], draft


def _all_marks(attempt_id: int) -> list[HumanMark]:
    query = select(HumanMark).where(HumanMark.attempt_id == attempt_id)
    return list(db.session.scalars(query.options(joinedload(HumanMark.by)).order_by(HumanMark.id.desc())))


def _handed_in(course: str, grader: Grader) -> Select[int]:
    """The ids of the attempts this person may mark."""
    conditions: list[ColumnElement[bool]] = [
        Course.slug == course,
        Attempt.submitted_at.is_not(None),
        Enrolment.cohort_id.in_([cohort.id for cohort in grader.cohorts]),
        Enrolment.ended_at.is_(None),
        Enrolment.person_id != grader.person.id,
    ]
    return select(Attempt.id).join(Attempt.enrolment).join(Attempt.activity).join(Activity.course).where(*conditions)


def _has_mark(question: str | None = None) -> ColumnElement[bool]:
    mark = exists().where(HumanMark.attempt_id == Attempt.id, HumanMark.is_draft.is_(False))
    return mark if question is None else mark.where(HumanMark.question == question)


def _attempts(ids: Select[int]) -> list[Attempt]:
    query = (
        select(Attempt)
        .join(Attempt.activity)
        .join(Activity.course)
        .options(contains_eager(Attempt.activity).contains_eager(Activity.course))
        .where(Attempt.id.in_(ids))
        .order_by(Attempt.id)
    )
    return list(db.session.scalars(query))


def _numbers(attempts: Sequence[Attempt]) -> dict[int, int]:
    """Attempt id -> which attempt at its quiz it is, whoever made them: a number that stays."""
    activities = {attempt.activity_id for attempt in attempts}
    place = func.row_number().over(partition_by=Attempt.activity_id, order_by=Attempt.id)
    return dict(db.session.execute(select(Attempt.id, place).where(Attempt.activity_id.in_(activities))).all())


def _judged(ids: Select[int]) -> dict[int, set[str]]:
    """Attempt id -> the questions that have a person's mark."""
    query = (
        select(HumanMark.attempt_id, HumanMark.question)
        .where(HumanMark.attempt_id.in_(ids), HumanMark.is_draft.is_(False))
        .distinct()
    )
    found: dict[int, set[str]] = {}
    for attempt, question in db.session.execute(query):
        found.setdefault(attempt, set()).add(question)
    return found


def _waiting(attempts: Sequence[Attempt], ids: Select[int], judged: dict[int, set[str]]) -> dict[int, Collection[str]]:
    """Attempt id -> the questions whose answers wait for a person."""
    answered = _answered(ids.where(Attempt.waiting > 0))
    changes = rekey_queries.changes_in({pinning.source_of(attempt) for attempt in attempts if attempt.waiting})
    return {
        attempt.id: _of_one(
            attempt,
            answered.get(attempt.id, set()),
            judged.get(attempt.id, set()),
            changes.get(pinning.source_of(attempt), {}),
        )
        for attempt in attempts
    }


def _answered(ids: Select[int]) -> dict[int, set[str]]:
    """Attempt id -> the questions whose answer that counts says something; the answers themselves stay where they are.

    They may be long.
    """
    last = (
        select(func.max(Answer.id))
        .where(Answer.attempt_id.in_(ids), Answer.is_stale.is_(False))
        .group_by(Answer.attempt_id, Answer.question)
    )
    query = select(Answer.attempt_id, Answer.question).where(
        Answer.id.in_(last),
        cast(Answer.value, String) != NOTHING,
        ~cast(Answer.value, String).startswith(GONE, autoescape=True),
    )
    found: dict[int, set[str]] = {}
    for attempt, question in db.session.execute(query):
        found.setdefault(attempt, set()).add(question)
    return found


def _of_one(
    attempt: Attempt, answered: Collection[str], judged: Collection[str], changes: Mapping[str, Change]
) -> Collection[str]:
    """The questions of an attempt that wait.

    These are its essays, nearly always. Where they are not as many as the attempt says, the marks themselves are asked:
    a regular expression that was stopped waits too, and asking it again takes as long as it did.
    """
    if not attempt.waiting or not pinning.is_readable(attempt):
        return ()
    essays = {
        question.id
        for question in pinning.questions_of(attempt)
        if isinstance(question.answer, Essay)
        and question.id in answered
        and question.id not in judged
        and changes.get(question.id, AS_WRITTEN) == AS_WRITTEN
    }
    if len(essays) == attempt.waiting:
        return essays
    key = (attempt.version_id, "waiting", attempt.id, attempt.waiting, *sorted(judged), *sorted(changes.items()))
    waiting: frozenset[str] = versions.derived(key, lambda: _by_their_marks(attempt))
    return waiting


def _by_their_marks(attempt: Attempt) -> frozenset[str]:
    marks = scoring.marks_of(attempt, queries.last_answers(attempt.id))
    return frozenset(mark.question for mark in marks if mark.is_waiting)
