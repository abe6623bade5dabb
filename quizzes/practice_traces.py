"""What practice follows from, as the database has it: submitted attempts, checks, and practice itself."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import (
    CompoundSelect,
    Integer,
    Row,
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


def _traces_query() -> CompoundSelect[Any]:
    """Everything practice follows from, in one statement, since home pages ask for it too.

    `at` is when it was submitted or answered, of a card when it is due; `value` what was answered, of an attempt its
    arrangement, of a card its memory.
    """
    mine = bindparam("enrolment_id", type_=Integer)
    source = func.coalesce(Attempt.source_version_id, Attempt.version_id)
    is_rekeyed = exists().where(Rekey.version_id == source).correlate(Attempt)
    submitted = select(
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
    ).where(Attempt.enrolment_id == mine, Attempt.submitted_at.is_not(None))
    answered = (
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
        .where(Attempt.enrolment_id == mine, Attempt.submitted_at.is_not(None), Answer.is_stale.is_(False))
    )
    checked = select(
        literal("check", String),
        CheckAnswer.id,
        _none(Integer),
        CheckAnswer.activity_id,
        *[_none(Integer)] * 2,
        CheckAnswer.question,
        CheckAnswer.value,
        CheckAnswer.at,
        literal(False),
    ).where(CheckAnswer.enrolment_id == mine)
    carded = select(
        literal("card", String),
        PracticeCard.id,
        _none(Integer),
        PracticeCard.activity_id,
        *[_none(Integer)] * 2,
        PracticeCard.question,
        PracticeCard.memory,
        PracticeCard.due,
        literal(False),
    ).where(PracticeCard.enrolment_id == mine)
    courses = select(Activity.course_id).join(Attempt, Attempt.activity_id == Activity.id)
    rekeyed = (
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
        .where(Activity.course_id.in_(courses.where(Attempt.enrolment_id == mine)))
    )
    return union_all(submitted, answered, checked, carded, rekeyed)


_TRACES = _traces_query()


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
