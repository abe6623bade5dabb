"""A whole number to tick between two ends; nothing is right or wrong. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from quizzes.kinds.kind import (
    LONGEST_LINE,
    QuestionKind,
    Render,
    Rendered,
    Sent,
    Value,
    no_parts,
    no_right,
    no_share,
    not_of_this_page,
    one_text,
)
from quizzes.scales import Scale


@dataclass(frozen=True)
class ScaleView:
    numbers: tuple[int, ...]
    chosen: int | None
    low: str
    """Safe HTML of what the first number means; may be empty."""
    high: str
    has_advice: bool = False


def numbers(scale: Scale) -> range:
    return range(scale.first, scale.last + 1)


def read(scale: Scale, sent: Sent) -> Value:
    text = one_text(sent(), LONGEST_LINE)
    if text not in {"", *map(str, numbers(scale))}:
        raise not_of_this_page()
    return [text] if text else []


def show(scale: Scale, rendered: Rendered, keys: Sequence[str], value: Value) -> ScaleView:
    chosen = next((number for number in numbers(scale) if [str(number)] == value), None)
    ends = rendered["parts"]
    return ScaleView(tuple(numbers(scale)), chosen, ends["low"], ends["high"])


def render(scale: Scale, render: Render) -> dict[str, str]:
    """{"low": html, "high": html}."""
    return {"low": render.inline(scale.low), "high": render.inline(scale.high)}


SCALE = QuestionKind[Scale](
    template="scale",
    read=read,
    share=no_share,
    show=show,
    reveal=show,
    render=render,
    parts=no_parts,
    right=no_right,
    is_scored=False,
)
