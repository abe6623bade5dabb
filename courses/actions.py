"""What changes a learner's progress. The doors for every room are `record_progress` and `record_all`."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select, tuple_
from sqlalchemy.orm.attributes import flag_modified

from cohorts.locking import hold
from cohorts.models import Enrolment
from courses.completion import EvidenceItem, Outcome, State, further
from courses.models import Activity, Evidence, Note, Progress
from foundation.database import db
from foundation.errors import N_, DomainError

LONGEST_NOTE = 10_000
"""Letters of a learner's note."""
A_QUERYFUL = 500
"""Learners named in one statement."""


@dataclass(frozen=True)
class Report:
    """What a room says of one learner in one activity."""

    enrolment_id: int
    activity_id: int
    outcome: Outcome


def record_progress(enrolment_id: int, activity_id: int, outcome: Outcome) -> None:
    """Say where a learner stands in an activity, and keep its evidence. Part of the caller's transaction.

    An outcome without points leaves the points that stand, unless it is the outcome of an attempt.
    """
    record_all([Report(enrolment_id, activity_id, outcome)])


def record_all(reports: Sequence[Report]) -> None:
    """The same for many learners at once, in a few queries; of one learner the reports count in their order."""
    for first in range(0, len(reports), A_QUERYFUL):
        _record(reports[first : first + A_QUERYFUL])


def _record(reports: Sequence[Report]) -> None:
    standing = _locked_progresses(reports)
    for progress in standing.values():
        _write_as_one(progress)
    for report in reports:
        key = (report.enrolment_id, report.activity_id)
        if key not in standing:
            standing[key] = Progress(enrolment_id=key[0], activity_id=key[1], state=report.outcome.state)
            db.session.add(standing[key])
        _advance(standing[key], report.outcome)
    _forget_evidence(reports)
    _add_evidence(reports)


def _write_as_one(progress: Progress) -> None:
    """All of a standing is written, changed or not: rows that set the same columns go in one statement."""
    for column in ("state", "earned", "maximum", "is_passed", "is_provisional", "updated_at", "done_at"):
        flag_modified(progress, column)


def _locked_progresses(reports: Sequence[Report]) -> dict[tuple[int, int], Progress]:
    """(enrolment, activity) -> the row there is; nobody else writes these learners' progress meanwhile."""
    enrolments = {report.enrolment_id for report in reports}
    take_turns(enrolments)
    query = select(Progress).where(
        Progress.enrolment_id.in_(enrolments),
        Progress.activity_id.in_({report.activity_id for report in reports}),
    )
    return {(row.enrolment_id, row.activity_id): row for row in db.session.scalars(query)}


def _advance(progress: Progress, outcome: Outcome) -> None:
    progress.state = further(progress.state, outcome.state)
    if progress.updated_at is None or outcome.at > progress.updated_at:
        progress.updated_at = outcome.at
    if progress.state is State.DONE and progress.done_at is None:
        progress.done_at = outcome.at
    if outcome.earned is not None or outcome.occasion:
        progress.earned, progress.maximum = outcome.earned, outcome.maximum
        progress.is_passed = outcome.is_passed
    if outcome.occasion:
        progress.is_provisional = outcome.is_provisional


def record_practice(enrolment_id: int, activity_id: int, evidence: Iterable[EvidenceItem], at: datetime) -> None:
    """Keep what practice shows: it makes no activity begun or done. Part of the caller's transaction."""
    outcome = Outcome(State.STARTED, at, evidence=tuple(evidence), is_practice=True)
    _add_evidence([Report(enrolment_id, activity_id, outcome)])


def _add_evidence(reports: Sequence[Report]) -> None:
    rows = [
        {
            "enrolment_id": report.enrolment_id,
            "activity_id": report.activity_id,
            "objective": item.objective,
            "item": item.item,
            "earned": item.earned,
            "maximum": item.maximum,
            "is_practice": report.outcome.is_practice,
            "occasion": report.outcome.occasion,
            "at": report.outcome.at,
        }
        for report in reports
        for item in report.outcome.evidence
    ]
    if rows:
        db.session.execute(insert(Evidence), rows)


def _forget_evidence(reports: Sequence[Report]) -> None:
    """What attempts said before they were scored again."""
    told = [(report.enrolment_id, report.activity_id, report.outcome.occasion) for report in reports]
    again = [attempt for attempt in told if attempt[2]]
    if again:
        attempt = tuple_(Evidence.enrolment_id, Evidence.activity_id, Evidence.occasion)
        db.session.execute(delete(Evidence).where(attempt.in_(again)).execution_options(synchronize_session=False))


def take_turns(enrolments: Collection[int]) -> None:
    """Two requests of one learner wait for each other at the enrolment's row, so neither makes a second row."""
    rows = select(Enrolment.id).where(Enrolment.id.in_(enrolments)).order_by(Enrolment.id)
    db.session.execute(rows.with_for_update())


def _locked_progress(enrolment_id: int, activity_id: int) -> Progress | None:
    take_turns([enrolment_id])
    query = select(Progress).where(Progress.enrolment_id == enrolment_id, Progress.activity_id == activity_id)
    return db.session.scalars(query).one_or_none()


def mark_done(enrolment: Enrolment, activity: Activity, at: datetime) -> None:
    """The learner says a lesson is done; saying it again changes nothing."""
    record_progress(enrolment.id, activity.id, Outcome(State.DONE, at))
    db.session.commit()


def reopen(enrolment: Enrolment, activity: Activity, at: datetime) -> None:
    """Undo `mark_done`: the learner wants to see the lesson as open again."""
    progress = _locked_progress(enrolment.id, activity.id)
    if progress is not None:
        progress.state, progress.done_at, progress.updated_at = State.STARTED, None, at
    db.session.commit()


def save_note(enrolment: Enrolment, activity: Activity, slot: str, text: str, at: datetime) -> None:
    """Keep a learner's note under a reflection in place of the one before; an empty one takes it away."""
    text = text.replace("\r\n", "\n").strip()
    if len(text) > LONGEST_NOTE:
        raise DomainError(N_("Catatan ini terlalu panjang. Persingkat, lalu simpan lagi."))
    hold(enrolment)
    query = select(Note).where(Note.enrolment_id == enrolment.id, Note.activity_id == activity.id, Note.slot == slot)
    note = db.session.scalars(query).one_or_none()
    if note is None:
        note = Note(enrolment_id=enrolment.id, activity_id=activity.id, slot=slot)
    if text:
        note.text, note.updated_at = text, at
        db.session.add(note)
    elif note in db.session:
        db.session.delete(note)
    db.session.commit()
