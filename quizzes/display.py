"""The questions of an attempt, a quiz or a check as pages show them: what is asked, answered, right."""

import random
from collections.abc import Mapping
from typing import Any

from courses import versions
from courses.access import Place
from quizzes import attempts, grading, pinning, queries, rekey_queries, rekeying, scoring, sheet
from quizzes.kinds import Value
from quizzes.models import Attempt
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
    """The attempt's questions with what was answered, and the key."""
    rendered, given = _rendered(attempt), queries.last_answers(attempt.id)
    subjects = scoring.keyed_questions(attempt)
    judged = zip(subjects, attempt.arrangement, scoring.marks_of(attempt, given, subjects), strict=True)
    return [
        sheet.rekeyed(subject, rendered[mark.question], number, keys, given.get(mark.question, []), mark)
        for number, (subject, (_, keys), mark) in enumerate(judged, start=1)
    ]


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
