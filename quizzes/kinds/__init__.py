"""The ways a question can be answered, a module each; this table is their one registration. Pure."""

from typing import Any

from quizzes.answers import Answer
from quizzes.choices import Choice
from quizzes.kinds.choice import CHOICE
from quizzes.kinds.comment import COMMENT
from quizzes.kinds.kind import QuestionKind, Value
from quizzes.kinds.matching import MATCHING
from quizzes.kinds.ordering import ORDERING
from quizzes.kinds.scale import SCALE
from quizzes.plain_lists import Matching, Ordering
from quizzes.scales import Comment, Scale

__all__ = ["KINDS", "QuestionKind", "Value", "find_kind", "kind_of"]

KINDS: dict[type[Any], QuestionKind[Any]] = {
    Choice: CHOICE,
    Matching: MATCHING,
    Ordering: ORDERING,
    Scale: SCALE,
    Comment: COMMENT,
}


def find_kind(answer: Answer) -> QuestionKind[Any] | None:
    """How a question with such an answer works here; None where it cannot be answered yet."""
    return KINDS.get(type(answer))


def kind_of(answer: Answer) -> QuestionKind[Any]:
    return KINDS[type(answer)]
