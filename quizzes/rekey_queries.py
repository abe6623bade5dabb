"""Finding re-keys, what they did, and what scoring many attempts again takes: few queries, however many there are."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from sqlalchemy import ColumnElement, Select, Text, case, cast, func, select
from sqlalchemy.orm import InstrumentedAttribute, contains_eager, joinedload

from cohorts.models import Enrolment
from courses.models import Activity, ActivityVersion, Course
from foundation.database import db
from foundation.errors import NotFound
from quizzes.attempts import FINEST
from quizzes.kinds import Value
from quizzes.models import Answer, Attempt, HumanMark, Rekey, ScoreChange
from quizzes.rekeying import Change, restored

SOURCE = func.coalesce(Attempt.source_version_id, Attempt.version_id)
"""The version whose questions an attempt was given."""


def get_quiz(course: str, key: str, kind: str) -> Activity:
    """Also one whose file is gone: its attempts stand."""
    query = select(Activity).join(Activity.course).options(contains_eager(Activity.course))
    quiz = db.session.scalars(
        query.where(Course.slug == course, Activity.key == key, Activity.kind == kind)
    ).one_or_none()
    if quiz is None:
        raise NotFound()
    return quiz


def changes_of(version_id: int) -> dict[str, Change]:
    """Question id -> what the last re-key of it says, of one version."""
    return changes_in([version_id]).get(version_id, {})


def changes_in(versions: Collection[int]) -> dict[int, dict[str, Change]]:
    """Version id -> question id -> what the last re-key of it says."""
    if not versions:
        return {}
    query = select(Rekey.version_id, Rekey.question, Rekey.change).where(Rekey.version_id.in_(versions))
    found: dict[int, dict[str, Change]] = {}
    for version, question, change in db.session.execute(query.order_by(Rekey.id)):
        found.setdefault(version, {})[question] = restored(change)
    return found


def hold(version_id: int) -> None:
    """Whoever scores an attempt waits for a re-key of its version that is under way, and then reads what it says."""
    db.session.execute(select(ActivityVersion.id).where(ActivityVersion.id == version_id).with_for_update(read=True))


def hold_alone(versions: Collection[int]) -> None:
    """Nobody scores attempts of these versions until the re-key is done; new attempts may begin meanwhile."""
    rows = select(ActivityVersion.id).where(ActivityVersion.id.in_(versions)).order_by(ActivityVersion.id)
    db.session.execute(rows.with_for_update(key_share=True))


@dataclass(frozen=True)
class Used:
    """A version of a quiz that attempts were given questions of, or that is online."""

    version_id: int
    since: datetime
    attempts: int
    """Submitted ones."""


def used_versions(quiz: Activity) -> list[Used]:
    """Newest first."""
    attempts = (
        select(SOURCE.label("version_id"), func.count(Attempt.submitted_at).label("submitted"))
        .group_by(SOURCE)
        .subquery()
    )
    submitted = func.coalesce(attempts.c.submitted, 0)
    query = (
        select(ActivityVersion.id, ActivityVersion.created_at, submitted)
        .outerjoin(attempts, attempts.c.version_id == ActivityVersion.id)
        .where(
            ActivityVersion.activity_id == quiz.id,
            attempts.c.version_id.is_not(None) | (ActivityVersion.id == (quiz.current_version_id or 0)),
        )
        .order_by(ActivityVersion.id.desc())
    )
    return [Used(version_id, since, count) for version_id, since, count in db.session.execute(query)]


def answered(versions: Collection[int]) -> dict[str, int]:
    """Question id -> in how many submitted attempts it was answered."""
    query = (
        select(Answer.question, func.count())
        .where(Answer.id.in_(_last_saves(_submitted(versions))), cast(Answer.value, Text) != "[]")
        .group_by(Answer.question)
    )
    return dict(db.session.execute(query).all())


def _submitted(versions: Collection[int]) -> Select[int]:
    return select(Attempt.id).where(SOURCE.in_(versions), Attempt.submitted_at.is_not(None))


def _last_saves(attempts: Select[int]) -> Select[int | None]:
    """The answers that count: of each question the last received save that is not stale, as in queries.last_answers."""
    return (
        select(func.max(Answer.id))
        .where(Answer.attempt_id.in_(attempts), Answer.is_stale.is_(False))
        .group_by(Answer.attempt_id, Answer.question)
    )


def attempts_around(versions: Collection[int]) -> list[Attempt]:
    """All attempts of whoever submitted one of these versions, at the same activity, first to last."""
    theirs = select(Attempt.enrolment_id).where(SOURCE.in_(versions), Attempt.submitted_at.is_not(None))
    activities = select(Attempt.activity_id).where(SOURCE.in_(versions))
    query = (
        select(Attempt)
        .where(Attempt.enrolment_id.in_(theirs), Attempt.activity_id.in_(activities))
        .options(
            joinedload(Attempt.activity).joinedload(Activity.course),
            joinedload(Attempt.enrolment).options(joinedload(Enrolment.person), joinedload(Enrolment.cohort)),
        )
        .order_by(Attempt.enrolment_id, Attempt.activity_id, Attempt.number)
        .execution_options(populate_existing=True)
    )
    return list(db.session.scalars(query))


def lock_submitted(versions: Collection[int]) -> None:
    """Nobody else marks these attempts meanwhile."""
    db.session.execute(_submitted(versions).order_by(Attempt.id).with_for_update(of=Attempt))


def learners_of(versions: Collection[int]) -> list[int]:
    """The enrolments of whoever submitted one of these versions."""
    query = select(Attempt.enrolment_id).where(SOURCE.in_(versions), Attempt.submitted_at.is_not(None))
    return list(db.session.scalars(query.distinct()))


def answers_in(versions: Collection[int]) -> dict[int, dict[str, Value]]:
    """Attempt id -> the answers that count, of all submitted attempts of these versions."""
    query = select(Answer.attempt_id, Answer.question, Answer.value)
    found: dict[int, dict[str, Value]] = {}
    for attempt, question, value in db.session.execute(query.where(Answer.id.in_(_last_saves(_submitted(versions))))):
        found.setdefault(attempt, {})[question] = value
    return found


def judged_in(versions: Collection[int]) -> dict[int, dict[str, Fraction]]:
    """Attempt id -> what people judged, as in queries.judged_by_people."""
    query = select(HumanMark.attempt_id, HumanMark.question, HumanMark.share).where(
        HumanMark.attempt_id.in_(_submitted(versions)), HumanMark.is_draft.is_(False), HumanMark.share.is_not(None)
    )
    found: dict[int, dict[str, Fraction]] = {}
    for attempt, question, share in db.session.execute(query.order_by(HumanMark.id)):
        found.setdefault(attempt, {})[question] = Fraction(share or 0).limit_denominator(FINEST)
    return found


def rekeys_of(versions: Collection[int], question: str | None = None) -> list[Rekey]:
    """Of these versions, first to last."""
    query = select(Rekey).where(Rekey.version_id.in_(versions)).options(joinedload(Rekey.by)).order_by(Rekey.id)
    return list(db.session.scalars(query if question is None else query.where(Rekey.question == question)))


@dataclass(frozen=True)
class Told:
    """What a re-key did: to how many attempts, and the sums of their scores of 100."""

    attempts: int
    before: float
    after: float


def effects_of(rekeys: Collection[Rekey]) -> Mapping[int, Told]:
    """Rekey id -> what it did to the attempts whose points it changed."""
    query = (
        select(
            ScoreChange.rekey_id,
            func.count(),
            func.sum(_percent(ScoreChange.earned_before, ScoreChange.maximum_before)),
            func.sum(_percent(ScoreChange.earned_after, ScoreChange.maximum_after)),
        )
        .where(ScoreChange.rekey_id.in_([rekey.id for rekey in rekeys]))
        .group_by(ScoreChange.rekey_id)
    )
    return {rekey: Told(n, before, after) for rekey, n, before, after in db.session.execute(query)}


def _percent(earned: InstrumentedAttribute[float], maximum: InstrumentedAttribute[float]) -> ColumnElement[float]:
    return case((maximum > 0, 100.0 * earned / maximum), else_=0.0)


def changes_told(attempt: Attempt) -> list[ScoreChange]:
    """What re-keys did to an attempt, first to last."""
    query = select(ScoreChange).where(ScoreChange.attempt_id == attempt.id).options(joinedload(ScoreChange.rekey))
    return list(db.session.scalars(query.order_by(ScoreChange.id)))


def unseen_changes(enrolments: Collection[int], activity_id: int | None = None) -> list[ScoreChange]:
    """What learners have not been told yet, first to last."""
    query = (
        select(ScoreChange)
        .join(ScoreChange.attempt)
        .where(Attempt.enrolment_id.in_(enrolments), ScoreChange.seen_at.is_(None))
        .options(
            contains_eager(ScoreChange.attempt).joinedload(Attempt.activity).joinedload(Activity.course),
            joinedload(ScoreChange.rekey),
        )
        .order_by(ScoreChange.id)
    )
    return list(db.session.scalars(query if activity_id is None else query.where(Attempt.activity_id == activity_id)))
