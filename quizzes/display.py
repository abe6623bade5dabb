"""The questions of an attempt, a quiz or a check as pages show them: what is asked, answered, right."""

import random
from collections.abc import Mapping
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
from quizzes.grading import Mark
from quizzes.kinds import Value
from quizzes.models import Attempt, HumanMark
from quizzes.questions import Credit, Question
from quizzes.quiz import Check, Quiz
from quizzes.sheet import QuestionView


def to_answer(attempt: Attempt) -> list[QuestionView]:
    """The attempt's questions with what is saved so far, and nothing of the key."""
    rendered, chosen = _rendered(attempt), queries.last_answers(attempt.id)
    return [
        sheet.ask(question, rendered[question.id], number, keys, chosen.get(question.id, []))
        for number, (question, keys) in enumerate(_arranged(attempt), start=1)
    ]


def judged(attempt: Attempt) -> list[QuestionView]:
    """The attempt's questions with what was answered, the key, and what people said of it."""
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


def with_keys(place: Place) -> list[QuestionView]:
    """Every question of a quiz as staff read it: the key it is scored by, all feedback shown."""
    quiz: Quiz = place.definition
    changes = rekey_queries.changes_of(place.version_id)
    return [
        sheet.with_key_of_now(
            rekeying.keyed(question, changes.get(question.id)), place.rendered["questions"][question.id], number
        )
        for number, question in enumerate(quiz.questions, start=1)
    ]


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


def left(attempt: Attempt) -> int | None:
    """How many attempts the learner has after this one; None without a limit."""
    past = queries.attempts_at(attempt.enrolment_id, attempt.activity_id)
    return attempts.attempts_left(pinning.rules_now(attempt), past)
