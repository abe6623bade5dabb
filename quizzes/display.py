"""The questions of an attempt, a quiz or a check as pages show them: what is asked, answered, right."""

from collections.abc import Mapping, Sequence
from typing import Any

from courses import versions
from courses.access import Place
from quizzes import actions, attempts, grading, queries, sheet
from quizzes.models import Attempt
from quizzes.questions import Credit, Question
from quizzes.quiz import Check, Quiz
from quizzes.sheet import QuestionView


def questions_of(attempt: Attempt) -> list[Question]:
    """The attempt's questions in the order its learner sees them."""
    by_id = {question.id: question for question in actions.quiz_of(attempt).questions}
    return [by_id[question_id] for question_id, _ in attempt.arrangement]


def to_answer(attempt: Attempt) -> list[QuestionView]:
    """The attempt's questions with what is saved so far, and nothing of the key."""
    rendered, chosen = _rendered(attempt), queries.last_answers(attempt.id)
    return [
        sheet.ask(question, rendered[question.id], number, keys, chosen.get(question.id, ()))
        for number, (question, keys) in enumerate(_arranged(attempt), start=1)
    ]


def judged(attempt: Attempt) -> list[QuestionView]:
    """The attempt's questions with what was answered, and the key."""
    rendered, chosen = _rendered(attempt), queries.last_answers(attempt.id)
    credit = actions.quiz_of(attempt).head.credit
    return [
        _judge(question, rendered[question.id], number, keys, chosen.get(question.id, []), credit)
        for number, (question, keys) in enumerate(_arranged(attempt), start=1)
    ]


def with_keys(place: Place) -> list[QuestionView]:
    """Every question of a quiz as staff read it: the right options chosen, all feedback shown."""
    quiz: Quiz = place.definition
    return [
        sheet.with_key(question, place.rendered["questions"][question.id], number)
        for number, question in enumerate(quiz.questions, start=1)
    ]


def check(check: Check, rendered: Mapping[str, Any], state: Mapping[str, Sequence[str]]) -> list[QuestionView]:
    """A check's questions: with feedback where they were answered, else to be answered."""
    views = []
    for number, question in enumerate(check.questions, start=1):
        if not question.is_answerable:
            views.append(sheet.wait(question, number))
            continue
        html, keys = rendered["questions"][question.id], [option.key for option in question.options]
        chosen = [key for key in state.get(question.id, ()) if key in question.keys]
        views.append(
            _judge(question, html, number, keys, chosen, Credit.PROPORTIONAL)
            if chosen
            else sheet.ask(question, html, number, keys, ())
        )
    return views


def _judge(
    question: Question, html: Mapping[str, Any], number: int, keys: Sequence[str], chosen: Sequence[str], credit: Credit
) -> QuestionView:
    return sheet.judge(question, html, number, keys, chosen, grading.mark(question, chosen, credit))


def _arranged(attempt: Attempt) -> list[tuple[Question, list[str]]]:
    return [(question, keys) for question, (_, keys) in zip(questions_of(attempt), attempt.arrangement, strict=True)]


def _rendered(attempt: Attempt) -> Mapping[str, Any]:
    rendered = versions.rendered_of(attempt.version_id, attempt.activity.course.rendered_with)
    questions: Mapping[str, Any] = rendered["questions"]
    return questions


def left(attempt: Attempt) -> int | None:
    """How many attempts the learner has after this one; None without a limit."""
    past = queries.attempts_at(attempt.enrolment_id, attempt.activity_id)
    return attempts.attempts_left(actions.rules_now(attempt), past)
