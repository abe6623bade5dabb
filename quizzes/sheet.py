"""Questions as a page shows them: to be answered, without any key; or judged, with feedback. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from quizzes import writing
from quizzes.grading import Mark
from quizzes.questions import Question


@dataclass(frozen=True)
class OptionView:
    key: str
    text: str
    """Safe HTML."""
    is_chosen: bool
    is_right: bool | None = None
    """None while the question is open: the key is not on the page."""
    feedback: str = ""
    """Safe HTML."""


@dataclass(frozen=True)
class QuestionView:
    id: str
    number: int
    title: str
    """Safe HTML, as are stem and explanation."""
    stem: str
    is_multiple: bool
    options: tuple[OptionView, ...]
    points: float
    is_judged: bool = False
    share: float = 0
    is_blank: bool = True
    explanation: str = ""
    see: str | None = None
    """The address of the heading or paragraph that answers it."""
    kind: str = ""
    is_waiting: bool = False
    """Whether it cannot be answered here yet; its page says so in its place."""
    key_lines: tuple[str, ...] = ()
    """Right answers of a question without options as their author writes them; for staff."""

    @property
    def is_answered(self) -> bool:
        return any(option.is_chosen for option in self.options)

    @property
    def chosen(self) -> list[str]:
        return sorted(option.key for option in self.options if option.is_chosen)

    @property
    def is_right(self) -> bool:
        return self.is_judged and self.share == 1

    @property
    def earned(self) -> float:
        return self.share * self.points


def ask(
    question: Question, rendered: Mapping[str, Any], number: int, keys: Sequence[str], chosen: Collection[str]
) -> QuestionView:
    """A question to answer: options in the order of `keys`, nothing that tells which is right."""
    options = tuple(OptionView(key, rendered["options"][key]["text"], key in chosen) for key in keys)
    return QuestionView(
        id=question.id,
        number=number,
        title=rendered["title"],
        stem=rendered["stem"],
        is_multiple=question.is_multiple,
        options=options,
        points=float(question.points),
        kind=question.kind,
    )


def wait(question: Question, number: int) -> QuestionView:
    """The place of a question that cannot be answered yet: nothing of it is shown, lest it gives its key away."""
    return QuestionView(
        id=question.id,
        number=number,
        title="",
        stem="",
        is_multiple=False,
        options=(),
        points=float(question.points),
        kind=question.kind,
        is_waiting=True,
    )


def judge(
    question: Question,
    rendered: Mapping[str, Any],
    number: int,
    keys: Sequence[str],
    chosen: Collection[str],
    mark: Mark,
) -> QuestionView:
    """A question with its key: feedback under what was chosen and under what is right, the explanation last."""
    options = tuple(
        OptionView(
            key,
            rendered["options"][key]["text"],
            key in chosen,
            key in question.right,
            rendered["options"][key]["feedback"] if key in chosen or key in question.right else "",
        )
        for key in keys
    )
    return replace(
        ask(question, rendered, number, keys, chosen),
        options=options,
        is_judged=True,
        share=float(mark.share),
        is_blank=mark.is_blank,
        explanation=rendered["explanation"],
        see=rendered["see"],
    )


def with_key(question: Question, rendered: Mapping[str, Any], number: int) -> QuestionView:
    """A question as its author reads it: nothing chosen, every option with its truth and its feedback."""
    options = tuple(
        OptionView(option.key, html["text"], False, option.key in question.right, html["feedback"])
        for option in question.options
        if (html := rendered["options"][option.key])
    )
    keys = [option.key for option in question.options]
    return replace(
        ask(question, rendered, number, keys, ()),
        options=options,
        is_judged=True,
        explanation=rendered["explanation"],
        see=rendered["see"],
        is_waiting=not question.is_answerable,
        key_lines=() if question.options else tuple(writing.key_lines(question)),
    )
