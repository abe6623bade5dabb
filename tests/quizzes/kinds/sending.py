"""What a page sends of one question, without a page."""

from collections.abc import Mapping, Sequence
from typing import Any

from quizzes.kinds import Value, kind_of
from quizzes.kinds.kind import Sent
from quizzes.questions import Question
from quizzes.quiz import Check, render_check
from quizzes.sheet import QuestionView, ask
from quizzes.words import Credit


def sent(fields: Mapping[str, Sequence[str] | str]) -> Sent:
    """A page's fields of one question, by part."""

    def of(part: str = "") -> Sequence[str]:
        found = fields.get(part, ())
        return [found] if isinstance(found, str) else found

    return of


def asked(question: Question, keys: Sequence[str], value: Value) -> QuestionView:
    """All that a page gets to draw an open question."""
    return ask(question, rendered(question), 1, keys, value)


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
