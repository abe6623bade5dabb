"""The questions of an attempt, a quiz or a check as pages show them: what is asked, answered, right."""

import random
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from courses import versions
from courses.access import Place
from quizzes import (
    assess_queries,
    assessing,
    attempts,
    grading,
    pinning,
    queries,
    rekey_queries,
    rekeying,
    scoring,
    sheet,
)
from quizzes.assessing import Assessment
from quizzes.giving import Giving
from quizzes.grading import Mark
from quizzes.kinds import Value
from quizzes.models import Attempt, HumanMark
from quizzes.questions import Credit, Question
from quizzes.quiz import Check, Role
from quizzes.rekeying import Keyed
from quizzes.sheet import QuestionView


def to_answer(attempt: Attempt) -> list[QuestionView]:
    """The attempt's questions with what is saved so far; of the key only what was checked one by one."""
    rendered, given = _rendered(attempt), queries.last_answers(attempt.id)
    may_check = attempts.tells_at_once(pinning.rules_now(attempt))
    checked = queries.checked_questions(attempt.id) if given else frozenset()
    judged = _judged(attempt, given) if may_check and checked else {}
    views = []
    for number, (question, keys) in enumerate(_arranged(attempt), start=1):
        html, value = rendered[question.id], given.get(question.id, [])
        view = sheet.ask(question, html, number, keys, value)
        if question.id in checked and may_check:
            subject, mark = judged[question.id]
            view = sheet.rekeyed(subject, html, number, keys, value, mark)
        may_be_checked = may_check and attempts.may_be_checked(question)
        views.append(replace(view, may_be_checked=may_be_checked, is_locked=question.id in checked))
    return views


def judged(attempt: Attempt) -> list[QuestionView]:
    """The attempt's questions with what was answered, the key, and what people said of it.

    In a survey nothing is right or wrong.
    """
    if pinning.rules_now(attempt).role is Role.SURVEY:
        return [replace(view, is_scored=False) for view in to_answer(attempt)]
    rendered, given = _rendered(attempt), queries.last_answers(attempt.id)
    by_people = {mark.question: mark for mark in reversed(assess_queries.marks_of(attempt.id))}
    shares = {question: queries.exact(mark.share or 0) for question, mark in by_people.items()}
    subjects = scoring.keyed_questions(attempt)
    judged = zip(subjects, attempt.arrangement, scoring.marks_of(attempt, given, subjects, shares), strict=True)
    return [
        sheet.rekeyed(
            subject,
            rendered[mark.question],
            number,
            keys,
            given.get(mark.question, []),
            mark,
            _assessment(subject.question, by_people.get(mark.question)),
        )
        for number, (subject, (_, keys), mark) in enumerate(judged, start=1)
    ]


def paper(attempt: Attempt, question_id: str, last: HumanMark | None) -> QuestionView:
    """One question of the attempt for whoever marks it; `last` is the mark that counts so far."""
    arranged = enumerate(_arranged(attempt), start=1)
    number, question, keys = next((n, asked, keys) for n, (asked, keys) in arranged if asked.id == question_id)
    value = queries.last_answers(attempt.id).get(question.id, [])
    share = None if last is None or last.share is None else queries.exact(last.share)
    mark = Mark(question.id, share, Fraction(question.points), not value)
    html = _rendered(attempt)[question.id]
    return sheet.judge(question, html, number, keys, value, mark, _assessment(question, last))


def _assessment(question: Question, mark: HumanMark | None) -> Assessment | None:
    return None if mark is None else assessing.assessment(question.answer, Fraction(question.points), mark)


def _judged(attempt: Attempt, given: Mapping[str, Value]) -> dict[str, tuple[Keyed, Mark]]:
    """Question id -> the question with the key of now, and the mark of what is answered."""
    subjects = scoring.keyed_questions(attempt)
    marks = scoring.marks_of(attempt, given, subjects)
    return {mark.question: (subject, mark) for subject, mark in zip(subjects, marks, strict=True)}


def with_keys(place: Place, given: Giving) -> list[tuple[QuestionView, Question]]:
    """Every question of a quiz as staff read it: the key it is scored by, all feedback shown."""
    rendered = rendered_for(place, given)["questions"]
    changes = rekey_queries.changes_of(given.source_version_id or place.version_id)
    return [
        (sheet.with_key_of_now(rekeying.keyed(question, changes.get(question.id)), rendered[question.id], n), question)
        for n, question in enumerate(given.questions, start=1)
    ]


def rendered_for(place: Place, given: Giving) -> Mapping[str, Any]:
    """The HTML of the quiz whose questions are given."""
    rendered: Mapping[str, Any] = versions.rendered_of(
        given.source_version_id or place.version_id, place.course.rendered_with
    )
    return rendered


def check(check: Check, rendered: Mapping[str, Any], state: Mapping[str, Value]) -> list[QuestionView]:
    """A check's questions: with feedback where they were answered, else to be answered."""
    views = []
    for number, question in enumerate(check.questions, start=1):
        html = rendered["questions"][question.id]
        # Mixed by the question's own name: the same for everybody, whenever the lesson is drawn.
        keys = attempts.arrange_parts(question, random.Random(question.id), shuffles=False)
        value = state.get(question.id, [])
        views.append(
            sheet.judge(question, html, number, keys, value, grading.mark(question, value, Credit.PROPORTIONAL))
            if value
            else sheet.ask(question, html, number, keys, [])
        )
    return views


def _arranged(attempt: Attempt) -> list[tuple[Question, list[str]]]:
    questions = pinning.questions_of(attempt)
    return [(question, keys) for question, (_, keys) in zip(questions, attempt.arrangement, strict=True)]


def _rendered(attempt: Attempt) -> Mapping[str, Any]:
    rendered = versions.rendered_of(pinning.source_of(attempt), attempt.activity.course.rendered_with)
    questions: Mapping[str, Any] = rendered["questions"]
    return questions
