"""Free text that nobody judges. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from quizzes.kinds.kind import (
    LONGEST_TEXT,
    QuestionKind,
    Render,
    Rendered,
    Sent,
    Value,
    no_parts,
    no_right,
    no_share,
    one_text,
    only_words,
)
from quizzes.scales import Comment


@dataclass(frozen=True)
class CommentView:
    text: str
    """As it was written, not HTML."""
    words: int | None
    """About how many to write."""
    longest: int = LONGEST_TEXT
    has_advice: bool = False


def read(comment: Comment, sent: Sent) -> Value:
    text = one_text(sent(), LONGEST_TEXT)
    return [text] if text else []


def show(comment: Comment, rendered: Rendered, keys: Sequence[str], value: Value) -> CommentView:
    return CommentView("".join(value), comment.words)


def render(comment: Comment, render: Render) -> None:
    return None


COMMENT = QuestionKind[Comment](
    template="comment",
    read=read,
    share=no_share,
    show=show,
    reveal=show,
    render=render,
    parts=no_parts,
    right=no_right,
    is_scored=False,
    has_words=only_words,
)
