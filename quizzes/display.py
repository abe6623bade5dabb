"""The questions of an attempt, a quiz or a check as pages show them: what is asked, answered, right."""

import random
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from courses import versions
from courses.access import Place
from quizzes import attempts, grading, pinning, queries, scoring, sheet
from quizzes.giving import Giving
from quizzes.grading import Mark
from quizzes.kinds import Value
from quizzes.models import Attempt
from quizzes.questions import Credit, Question
from quizzes.quiz import Check, Role
from quizzes.sheet import QuestionView


def to_answer(attempt: Attempt) -> list[QuestionView]:
    """The attempt's questions with what is saved so far; of the key only what was checked one by one."""
    rendered, given = _rendered(attempt), queries.last_answers(attempt.id)
    may_check = attempts.tells_at_once(pinning.rules_now(attempt))
    checked = queries.checked_questions(attempt.id) if given else frozenset()
    marks = _marks(attempt, given) if may_check and checked else {}
    views = []
    for number, (question, keys) in enumerate(_arranged(attempt), start=1):
        html, value = rendered[question.id], given.get(question.id, [])
        view = sheet.ask(question, html, number, keys, value)
        if question.id in checked and may_check:
            view = sheet.judge(question, html, number, keys, value, marks[question.id])
        may_be_checked = may_check and attempts.may_be_checked(question)
        views.append(replace(view, may_be_checked=may_be_checked, is_locked=question.id in checked))
    return views


def judged(attempt: Attempt) -> list[QuestionView]:
    """The attempt's questions with what was answered, and the key; in a survey nothing is right or wrong."""
    rendered, given = _rendered(attempt), queries.last_answers(attempt.id)
    if pinning.rules_now(attempt).role is Role.SURVEY:
        return [replace(view, is_scored=False) for view in to_answer(attempt)]
    marks = _marks(attempt, given)
    return [
        sheet.judge(question, rendered[question.id], number, keys, given.get(question.id, []), marks[question.id])
        for number, (question, keys) in enumerate(_arranged(attempt), start=1)
    ]


def _marks(attempt: Attempt, given: Mapping[str, Value]) -> dict[str, Mark]:
    return {mark.question: mark for mark in scoring.marks_of(attempt, given)}


def with_keys(place: Place, given: Giving) -> list[tuple[QuestionView, Question]]:
    """Every question of a quiz as staff read it: the right options chosen, all feedback shown."""
    rendered = rendered_for(place, given)["questions"]
    return [
        (sheet.with_key(question, rendered[question.id], number), question)
        for number, question in enumerate(given.questions, start=1)
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
