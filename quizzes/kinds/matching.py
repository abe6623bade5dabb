"""Left sides to be given their right sides. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from quizzes.kinds.assigned import assigned, kept
from quizzes.kinds.kind import LONGEST_LINE, QuestionKind, Render, Rendered, Sent, Value, not_of_this_page, one_text
from quizzes.kinds.spoken import spoken
from quizzes.options import key_of
from quizzes.plain_lists import Matching
from quizzes.words import Credit


@dataclass(frozen=True)
class RightView:
    key: str
    text: str
    """Safe HTML."""
    words: str
    """The same as a menu can show it."""


@dataclass(frozen=True)
class PairView:
    key: str
    text: str
    """Safe HTML of the left side."""
    chosen: str
    """The key of the right side it was given; "" where it has none yet."""
    given: str = ""
    """Safe HTML of that right side."""
    is_right: bool | None = None
    """None while the question is open."""
    right: str = ""
    """Safe HTML of the right side that belongs to it; empty while the question is open."""


@dataclass(frozen=True)
class MatchingView:
    pairs: tuple[PairView, ...]
    rights: tuple[RightView, ...]
    has_advice: bool = False

    @property
    def needs_list(self) -> bool:
        """Whether a menu alone would not show the right sides as they are: it cuts long ones and knows no pictures."""
        return any(len(right.words) > LONGEST_IN_MENU or "<img" in right.text for right in self.rights)


LONGEST_IN_MENU = 32
"""Letters of a choice that a closed menu shows on a phone."""


def right_keys(matching: Matching) -> list[str]:
    """Everything there is to choose from, each once; sides of the same words are one."""
    return list(dict.fromkeys(key_of(right) for right in matching.rights))


def read(matching: Matching, sent: Sent) -> Value:
    """The right side chosen for each left side that has one, in the author's order of left sides."""
    rights = {"", *right_keys(matching)}
    given = {}
    for pair in matching.pairs:
        left = key_of(pair.left)
        given[left] = one_text(sent(left), LONGEST_LINE)
        if given[left] not in rights:
            raise not_of_this_page()
    return kept(given)


def share(matching: Matching, value: Value, credit: Credit) -> Fraction:
    """Pairs right / pairs. Two pairs with the same right side both accept it."""
    given = assigned(value)
    right = sum(given.get(key_of(pair.left)) == key_of(pair.right) for pair in matching.pairs)
    return Fraction(right, len(matching.pairs))


def show(matching: Matching, rendered: Rendered, keys: Sequence[str], value: Value) -> MatchingView:
    lefts, given = rendered["parts"]["lefts"], assigned(value)
    pairs = (key_of(pair.left) for pair in matching.pairs)
    return MatchingView(
        tuple(PairView(key, lefts[key], given.get(key, "")) for key in pairs),
        _rights(rendered, keys),
    )


def reveal(matching: Matching, rendered: Rendered, keys: Sequence[str], value: Value) -> MatchingView:
    lefts, rights, given = rendered["parts"]["lefts"], rendered["parts"]["rights"], assigned(value)
    pairs = []
    for pair in matching.pairs:
        key, right = key_of(pair.left), key_of(pair.right)
        chosen = given.get(key, "")
        pairs.append(PairView(key, lefts[key], chosen, rights.get(chosen, ""), chosen == right, rights[right]))
    return MatchingView(tuple(pairs), _rights(rendered, keys))


def _rights(rendered: Rendered, keys: Sequence[str]) -> tuple[RightView, ...]:
    rights = rendered["parts"]["rights"]
    return tuple(RightView(key, rights[key], spoken(rights[key])) for key in keys)


def render(matching: Matching, render: Render) -> dict[str, Any]:
    """{"lefts": {key: html}, "rights": {key: html}}."""
    return {
        "lefts": {key_of(pair.left): render.inline(pair.left) for pair in matching.pairs},
        "rights": {key_of(right): render.inline(right) for right in matching.rights},
    }


def right(matching: Matching) -> Value:
    return kept({key_of(pair.left): key_of(pair.right) for pair in matching.pairs})


MATCHING = QuestionKind[Matching](
    template="matching",
    read=read,
    share=share,
    show=show,
    reveal=reveal,
    render=render,
    parts=right_keys,
    right=right,
    is_always_shuffled=True,
)
