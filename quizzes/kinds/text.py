"""A short text, written out. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from quizzes import patterns, typos
from quizzes.answer_keys import TextAnswer
from quizzes.folding import TYPED, folded
from quizzes.kinds.kind import QuestionKind, Rendered, Sent, Value, no_parts, one_line, only_words
from quizzes.words import Credit

PATIENCE = 1
"""Seconds a pattern may think about an answer before a person has to."""


@dataclass(frozen=True)
class TextView:
    text: str
    """What was answered."""
    keys: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    has_advice = False


def read(answer: TextAnswer, sent: Sent) -> Value:
    text = one_line(sent())
    return [text] if text else []


def share(answer: TextAnswer, value: Value, credit: Credit) -> Fraction | None:
    verdict = is_right(answer, value[0]) if len(value) == 1 else False
    return None if verdict is None else Fraction(verdict)


def is_right(answer: TextAnswer, text: str) -> bool | None:
    """Whether a text is like one of the keys, or a pattern fits all of it; None where a pattern had to be stopped.

    One that is stopped is the last one tried: whoever writes such a text costs a second, not one for each pattern.
    """
    if any(is_like(text, key, answer.tolerance) for key in answer.keys):
        return True
    verdicts = (fits(pattern, text) for pattern in answer.patterns)
    return next((verdict for verdict in verdicts if verdict is not False), False)


def is_like(text: str, key: str, tolerance: int) -> bool:
    """Whether a text says what a key says, but for as many slips as are forgiven."""
    written, meant = folded(text), folded(key)
    return written == meant or (forgives(key, tolerance) and typos.is_within(written, meant, tolerance))


def forgives(key: str, tolerance: int) -> bool:
    """Whether a key is long enough for slips not to make another word of it: more than two letters for each."""
    return tolerance > 0 and len(folded(key)) > 2 * tolerance


@lru_cache(maxsize=1_000)
def fits(pattern: str, text: str) -> bool | None:
    """Whether a pattern fits all of a text, as written or with plain dashes and quotes; None where it takes too long.

    Remembered: whoever looks at a review would pay for a slow one again.
    """
    written = " ".join(text.split())
    try:
        return any(
            patterns.compiled(pattern).fullmatch(one, timeout=PATIENCE) is not None
            for one in dict.fromkeys([written, written.translate(TYPED)])
        )
    except TimeoutError:
        return None


def show(answer: TextAnswer, rendered: Rendered, keys: Sequence[str], value: Value) -> TextView:
    return TextView("".join(value))


def reveal(answer: TextAnswer, rendered: Rendered, keys: Sequence[str], value: Value) -> TextView:
    return TextView("".join(value), answer.keys, answer.patterns)


TEXT = QuestionKind[TextAnswer](
    template="text",
    read=read,
    share=share,
    show=show,
    reveal=reveal,
    render=lambda answer, render: {},
    parts=no_parts,
    right=lambda answer: [*answer.keys[:1]],
    has_words=only_words,
)
