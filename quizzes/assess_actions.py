"""What graders do with an answer that waits for a person: keep a draft, and finish it."""

from collections.abc import Sequence
from datetime import datetime

from accounts import log
from accounts.deeds import Deed
from accounts.models import Person
from foundation.database import db
from foundation.errors import N_, Conflict
from quizzes import assess_queries, assessing, scoring
from quizzes.assessing import Judgement
from quizzes.models import Attempt, HumanMark
from quizzes.questions import Question

UNMARKED = "–"
"""How the staff log names the mark of an answer that had none."""


class MarkedMeanwhile(Conflict):
    """Somebody else finished the answer after the page was drawn."""


def save_draft(actor: Person, attempt: Attempt, question: str, judgement: Judgement, seen: int, at: datetime) -> None:
    """Keep what was filled in so far of a locked attempt, in place of what was before. No one but its writer sees it.

    `seen` is the id of the last mark that the page knew of, 0 for none. Raises MarkedMeanwhile when there is another.
    """
    history, draft = assess_queries.marks_of_question(attempt.id, question, actor)
    _check_last(history, seen)
    if draft is None:
        draft = HumanMark(attempt_id=attempt.id, question=question, by_id=actor.id, is_draft=True)
        db.session.add(draft)
    _fill(draft, judgement, at)
    db.session.commit()


def finish(actor: Person, attempt: Attempt, question: Question, judgement: Judgement, seen: int, at: datetime) -> None:
    """Mark an answer of a locked attempt, and score the attempt anew; a mark it had stays in its history.

    Sent twice, by a double click or a repeated request, it is one mark. Raises MarkedMeanwhile when there is a mark
    that the page did not know of, DomainError while something is missing.
    """
    history, draft = assess_queries.marks_of_question(attempt.id, question.id, actor)
    if history and _is_replay(history[0], actor, judgement, seen):
        return
    _check_last(history, seen)
    assessing.check_complete(judgement, question.answer)
    if draft is not None:
        db.session.delete(draft)
    mark = HumanMark(attempt_id=attempt.id, question=question.id, by_id=actor.id)
    _fill(mark, judgement, at)
    db.session.add(mark)
    db.session.flush()
    scoring.score(attempt)
    log.record(
        actor,
        Deed.MARK_ANSWER,
        at,
        subject=attempt.enrolment.person,
        course=attempt.activity.course.slug,
        cohort=attempt.enrolment.cohort.slug,
        question=question.id,
        activity=attempt.activity.title,
        before=_percent(history[0] if history else None),
        after=_percent(mark),
    )
    db.session.commit()


def _is_replay(last: HumanMark, actor: Person, judgement: Judgement, seen: int) -> bool:
    same = (list(judgement.levels), judgement.share and float(judgement.share), judgement.comment)
    return last.id != seen and last.by_id == actor.id and (last.levels, last.share, last.comment) == same


def _check_last(history: Sequence[HumanMark], seen: int) -> None:
    last = next(iter(history), None)
    if last is not None and last.id != seen:
        raise MarkedMeanwhile(
            N_("Jawaban ini sudah dinilai oleh %(name)s: %(percent)s dari 100. Lihat dahulu penilaiannya."),
            name=last.by.name if last.by else "…",
            percent=_percent(last),
        )


def _fill(mark: HumanMark, judgement: Judgement, at: datetime) -> None:
    mark.levels = list(judgement.levels)
    mark.share = None if judgement.share is None else float(judgement.share)
    mark.comment = judgement.comment
    mark.at = at


def _percent(mark: HumanMark | None) -> str:
    if mark is None or mark.share is None:
        return UNMARKED
    return f"{round(100 * mark.share, 1):g}".replace(".", ",")
