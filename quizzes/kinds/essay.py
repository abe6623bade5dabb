"""A long text that a person judges by a rubric. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from quizzes.kinds.kind import (
    LONGEST_TEXT,
    QuestionKind,
    Render,
    Rendered,
    Sent,
    Value,
    no_parts,
    no_right,
    one_text,
    only_words,
)
from quizzes.rubrics import Essay
from quizzes.words import Credit

BETWEEN_PARAGRAPHS = re.compile(r"\n[ \t]*\n\s*")


@dataclass(frozen=True)
class LevelView:
    name: str
    """Safe HTML, as is the description."""
    percent: float
    """What it is worth, of the criterion's 100."""
    description: str


@dataclass(frozen=True)
class CriterionView:
    name: str
    """Safe HTML."""
    percent: float
    """Its weight, of 100 for all criteria."""
    levels: tuple[LevelView, ...]


@dataclass(frozen=True)
class EssayView:
    text: str
    criteria: tuple[CriterionView, ...]
    words: int | None
    """About how many to write."""
    longest: int = LONGEST_TEXT

    @property
    def paragraphs(self) -> list[str]:
        return BETWEEN_PARAGRAPHS.split(self.text) if self.text else []

    @property
    def words_written(self) -> int:
        return len(self.text.split())


def read(essay: Essay, sent: Sent) -> Value:
    text = one_text(sent(), LONGEST_TEXT)
    return [text] if text else []


def share(essay: Essay, value: Value, credit: Credit) -> None:
    """Only a person can say."""


def show(essay: Essay, rendered: Rendered, keys: Sequence[str], value: Value) -> EssayView:
    """The rubric is no secret: whoever writes knows what is looked for."""
    html = rendered["parts"]
    criteria = tuple(
        CriterionView(
            drawn["name"],
            float(100 * criterion.weight),
            tuple(
                LevelView(name, float(100 * level.share), description)
                for name, level, description in zip(html["levels"], essay.levels, drawn["descriptions"], strict=True)
            ),
        )
        for criterion, drawn in zip(essay.criteria, html["criteria"], strict=True)
    )
    return EssayView(value[0] if value else "", criteria, essay.words)


def render(essay: Essay, render: Render) -> dict[str, Any]:
    """{"levels": [html], "criteria": [{"name": html, "descriptions": [html]}]}, in the order of the rubric."""
    return {
        "levels": [render.inline(level.name) for level in essay.levels],
        "criteria": [
            {
                "name": render.inline(criterion.name),
                "descriptions": [render.inline(text) for text in criterion.descriptions],
            }
            for criterion in essay.criteria
        ],
    }


ESSAY = QuestionKind[Essay](
    template="essay",
    read=read,
    share=share,
    show=show,
    reveal=show,
    render=render,
    parts=no_parts,
    right=no_right,
    has_words=only_words,
)
