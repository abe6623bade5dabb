"""Marking what waits for a person: the queue, the answers to one question, one answer without a name."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from accounts.access import person
from accounts.roles import Permission
from cohorts.access import current_standing, graded_cohorts, requires
from cohorts.models import Cohort
from courses import queries as courses
from foundation import clock
from foundation.errors import DomainError, NotFound
from foundation.web import format_number, format_time_short, number_asked, say, wants_json
from quizzes import assess_actions, assess_queries, assessing, display
from quizzes.assess_queries import Grader, Paper
from quizzes.assessing import Judgement
from quizzes.models import Attempt, HumanMark
from quizzes.questions import Question
from quizzes.rubrics import Essay

bp = Blueprint("assessing", __name__)

LEVEL = re.compile("[0-9]{1,3}")


@dataclass(frozen=True)
class Row:
    """The answers to one question, on the way through them."""

    papers: Sequence[Paper]

    @property
    def judged(self) -> int:
        return sum(not paper.is_waiting for paper in self.papers)

    def at(self, attempt: int) -> int:
        """Raises NotFound."""
        for place, paper in enumerate(self.papers):
            if paper.attempt == attempt:
                return place
        raise NotFound()

    def next_waiting(self, after: int | None = None) -> Paper | None:
        """The first that waits behind an attempt, then from the front; never the attempt itself."""
        start = 0 if after is None else self.at(after) + 1
        turned = [*self.papers[start:], *self.papers[:start]]
        return next((paper for paper in turned if paper.is_waiting and paper.attempt != after), None)

    def neighbour(self, attempt: int, step: int) -> Paper | None:
        place = self.at(attempt) + step
        return self.papers[place] if 0 <= place < len(self.papers) else None


@bp.get("/rekap/<course>/esai/")
@requires(Permission.GRADE)
def queue(course: str) -> ResponseReturnValue:
    cohorts = graded_cohorts(current_standing())
    return render_template(
        "quizzes/assess/queue.html",
        course=courses.get_course(course),
        cohorts=cohorts,
        chosen=_chosen(cohorts),
        piles=assess_queries.piles(course, _grader()),
    )


@bp.get("/rekap/<course>/esai/<quiz>/<question>/")
@requires(Permission.GRADE)
def pile(course: str, quiz: str, question: str) -> ResponseReturnValue:
    """On to the next answer that waits; once none does, or where they are asked for, all of them."""
    row = _row(course, quiz, question)
    if not row.papers:
        raise NotFound()
    waiting = row.next_waiting()
    if waiting is not None and "semua" not in request.args:
        return redirect(_url_of(waiting, course, quiz, question))
    first = assess_queries.get_attempt(course, quiz, row.papers[0].attempt, _grader())
    return render_template(
        "quizzes/assess/pile.html",
        course=first.activity.course,
        activity=first.activity,
        title=assess_queries.title_of(first, question),
        row=row,
        here=_here(course, quiz, question),
    )


@bp.get("/rekap/<course>/esai/<quiz>/<question>/<int:attempt>/")
@requires(Permission.GRADE)
def paper(course: str, quiz: str, question: str, attempt: int) -> ResponseReturnValue:
    found = assess_queries.get_attempt(course, quiz, attempt, _grader())
    return _paper(found, assess_queries.get_question(found, question))


@bp.post("/rekap/<course>/esai/<quiz>/<question>/<int:attempt>/")
@requires(Permission.GRADE)
def finish(course: str, quiz: str, question: str, attempt: int) -> ResponseReturnValue:
    """Mark the answer and go on to the next that waits; a script is told where that is."""
    found = assess_queries.get_attempt(course, quiz, attempt, _grader(), lock=True)
    asked = assess_queries.get_question(found, question)
    try:
        judgement = _judgement(asked)
        assess_actions.finish(person(), found, asked, judgement, _seen(), at=clock.now())
    except DomainError as refusal:
        if wants_json():
            raise
        return _paper(found, asked, refusal), refusal.status
    row = _row(course, quiz, question)
    following = row.next_waiting(after=attempt)
    target = _url_of(following, course, quiz, question) if following else url_for(".queue", course=course, **_wish())
    told = _told(assess_queries.number_of(found), judgement, is_last=following is None)
    if wants_json() and following:
        return {"next": target, "told": told, "progress": _progress(row)}
    flash(told)
    return {"next": target} if wants_json() else redirect(target, 303)


@bp.post("/rekap/<course>/esai/<quiz>/<question>/<int:attempt>/simpan")
@requires(Permission.GRADE)
def save_draft(course: str, quiz: str, question: str, attempt: int) -> ResponseReturnValue:
    """What was filled in so far, as the page with script sends it; says when it was kept."""
    found = assess_queries.get_attempt(course, quiz, attempt, _grader(), lock=True)
    asked, at = assess_queries.get_question(found, question), clock.now()
    assess_actions.save_draft(person(), found, asked.id, _judgement(asked), _seen(), at)
    return {"saved": format_time_short(at)}


def _paper(attempt: Attempt, question: Question, refusal: DomainError | None = None) -> str:
    """An answer to mark. What was sent and refused is still filled in, else the own draft, else the mark it has."""
    course, quiz = attempt.activity.course.slug, attempt.activity.key
    row, history = _row(course, quiz, question.id), assess_queries.marks_of(attempt.id, question.id)
    last = history[0] if history else None
    kept = assess_queries.find_draft(attempt.id, question.id, person()) or last
    following = row.next_waiting(after=attempt.id)
    return render_template(
        "quizzes/assess/paper.html",
        course=attempt.activity.course,
        activity=attempt.activity,
        view=display.paper(attempt, question.id, last),
        number=assess_queries.number_of(attempt),
        filled=_filled_again(question) if refusal else _filled(kept),
        refusal=say(refusal) if refusal else "",
        history=history,
        is_draft=kept is not None and kept.is_draft,
        row=row,
        progress=_progress(row),
        before=_url_to(row.neighbour(attempt.id, -1), course, quiz, question.id),
        after=_url_to(row.neighbour(attempt.id, 1), course, quiz, question.id),
        following=_url_to(following, course, quiz, question.id),
        longest_comment=assessing.LONGEST_COMMENT,
        here=_here(course, quiz, question.id) | {"attempt": attempt.id},
    )


@dataclass(frozen=True)
class Filled:
    """What stands in the form."""

    levels: Sequence[int | None]
    percent: str
    comment: str

    def level(self, criterion: int) -> int | None:
        """Of the criterion at this place, from 0."""
        return self.levels[criterion] if criterion < len(self.levels) else None


def _filled(mark: HumanMark | None) -> Filled:
    if mark is None:
        return Filled((), "", "")
    return Filled(mark.levels, "" if mark.share is None else format_number(100 * mark.share, 2), mark.comment)


def _filled_again(question: Question) -> Filled:
    """As it was sent."""
    return Filled(_levels_sent(question), request.form.get("persen", ""), request.form.get("komentar", ""))


def _levels_sent(question: Question) -> list[int | None]:
    """The fields `kriteria-1`, `kriteria-2` … of the rubric; -1 for what is no number of a level."""
    count = len(question.answer.criteria) if isinstance(question.answer, Essay) else 0
    sent = [request.form.get(f"kriteria-{place}") for place in range(1, count + 1)]
    return [None if text is None else int(text) if LEVEL.fullmatch(text) else -1 for text in sent]


def _judgement(question: Question) -> Judgement:
    form = request.form
    return assessing.judge(question.answer, _levels_sent(question), form.get("persen", ""), form.get("komentar", ""))


def _seen() -> int:
    """The id of the last mark that the page knew of."""
    return number_asked(request.form.get("dasar"))


def _grader() -> Grader:
    cohorts = graded_cohorts(current_standing())
    chosen = _chosen(cohorts)
    return Grader(person(), cohorts if chosen is None else [chosen])


def _chosen(cohorts: Sequence[Cohort]) -> Cohort | None:
    """The cohort the address names; None: all of them. 404 for one that is not theirs."""
    asked = request.args.get("angkatan")
    if not asked:
        return None
    for cohort in cohorts:
        if cohort.slug == asked:
            return cohort
    raise NotFound()


def _wish() -> dict[str, Any]:
    """What every address keeps of this one."""
    return {"angkatan": request.args.get("angkatan") or None}


def _here(course: str, quiz: str, question: str) -> dict[str, Any]:
    return {"course": course, "quiz": quiz, "question": question, **_wish()}


def _row(course: str, quiz: str, question: str) -> Row:
    return Row(assess_queries.papers(course, quiz, question, _grader()))


def _url_of(paper: Paper, course: str, quiz: str, question: str) -> str:
    return url_for(".paper", attempt=paper.attempt, **_here(course, quiz, question))


def _url_to(paper: Paper | None, course: str, quiz: str, question: str) -> str:
    """The same; "" for none."""
    return _url_of(paper, course, quiz, question) if paper else ""


def _progress(row: Row) -> str:
    return str(_("%(judged)s dari %(total)s dinilai", judged=row.judged, total=len(row.papers)))


def _told(number: int, judgement: Judgement, *, is_last: bool) -> str:
    values = {"number": number, "percent": format_number(float(100 * (judgement.share or 0)))}
    told = str(_("Jawaban %(number)s dinilai %(percent)s dari 100.", **values))
    return f"{told} {_('Tidak ada lagi yang menunggu di soal itu.')}" if is_last else told
