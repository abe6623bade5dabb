"""What changes a learner's progress. The one door for every room is `record_progress`."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, select

from cohorts.models import Enrolment
from courses.completion import EvidenceItem, Outcome, State, further
from courses.models import Activity, Evidence, Note, Progress
from foundation.database import db
from foundation.errors import N_, DomainError

LONGEST_NOTE = 10_000
"""Letters of a learner's note."""


def record_progress(enrolment_id: int, activity_id: int, outcome: Outcome) -> None:
    """Say where a learner stands in an activity, and keep its evidence. Part of the caller's transaction.

    An outcome without points leaves the points that stand.
    """
    progress = _locked_progress(enrolment_id, activity_id)
    if progress is None:
        progress = Progress(enrolment_id=enrolment_id, activity_id=activity_id, state=outcome.state)
        db.session.add(progress)
    progress.state = further(progress.state, outcome.state)
    if progress.updated_at is None or outcome.at > progress.updated_at:
        progress.updated_at = outcome.at
    if progress.state is State.DONE and progress.done_at is None:
        progress.done_at = outcome.at
    if outcome.earned is not None:
        progress.earned, progress.maximum = outcome.earned, outcome.maximum
        progress.is_passed = outcome.is_passed
    if outcome.occasion:
        progress.is_provisional = outcome.is_provisional
        _forget_evidence(enrolment_id, activity_id, outcome.occasion)
    _keep(enrolment_id, activity_id, outcome.evidence, outcome.at, outcome.is_practice, outcome.occasion)


def record_practice(enrolment_id: int, activity_id: int, evidence: Iterable[EvidenceItem], at: datetime) -> None:
    """Keep what practice shows: it makes no activity begun or done. Part of the caller's transaction."""
    _keep(enrolment_id, activity_id, evidence, at, is_practice=True, occasion=0)


def _keep(
    enrolment_id: int,
    activity_id: int,
    evidence: Iterable[EvidenceItem],
    at: datetime,
    is_practice: bool,
    occasion: int,
) -> None:
    for item in evidence:
        db.session.add(
            Evidence(
                enrolment_id=enrolment_id,
                activity_id=activity_id,
                objective=item.objective,
                item=item.item,
                earned=item.earned,
                maximum=item.maximum,
                is_practice=is_practice,
                occasion=occasion,
                at=at,
            )
        )


def _forget_evidence(enrolment_id: int, activity_id: int, occasion: int) -> None:
    """What an attempt said before it was scored again."""
    db.session.execute(
        delete(Evidence).where(
            Evidence.enrolment_id == enrolment_id,
            Evidence.activity_id == activity_id,
            Evidence.occasion == occasion,
        )
    )


def _take_turns(enrolment_id: int) -> None:
    """Two requests of one learner wait for each other at the enrolment's row, so neither makes a second row."""
    db.session.execute(select(Enrolment.id).where(Enrolment.id == enrolment_id).with_for_update())


def _locked_progress(enrolment_id: int, activity_id: int) -> Progress | None:
    _take_turns(enrolment_id)
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
    _take_turns(enrolment.id)
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
