"""The ways a question can be answered, a module each; this table is their one registration. Pure."""

from typing import Any

from quizzes.answers import Answer
from quizzes.choices import Choice
from quizzes.kinds.choice import CHOICE
from quizzes.kinds.essay import ESSAY
from quizzes.kinds.kind import QuestionKind, Value
from quizzes.rubrics import Essay

__all__ = ["KINDS", "QuestionKind", "Value", "find_kind", "kind_of"]

KINDS: dict[type[Any], QuestionKind[Any]] = {
    Choice: CHOICE,
    Essay: ESSAY,
}


def find_kind(answer: Answer) -> QuestionKind[Any] | None:
    """How a question with such an answer works here; None where it cannot be answered yet."""
    return KINDS.get(type(answer))


def kind_of(answer: Answer) -> QuestionKind[Any]:
    return KINDS[type(answer)]
