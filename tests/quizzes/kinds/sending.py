"""What a page sends of one question, without a page."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from quizzes.kinds import Value, kind_of
from quizzes.questions import Question
from quizzes.quiz import Check, render_check
from quizzes.words import Credit


def sent(fields: Mapping[str, Sequence[str]]) -> Callable[..., Sequence[str]]:
    return lambda part="": list(fields.get(part, ()))


def read(question: Question, **fields: str) -> Value:
    """What is kept of fields; `_1` is the part 1, `_` the field of the whole answer."""
    return kind_of(question.answer).read(question.answer, sent({name[1:]: [text] for name, text in fields.items()}))


def share(question: Question, *value: str) -> Any:
    return kind_of(question.answer).share(question.answer, list(value), Credit.PROPORTIONAL)


def right(question: Question) -> Value:
    return kind_of(question.answer).right(question.answer)


def rendered(question: Question) -> Mapping[str, Any]:
    html: Mapping[str, Any] = render_check(Check((question,)), lambda target: target)["questions"][question.id]
    return html


def parts(question: Question) -> list[str]:
    return list(kind_of(question.answer).parts(question.answer))


def show(question: Question, value: Sequence[str] = ()) -> Any:
    kind = kind_of(question.answer)
    return kind.show(question.answer, rendered(question), parts(question), list(value))


def reveal(question: Question, value: Sequence[str] = ()) -> Any:
    kind = kind_of(question.answer)
    return kind.reveal(question.answer, rendered(question), parts(question), list(value))
