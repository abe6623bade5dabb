"""A number, written as people write numbers. Pure, in exact arithmetic."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from quizzes.answer_keys import NumberAnswer
from quizzes.folding import folded
from quizzes.kinds.kind import QuestionKind, Rendered, Sent, Value, no_parts, one_line
from quizzes.numbers import Number, readings, write_number
from quizzes.words import Credit

SPACED = re.compile(r"(?P<whole>[+\-−–]? ?[0-9]{1,3}(?: [0-9]{3})+)(?P<rest>(?:[.,][0-9]+)?)")
"""Groups of three with spaces between them, as the SI writes them."""
BEFORE_UNIT = re.compile(r"[+\-−–]? ?[0-9](?:[0-9 .,]*[0-9])?")
BEHIND_UNIT = re.compile(r"[0-9](?:[0-9 .,]*[0-9])?$")


@dataclass(frozen=True)
class NumberView:
    text: str
    """What was answered."""
    unit: str
    may_be_negative: bool
    """Some phones offer no minus among their digits."""
    keys: tuple[str, ...] = ()
    has_advice = False


def read(answer: NumberAnswer, sent: Sent) -> Value:
    text = one_line(sent())
    return [text] if text else []


def share(answer: NumberAnswer, value: Value, credit: Credit) -> Fraction:
    return Fraction(len(value) == 1 and is_right(answer, value[0]))


def is_right(answer: NumberAnswer, text: str) -> bool:
    """Whether something the text may mean is near enough to a key, the edge included."""
    return any(is_near(found, key) for found in meanings(text, answer.unit) for key in answer.keys)


def is_near(value: Decimal, key: Number) -> bool:
    return abs(Fraction(value) - Fraction(key.value)) <= Fraction(key.within)


def meanings(text: str, unit: str = "") -> Iterator[Decimal]:
    """Every number a learner may mean; both where "1.500" has two readings, none where it is no number."""
    written = " ".join("".join(map(narrow, text)).split()).removesuffix(".")
    bare = without_unit(written, unit)
    spaced = SPACED.fullmatch(bare)
    yield from readings(spaced["whole"].replace(" ", "") + spaced["rest"] if spaced else bare)


def narrow(letter: str) -> str:
    """A letter of full width as an ordinary one, and none where nobody sees it (pasted along); 13² is no 132."""
    if unicodedata.category(letter) == "Cf":
        return ""
    is_wide = unicodedata.decomposition(letter).startswith("<wide>")
    return unicodedata.normalize("NFKC", letter) if is_wide else letter


def without_unit(written: str, unit: str) -> str:
    """What is left of "169 ha" or "Rp1.500" where that is the unit asked for."""
    number = BEFORE_UNIT.match(written) if unit else None
    if number and folded(written[number.end() :]) == folded(unit):
        return number[0]
    number = BEHIND_UNIT.search(written) if unit else None
    if number and folded(written[: number.start()]) == folded(unit):
        return number[0]
    return written


def show(answer: NumberAnswer, rendered: Rendered, keys: Sequence[str], value: Value) -> NumberView:
    return NumberView("".join(value), answer.unit, may_be_negative(answer))


def reveal(answer: NumberAnswer, rendered: Rendered, keys: Sequence[str], value: Value) -> NumberView:
    return NumberView("".join(value), answer.unit, may_be_negative(answer), tuple(map(write_number, answer.keys)))


def has_words(answer: NumberAnswer, value: Value) -> bool:
    """A number tells nothing of whoever wrote it; a field for one takes any text."""
    return any(not any(True for _reading in meanings(text, answer.unit)) for text in value)


def may_be_negative(answer: NumberAnswer) -> bool:
    return any(key.value - key.within < 0 for key in answer.keys)


def written(key: Number) -> str:
    """A key as an answer, with one reading."""
    return write_number(Number(key.value))


NUMBER = QuestionKind[NumberAnswer](
    template="number",
    read=read,
    share=share,
    show=show,
    reveal=reveal,
    render=lambda answer, render: {},
    parts=no_parts,
    right=lambda answer: [written(answer.keys[0])],
    has_words=has_words,
)
