"""A practice question as its page shows it: to be answered, or judged."""

import random

from cohorts.models import Enrolment
from courses import versions
from quizzes import attempts, grading, practice_queries, rekey_queries, rekeying, sheet
from quizzes.models import PracticeAnswer
from quizzes.practice_queries import Source
from quizzes.sheet import QuestionView

ONLY = 1
"""The number of the page's one question."""


def to_answer(source: Source, learner: Enrolment, number: int) -> QuestionView:
    """As it is asked now, for the answer of this number."""
    rendered = practice_queries.rendered_question(source, source.version_id)
    return sheet.ask(source.question, rendered, ONLY, _parts(source, learner, number), [])


def judged(source: Source, learner: Enrolment, answer: PracticeAnswer) -> QuestionView:
    """As it was asked when it was answered, with the key; as it is asked now where that version cannot be read."""
    version_id = answer.version_id if versions.find_definition(answer.version_id) else source.version_id
    asked = source if version_id == source.version_id else _as_it_was(source, version_id)
    rendered = practice_queries.rendered_question(asked, version_id)
    mark = grading.mark(asked.question, answer.value, asked.credit)
    return sheet.judge(asked.question, rendered, ONLY, _parts(asked, learner, answer.number), answer.value, mark)


def _as_it_was(source: Source, version_id: int) -> Source:
    """In another version of its quiz or lesson, with the key of now."""
    changes = rekey_queries.changes_of(version_id)
    mended = {question: change for question, change in changes.items() if change.way is rekeying.Way.KEY}
    sources = practice_queries.sources_of(source.activity, version_id, mended)
    return next(one for one in sources if one.question.id == source.question.id)


def _parts(source: Source, learner: Enrolment, number: int) -> list[str]:
    """In an order of its own each time, and the same when the answer is looked at."""
    chance = random.Random(f"{learner.id} {source.question.id} {number}")
    return attempts.arrange_parts(source.question, chance, source.shuffles)
