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
from quizzes.models import HumanMark
from quizzes.questions import Question
from quizzes.rubrics import Essay

bp = Blueprint("assessing", __name__)

LEVEL = re.compile("[0-9]{1,3}")


@dataclass(frozen=True)
class Row:
    """The answers to one question, on the way through them."""

    course: str
    quiz: str
    question: str
    papers: Sequence[Paper]

    @property
    def judged(self) -> int:
        return sum(not paper.is_waiting for paper in self.papers)

    @property
    def progress(self) -> str:
        return str(_("%(judged)s dari %(total)s dinilai", judged=self.judged, total=len(self.papers)))

    @property
    def here(self) -> dict[str, Any]:
        """What the addresses of its pages have in common."""
        return {"course": self.course, "quiz": self.quiz, "question": self.question, **_wish()}

    def place(self, attempt: int) -> int:
        """Raises NotFound."""
        for place, paper in enumerate(self.papers):
            if paper.attempt.id == attempt:
                return place
        raise NotFound()

    def next_waiting(self, place: int = -1) -> Paper | None:
        """The first that waits behind a place, then from the front; never the one at the place itself."""
        turned = [*self.papers[place + 1 :], *self.papers[: max(place, 0)]]
        return next((paper for paper in turned if paper.is_waiting), None)

    def neighbour(self, place: int) -> Paper | None:
        return self.papers[place] if 0 <= place < len(self.papers) else None

    def url(self, paper: Paper | None) -> str:
        """Where an answer is marked; "" for none."""
        return url_for(".paper", attempt=paper.attempt.id, **self.here) if paper else ""


@bp.get("/rekap/<course>/esai/")
@requires(Permission.GRADE)
def queue(course: str) -> ResponseReturnValue:
    cohorts = graded_cohorts(current_standing())
    chosen = _chosen(cohorts)
    return render_template(
        "quizzes/assess/queue.html",
        course=courses.get_course(course),
        cohorts=cohorts,
        chosen=chosen,
        piles=assess_queries.piles(course, _grader(cohorts, chosen)),
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
        return redirect(row.url(waiting))
    some = row.papers[0].attempt
    return render_template(
        "quizzes/assess/pile.html",
        course=some.activity.course,
        activity=some.activity,
        title=assess_queries.title_of(some, question),
        row=row,
    )


@bp.get("/rekap/<course>/esai/<quiz>/<question>/<int:attempt>/")
@requires(Permission.GRADE)
def paper(course: str, quiz: str, question: str, attempt: int) -> ResponseReturnValue:
    return _paper(_row(course, quiz, question), attempt)


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
        return _paper(_row(course, quiz, question), attempt, refusal), refusal.status
    row = _row(course, quiz, question)
    place = row.place(attempt)
    following = row.next_waiting(place)
    target = row.url(following) or url_for(".queue", course=course, **_wish())
    told = _told(row.papers[place].number, judgement, is_last=following is None)
    if wants_json() and following:
        return {"next": target, "told": told, "progress": row.progress}
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


def _paper(row: Row, attempt: int, refusal: DomainError | None = None) -> str:
    """An answer to mark. What was sent and refused is still filled in, else the own draft, else the mark it has."""
    place = row.place(attempt)
    paper = row.papers[place]
    history, draft = assess_queries.marks_of_question(attempt, row.question, person())
    last = history[0] if history else None
    question = assess_queries.asked_in(paper.attempt, row.question)
    filled = _filled_again(question) if refusal else _filled(draft or last)
    return render_template(
        "quizzes/assess/paper.html",
        course=paper.attempt.activity.course,
        activity=paper.attempt.activity,
        view=display.paper(paper.attempt, row.question, last),
        number=paper.number,
        filled=filled,
        refusal=say(refusal) if refusal else "",
        history=history,
        is_draft=draft is not None,
        row=row,
        before=row.url(row.neighbour(place - 1)),
        after=row.url(row.neighbour(place + 1)),
        following=row.url(row.next_waiting(place)),
        longest_comment=assessing.LONGEST_COMMENT,
        here=row.here | {"attempt": attempt},
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


def _grader(cohorts: Sequence[Cohort] | None = None, chosen: Cohort | None = None) -> Grader:
    """Who asks, and for whose work: of all own cohorts, or of the one that the address names."""
    if cohorts is None:
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


def _row(course: str, quiz: str, question: str) -> Row:
    return Row(course, quiz, question, assess_queries.papers(course, quiz, question, _grader()))


def _told(number: int, judgement: Judgement, *, is_last: bool) -> str:
    values = {"number": number, "percent": format_number(float(100 * (judgement.share or 0)))}
    told = str(_("Jawaban %(number)s dinilai %(percent)s dari 100.", **values))
    return " ".join([told, _("Tidak ada lagi yang menunggu di soal itu.")]) if is_last else told
