"""The ways a question can be answered, a module each; this table is their one registration. Pure."""

from typing import Any

from quizzes.answer_keys import NumberAnswer, TextAnswer
from quizzes.answers import Answer
from quizzes.blanks import Blanks
from quizzes.choices import Choice
from quizzes.kinds.blanks import BLANKS
from quizzes.kinds.choice import CHOICE
from quizzes.kinds.comment import COMMENT
from quizzes.kinds.essay import ESSAY
from quizzes.kinds.kind import QuestionKind, Value
from quizzes.kinds.matching import MATCHING
from quizzes.kinds.number import NUMBER
from quizzes.kinds.ordering import ORDERING
from quizzes.kinds.scale import SCALE
from quizzes.kinds.text import TEXT
from quizzes.plain_lists import Matching, Ordering
from quizzes.rubrics import Essay
from quizzes.scales import Comment, Scale

__all__ = ["KINDS", "QuestionKind", "Value", "kind_of"]

KINDS: dict[type[Any], QuestionKind[Any]] = {
    Choice: CHOICE,
    TextAnswer: TEXT,
    NumberAnswer: NUMBER,
    Blanks: BLANKS,
    Matching: MATCHING,
    Ordering: ORDERING,
    Scale: SCALE,
    Comment: COMMENT,
    Essay: ESSAY,
}


def kind_of(answer: Answer) -> QuestionKind[Any]:
    return KINDS[type(answer)]
