"""Ordering: items get their places (format.md section 4, "urutan")."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.errors import DomainError
from quizzes.grading import share
from quizzes.kinds.ordering import ORDERING, OrderingView
from quizzes.options import key_of
from quizzes.plain_lists import Ordering
from quizzes.questions import Credit, Question
from tests.quizzes.kinds.sending import (
    asked,
    rendered,
    right,
    sent,
)
from tests.quizzes.reading import one

pytestmark = pytest.mark.pure

STEPS = ("Prakarsa", "LoI", "MoU", "Rencana aksi")
WRITTEN = ("", *(f"{place}. {step}" for place, step in enumerate(STEPS, start=1)))
KEYS = [key_of(step) for step in STEPS]


def value(places: Sequence[int | None], keys: Sequence[str] = KEYS) -> list[str]:
    """The places of the items, these in their right order; None: none."""
    return sorted(f"{key}:{place}" for key, place in zip(keys, places, strict=True) if place is not None)


class TestShare:
    @pytest.mark.parametrize(
        ("places", "pairs"),
        [
            # "concordant pairs / all pairs": of four items there are six pairs.
            ((1, 2, 3, 4), 6),
            ((2, 1, 3, 4), 5),  # neighbours swapped
            ((1, 2, 4, 3), 5),
            ((4, 2, 3, 1), 1),  # only the two in between are in order
            ((4, 1, 2, 3), 3),  # the first put last: all pairs without it still hold
            ((2, 3, 4, 1), 3),
            ((4, 3, 2, 1), 0),
            # Kendall 1938: a pair is concordant when both orders agree on it strictly; ties are not.
            ((1, 1, 2, 3), 5),
            ((2, 2, 2, 2), 0),
            ((1, 1, 4, 4), 4),
            # A missing place makes no pair.
            ((None, 1, 2, 3), 3),
            ((1, None, None, 2), 1),
            ((3, None, None, None), 0),
            ((None, None, None, None), 0),
        ],
    )
    @pytest.mark.parametrize("credit", Credit)
    def test_it_is_the_share_of_concordant_pairs_under_every_credit(
        self, places: Sequence[int | None], pairs: int, credit: Credit
    ) -> None:
        assert share(one(*WRITTEN), value(places), credit) == Fraction(pairs, 6)

    @pytest.mark.parametrize(
        "broken",
        [
            ["x"],
            [f"{KEYS[0]}:0", f"{KEYS[1]}:1"],
            [f"{KEYS[0]}:4", f"{KEYS[1]}:5"],
            [f"{KEYS[0]}:²", f"{KEYS[1]}:" + "9" * 9999],
        ],
    )
    def test_what_was_never_an_answer_earns_nothing(self, broken: list[str]) -> None:
        assert share(one(*WRITTEN), broken, Credit.PROPORTIONAL) == 0


class TestReading:
    def test_items_without_a_place_are_left_out_and_two_may_share_one(self) -> None:
        answer = one(*WRITTEN).answer
        fields = {KEYS[0]: "2", KEYS[1]: "2", KEYS[2]: "", KEYS[3]: "4"}
        assert ORDERING.read(answer, sent(fields)) == value((2, 2, None, 4))
        assert ORDERING.read(answer, sent(dict.fromkeys(KEYS, ""))) == []
        assert ORDERING.read(answer, sent({})) == []

    @pytest.mark.parametrize("place", ["0", "5", "-1", "1.0", "01", "²", "१", "satu", ["1", "2"], "1" * 2000])
    def test_what_no_page_of_ours_sends_is_refused(self, place: Any) -> None:
        with pytest.raises(DomainError):
            ORDERING.read(one(*WRITTEN).answer, sent({KEYS[0]: place}))


words = st.text(st.characters(categories=["L", "N", "P", "S", "Z"]), max_size=12)


@st.composite
def questions(draw: st.DrawFn) -> Question:
    items = draw(st.lists(st.sampled_from("abcdefghij"), min_size=2, max_size=8, unique=True))
    return one("", *(f"{place}. {item}" for place, item in enumerate(items, start=1)))


def keys_of(question: Question) -> list[str]:
    return list(ORDERING.parts(question.answer))


def worth(question: Question, places: Sequence[int | None]) -> Fraction:
    found = share(question, value(places, keys_of(question)), Credit.PROPORTIONAL)
    assert found is not None
    return found


@given(questions(), st.data())
def test_any_places_are_worth_between_nothing_and_all_and_all_only_for_the_key(
    question: Question, data: st.DataObject
) -> None:
    count = len(keys_of(question))
    some = st.one_of(st.none(), st.integers(1, count))
    places = data.draw(st.lists(some, min_size=count, max_size=count))
    assert 0 <= worth(question, places) <= 1
    assert (worth(question, places) == 1) == (places == list(range(1, count + 1)))
    shuffled = data.draw(st.permutations(value(places, keys_of(question))))
    assert share(question, shuffled, Credit.PROPORTIONAL) == worth(question, places)


@given(questions())
def test_the_right_answer_earns_all_its_reverse_nothing_and_its_page_can_send_it(question: Question) -> None:
    count = len(keys_of(question))
    assert share(question, right(question), Credit.PROPORTIONAL) == 1
    assert worth(question, range(count, 0, -1)) == 0
    fields = dict(part.split(":") for part in right(question))
    assert ORDERING.read(question.answer, sent(fields)) == right(question)


@given(questions(), st.data())
def test_swapping_neighbours_changes_exactly_one_pair(question: Question, data: st.DataObject) -> None:
    """From the right order it loses one; from any order it gains or loses one."""
    count = len(keys_of(question))
    pairs = Fraction(1, count * (count - 1) // 2)
    place = data.draw(st.integers(1, count - 1))
    swap = {place: place + 1, place + 1: place}
    assert worth(question, [swap.get(one, one) for one in range(1, count + 1)]) == 1 - pairs
    order = data.draw(st.permutations(range(1, count + 1)))
    assert abs(worth(question, order) - worth(question, [swap.get(one, one) for one in order])) == pairs


@given(st.dictionaries(st.one_of(st.sampled_from(KEYS), words), st.lists(words, max_size=3)))
def test_no_fields_break_it(fields: dict[str, list[str]]) -> None:
    question = one(*WRITTEN)
    try:
        found = ORDERING.read(question.answer, sent(fields))
    except DomainError:
        return
    assert 0 <= (share(question, found, Credit.PROPORTIONAL) or 0) <= 1


@given(questions(), st.data())
def test_an_open_question_says_nothing_of_the_order(question: Question, data: st.DataObject) -> None:
    """Everything a page gets to draw is the same, whatever order is right: also how an answer is kept and sent back."""
    assert isinstance(question.answer, Ordering)
    items = question.answer.items
    other = Question(**{**vars(question), "answer": Ordering(tuple(data.draw(st.permutations(items))))})
    keys = data.draw(st.permutations(keys_of(question)))
    places = st.one_of(st.just(""), st.integers(1, len(items)).map(str))
    fields = {key: data.draw(places) for key in keys}
    found, same = ORDERING.read(question.answer, sent(fields)), ORDERING.read(other.answer, sent(fields))
    assert asked(question, keys, found) == asked(other, keys, same)


def test_items_are_always_mixed() -> None:
    assert ORDERING.is_always_shuffled


def test_items_are_drawn_as_they_were_mixed_each_with_its_place() -> None:
    mixed = [KEYS[2], KEYS[0], KEYS[3], KEYS[1]]
    view: OrderingView = asked(one(*WRITTEN), mixed, value((2, 1, None, 4))).answer
    assert [(item.key, item.text, item.words, item.chosen) for item in view.items] == [
        (KEYS[2], "MoU", "MoU", None),
        (KEYS[0], "Prakarsa", "Prakarsa", 2),
        (KEYS[3], "Rencana aksi", "Rencana aksi", 4),
        (KEYS[1], "LoI", "LoI", 1),
    ]


def revealed(places: Sequence[int | None]) -> OrderingView:
    question = one(*WRITTEN)
    view: OrderingView = ORDERING.reveal(question.answer, rendered(question), sorted(KEYS), value(places))
    return view


def test_judged_it_shows_the_order_given_and_where_each_item_belongs() -> None:
    view = revealed((2, 1, None, 4))
    assert [(item.text, item.place, item.is_right) for item in view.as_given] == [
        ("LoI", 2, False),
        ("Prakarsa", 1, False),
        ("Rencana aksi", 4, True),
        ("MoU", 3, False),
    ]
    assert [item.text for item in view.in_order] == list(STEPS)
    assert [(item.key, item.words) for item in view.in_order] == list(zip(KEYS, STEPS, strict=True))
    assert (view.concordant, view.pairs) == (2, 6)
