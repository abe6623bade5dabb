"""What practice follows from, as the database has it: submitted attempts, checks, and practice itself."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import (
    Integer,
    Row,
    Select,
    String,
    bindparam,
    cast,
    exists,
    func,
    literal,
    null,
    select,
    union_all,
)

from courses.models import Activity
from foundation.database import db
from quizzes.models import Answer, Attempt, CheckAnswer, PracticeCard, Rekey
from quizzes.rekeying import Change, restored


@dataclass
class Traces:
    """Of one learner; of what came more than once the last."""

    attempts: list[Row[Any]] = field(default_factory=list)
    answers: dict[int, dict[str, list[str]]] = field(default_factory=dict)
    checks: dict[tuple[int, str], Row[Any]] = field(default_factory=dict)
    cards: dict[tuple[int, str], Row[Any]] = field(default_factory=dict)
    changes: dict[int, dict[str, Change]] = field(default_factory=dict)
    """Version -> question -> what its last re-key says, of the versions that are online in the learner's courses."""


def _none(type_: Any) -> Any:
    """Nothing in a column that has a type, as PostgreSQL wants it."""
    return cast(null(), type_)


MINE = bindparam("enrolment_id", type_=Integer)


def _submitted() -> Select[Any]:
    """Attempts; the value is the arrangement."""
    source = func.coalesce(Attempt.source_version_id, Attempt.version_id)
    is_rekeyed = exists().where(Rekey.version_id == source).correlate(Attempt)
    return select(
        literal("attempt", String).label("what"),
        Attempt.id.label("row"),
        Attempt.id.label("attempt"),
        Attempt.activity_id.label("activity"),
        Attempt.version_id.label("version"),
        source.label("source"),
        _none(String).label("question"),
        Attempt.arrangement.label("value"),
        Attempt.submitted_at.label("at"),
        is_rekeyed.label("is_rekeyed"),
    ).where(Attempt.enrolment_id == MINE, Attempt.submitted_at.is_not(None))


def _answered() -> Select[Any]:
    """What was answered in them, first to last."""
    return (
        select(
            literal("answer", String),
            Answer.id,
            Answer.attempt_id,
            *[_none(Integer)] * 3,
            Answer.question,
            Answer.value,
            Answer.at,
            literal(False),
        )
        .join(Attempt, Attempt.id == Answer.attempt_id)
        .where(Attempt.enrolment_id == MINE, Attempt.submitted_at.is_not(None), Answer.is_stale.is_(False))
    )


def _checked() -> Select[Any]:
    """Answers to checks in lessons."""
    return select(
        literal("check", String),
        CheckAnswer.id,
        _none(Integer),
        CheckAnswer.activity_id,
        *[_none(Integer)] * 2,
        CheckAnswer.question,
        CheckAnswer.value,
        CheckAnswer.at,
        literal(False),
    ).where(CheckAnswer.enrolment_id == MINE)


def _carded() -> Select[Any]:
    """What practice keeps; the value is the memory, the time when it is due."""
    return select(
        literal("card", String),
        PracticeCard.id,
        _none(Integer),
        PracticeCard.activity_id,
        *[_none(Integer)] * 2,
        PracticeCard.question,
        PracticeCard.memory,
        PracticeCard.due,
        literal(False),
    ).where(PracticeCard.enrolment_id == MINE)


def _rekeyed() -> Select[Any]:
    """Re-keys of versions that are online in the learner's courses."""
    courses = select(Activity.course_id).join(Attempt, Attempt.activity_id == Activity.id)
    return (
        select(
            literal("rekey", String),
            Rekey.id,
            *[_none(Integer)] * 2,
            Rekey.version_id,
            _none(Integer),
            Rekey.question,
            Rekey.change,
            Rekey.at,
            literal(False),
        )
        .join(Activity, Activity.current_version_id == Rekey.version_id)
        .where(Activity.course_id.in_(courses.where(Attempt.enrolment_id == MINE)))
    )


_TRACES = union_all(_submitted(), _answered(), _checked(), _carded(), _rekeyed())
"""Everything practice follows from, in one statement, since home pages ask for it too."""


def read_traces(enrolment_id: int) -> Traces:
    """One query."""
    found = Traces()
    rows = db.session.execute(_TRACES, {"enrolment_id": enrolment_id}).all()
    for row in sorted(rows, key=lambda row: row.row):
        match row.what:
            case "attempt":
                found.attempts.append(row)
            case "answer":
                found.answers.setdefault(row.attempt, {})[row.question] = row.value
            case "check":
                found.checks[row.activity, row.question] = row
            case "rekey":
                found.changes.setdefault(row.version, {})[row.question] = restored(row.value)
            case _:
                found.cards[row.activity, row.question] = row
    return found
