"""Options to tick, one or several. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from quizzes.choices import Choice
from quizzes.kinds.kind import QuestionKind, Render, Rendered, Sent, Value, not_of_this_page
from quizzes.words import Credit


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
class ChoiceView:
    options: tuple[OptionView, ...]
    is_multiple: bool

    @property
    def has_advice(self) -> bool:
        """Whether what was chosen has feedback to read."""
        return any(option.feedback for option in self.options if option.is_chosen)


def read(choice: Choice, sent: Sent) -> Value:
    """The keys of the options chosen, sorted."""
    chosen = sorted(set(sent()))
    if not choice.keys.issuperset(chosen) or (len(chosen) > 1 and not choice.is_multiple):
        raise not_of_this_page()
    return chosen


def share(choice: Choice, value: Value, credit: Credit) -> Fraction:
    chosen = frozenset(value)
    if not chosen <= choice.keys:
        return Fraction(0)
    if not choice.is_multiple:  # more than one is right where a key was mended: each of them earns everything
        return Fraction(len(chosen) == 1 and chosen <= choice.right)
    if credit is Credit.EXACT:
        return Fraction(chosen == choice.right)
    return proportional(choice, chosen) if credit is Credit.PROPORTIONAL else proportional_correct(choice, chosen)


def proportional(choice: Choice, chosen: frozenset[str]) -> Fraction:
    """Share of options judged rightly, chosen or left: 1 - |chosen xor right| / |options|."""
    return 1 - Fraction(len(chosen ^ choice.right), len(choice.options))


def proportional_correct(choice: Choice, chosen: frozenset[str]) -> Fraction:
    """Share of the right options that were chosen: |chosen and right| / |right|, 0 once any wrong one is chosen."""
    if chosen - choice.right:
        return Fraction(0)
    return Fraction(len(chosen & choice.right), len(choice.right))


def show(choice: Choice, rendered: Rendered, keys: Sequence[str], value: Value) -> ChoiceView:
    html = rendered["parts"]
    options = tuple(OptionView(key, html[key]["text"], key in value) for key in keys)
    return ChoiceView(options, choice.is_multiple)


def reveal(choice: Choice, rendered: Rendered, keys: Sequence[str], value: Value) -> ChoiceView:
    """Feedback stands under what was chosen and under what is right; under all while nothing is chosen."""
    html = rendered["parts"]
    options = tuple(
        OptionView(
            key,
            html[key]["text"],
            key in value,
            key in choice.right,
            html[key]["feedback"] if key in value or key in choice.right or not value else "",
        )
        for key in keys
    )
    return ChoiceView(options, choice.is_multiple)


def render(choice: Choice, render: Render) -> dict[str, Any]:
    """{key: {"text": html, "feedback": html}}."""
    return {
        option.key: {"text": render.inline(option.text), "feedback": render.block(option.feedback, option.key)}
        for option in choice.options
    }


CHOICE = QuestionKind[Choice](
    template="choice",
    read=read,
    share=share,
    show=show,
    reveal=reveal,
    render=render,
    parts=lambda choice: [option.key for option in choice.options],
    right=lambda choice: sorted(choice.right)[: None if choice.is_multiple else 1],
)
