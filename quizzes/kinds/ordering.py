"""Items to be put in their right order. Pure.

Nothing a page holds may follow the author's order, for that is the key: items are shown mixed, and an answer is kept
in the order of the items' keys, which says nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import Any

from quizzes.kinds.assigned import assigned, kept
from quizzes.kinds.kind import LONGEST_LINE, QuestionKind, Render, Rendered, Sent, Value, not_of_this_page, one_text
from quizzes.kinds.spoken import spoken
from quizzes.options import key_of
from quizzes.plain_lists import Ordering
from quizzes.words import Credit


@dataclass(frozen=True)
class ItemView:
    key: str
    text: str
    """Safe HTML."""
    words: str
    """The same as a button's name can say it."""
    chosen: int | None
    """The place it was given, from 1."""
    place: int | None = None
    """Where it belongs; None while the question is open."""

    @property
    def is_right(self) -> bool:
        return self.place is not None and self.chosen == self.place


@dataclass(frozen=True)
class OrderingView:
    items: tuple[ItemView, ...]
    concordant: int | None = None
    """Of all pairs of items, how many were put in their right order; None while the question is open."""
    has_advice: bool = False

    @property
    def count(self) -> int:
        return len(self.items)

    @property
    def pairs(self) -> int:
        return all_pairs(self.count)

    @property
    def as_given(self) -> list[ItemView]:
        """In the learner's order; what was given no place comes last."""
        return sorted(self.items, key=lambda item: item.chosen or self.count + 1)

    @property
    def in_order(self) -> list[ItemView]:
        """In the right order, where that is known."""
        return sorted(self.items, key=lambda item: item.place or 0)


def item_keys(ordering: Ordering) -> list[str]:
    return [key_of(item) for item in ordering.items]


def read(ordering: Ordering, sent: Sent) -> Value:
    """The place chosen for each item that has one; two may have the same."""
    keys = item_keys(ordering)
    places = {"", *(str(place) for place in range(1, len(keys) + 1))}
    given = {key: one_text(sent(key), LONGEST_LINE) for key in sorted(keys)}
    if not places.issuperset(given.values()):
        raise not_of_this_page()
    return kept(given)


def share(ordering: Ordering, value: Value, credit: Credit) -> Fraction:
    """Concordant pairs / all pairs (Kendall 1938, A New Measure of Rank Correlation, Biometrika 30, 81-93)."""
    return Fraction(concordant(ordering, value), all_pairs(len(ordering.items)))


def concordant(ordering: Ordering, value: Value) -> int:
    """How many pairs of items stand in their right order; one without a place, or two at one place, make none."""
    places = _places(ordering, value)
    return sum(
        one in places and other in places and places[one] < places[other]
        for one, other in combinations(item_keys(ordering), 2)
    )


def all_pairs(count: int) -> int:
    return count * (count - 1) // 2


def _places(ordering: Ordering, value: Value) -> Mapping[str, int]:
    known = {str(place): place for place in range(1, len(ordering.items) + 1)}
    return {key: known[place] for key, place in assigned(value).items() if place in known}


def show(ordering: Ordering, rendered: Rendered, keys: Sequence[str], value: Value) -> OrderingView:
    html, places = rendered["parts"], _places(ordering, value)
    return OrderingView(tuple(ItemView(key, html[key], spoken(html[key]), places.get(key)) for key in keys))


def reveal(ordering: Ordering, rendered: Rendered, keys: Sequence[str], value: Value) -> OrderingView:
    html, places = rendered["parts"], _places(ordering, value)
    right = {key: place for place, key in enumerate(item_keys(ordering), start=1)}
    return OrderingView(
        tuple(ItemView(key, html[key], spoken(html[key]), places.get(key), right[key]) for key in keys),
        concordant(ordering, value),
    )


def render(ordering: Ordering, render: Render) -> dict[str, Any]:
    """{key: html}."""
    return {key_of(item): render.inline(item) for item in ordering.items}


def right(ordering: Ordering) -> Value:
    return sorted(kept({key: str(place) for place, key in enumerate(item_keys(ordering), start=1)}))


ORDERING = QuestionKind[Ordering](
    template="ordering",
    read=read,
    share=share,
    show=show,
    reveal=reveal,
    render=render,
    parts=item_keys,
    right=right,
    is_always_shuffled=True,
)
