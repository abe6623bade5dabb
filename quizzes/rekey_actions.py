"""Re-keying a question, and saying that one has read what it did. Each is one transaction."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert, update

from accounts import log
from accounts.deeds import Deed
from accounts.models import Person
from courses.actions import Report, record_all, take_turns
from courses.models import Activity
from foundation.database import db
from foundation.errors import N_, Conflict
from quizzes import rekey_form, rekey_queries, rekeying, rescoring, scoring
from quizzes.models import Attempt, Rekey, ScoreChange
from quizzes.rescoring import Plan, Preview, Rescored


def rekey(
    actor: Person, quiz: Activity, question: str, plan: Plan, reason: str, seal: str, at: datetime
) -> Preview | None:
    """Change how a question is scored, as it was previewed, and score again; None where all of it is so already.

    `seal` names what the preview showed: raises Conflict when attempts have come, or anything else has changed since.
    """
    reason = rekey_form.read_reason(reason)
    rekey_queries.lock_submitted(list(plan))
    rekey_queries.hold_alone(list(plan))
    take_turns(rekey_queries.learners_of(list(plan)))
    plan = rescoring.new_in(plan, question)
    if not plan:
        db.session.commit()
        return None
    found = rescoring.preview(question, plan)
    if found.seal != seal:
        raise Conflict(N_("Keadaannya berubah sejak pratinjau dibuat. Periksa pratinjau yang baru ini, lalu terapkan."))
    changed = found.changed
    _keep(actor, found, changed, reason, at)
    log.record(
        actor,
        Deed.REKEY,
        at,
        course=quiz.course.slug,
        quiz=quiz.title,
        question=question,
        changes={str(version): rekeying.stored(change) for version, change in plan.items()},
        attempts=len(changed),
        learners=sum(len(effect.changed) for effect in found.effects),
        reason=reason,
    )
    db.session.commit()
    return found


def _keep(actor: Person, found: Preview, changed: Sequence[Rescored], reason: str, at: datetime) -> None:
    rows = {
        version: Rekey(
            version_id=version,
            question=found.question,
            change=rekeying.stored(change),
            reason=reason,
            by_id=actor.id,
            at=at,
        )
        for version, change in found.plan.items()
    }
    db.session.add_all(rows.values())
    db.session.flush()
    if changed:
        db.session.execute(insert(ScoreChange), [_score_change(one, rows[one.version_id]) for one in changed])
    for one in changed:
        scoring.give(one.attempt, one.result)
    record_all(
        [
            Report(
                one.attempt.enrolment_id,
                one.attempt.activity_id,
                scoring.outcome_of(one.attempt, found.past(one.attempt), one.subjects, one.marks),
            )
            for one in changed
        ]
    )


def _score_change(one: Rescored, row: Rekey) -> dict[str, object]:
    """While the attempt still has the points of before."""
    return {
        "attempt_id": one.attempt.id,
        "rekey_id": row.id,
        "earned_before": one.attempt.earned or 0,
        "maximum_before": one.attempt.maximum or 0,
        "earned_after": one.result.earned,
        "maximum_after": one.result.maximum,
    }


def acknowledge(attempt: Attempt, at: datetime) -> None:
    """The learner has read what re-keys did to the attempt; saying so again changes nothing."""
    unseen = (ScoreChange.attempt_id == attempt.id, ScoreChange.seen_at.is_(None))
    db.session.execute(update(ScoreChange).where(*unseen).values(seen_at=at))
    db.session.commit()
