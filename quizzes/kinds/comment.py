"""Free text that nobody judges. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from quizzes.kinds.kind import LONGEST_TEXT, QuestionKind, Render, Rendered, Sent, Value, no_parts, one_text
from quizzes.scales import Comment
from quizzes.words import Credit


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


def share(comment: Comment, value: Value, credit: Credit) -> Fraction:
    """Never asked: there is no right and wrong."""
    return Fraction(0)


def show(comment: Comment, rendered: Rendered, keys: Sequence[str], value: Value) -> CommentView:
    return CommentView("".join(value), comment.words)


def render(comment: Comment, render: Render) -> None:
    return None


COMMENT = QuestionKind[Comment](
    template="comment",
    read=read,
    share=share,
    show=show,
    reveal=show,
    render=render,
    parts=no_parts,
    right=lambda comment: [],
    is_scored=False,
)
