"""Matching: every left side gets a right side from a menu (format.md section 4, "jodoh")."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.errors import DomainError
from quizzes.grading import share
from quizzes.kinds.matching import MATCHING, MatchingView
from quizzes.options import key_of
from quizzes.plain_lists import Matching, Pair
from quizzes.questions import Credit, Question
from tests.quizzes.kinds.sending import (
    asked,
    rendered,
    right,
    sent,
)
from tests.quizzes.reading import one

pytestmark = pytest.mark.pure

WRITTEN = ("", "- Flanders -> Belgia", "- Gyeongsangbuk -> Korea Selatan", "- Jeju -> Korea Selatan", "- -> Kanada")
FLANDERS, GYEONGSANGBUK, JEJU = (key_of(text) for text in ("Flanders", "Gyeongsangbuk", "Jeju"))
BELGIUM, KOREA, CANADA = (key_of(text) for text in ("Belgia", "Korea Selatan", "Kanada"))
COUNTRIES = {"B": BELGIUM, "K": KOREA, "C": CANADA, "?": "bukan-pilihan"}


def value(given: str) -> list[str]:
    """ "BK-" gives Flanders Belgium, Gyeongsangbuk Korea and Jeju nothing."""
    lefts = zip((FLANDERS, GYEONGSANGBUK, JEJU), given, strict=True)
    return [f"{left}:{COUNTRIES[letter]}" for left, letter in lefts if letter != "-"]


class TestShare:
    @pytest.mark.parametrize(
        ("given", "worth"),
        [
            ("BKK", 1),  # "share of pairs right"
            ("BK-", Fraction(2, 3)),
            ("B--", Fraction(1, 3)),
            ("---", 0),
            ("KBB", 0),
            ("BCC", Fraction(1, 3)),  # a distractor belongs to none
            ("KKK", Fraction(2, 3)),  # one right side for all: as much as it is right for
            ("B??", Fraction(1, 3)),
        ],
    )
    @pytest.mark.parametrize("credit", Credit)
    def test_it_is_the_share_of_pairs_right_under_every_credit(
        self, given: str, worth: Fraction, credit: Credit
    ) -> None:
        assert share(one(*WRITTEN), value(given), credit) == worth

    def test_two_pairs_with_the_same_right_side_both_accept_it(self) -> None:
        question = one("", "- Satu ->  Sama   sekali", "- Dua -> Sama sekali", "- Tiga -> Beda")
        keys = MATCHING.parts(question.answer)
        assert len(keys) == 2, "what reads the same is one choice"
        both = [f"{key_of(left)}:{key_of('Sama sekali')}" for left in ("Satu", "Dua")]
        assert share(question, both, Credit.PROPORTIONAL) == Fraction(2, 3)

    @pytest.mark.parametrize("broken", [["x"], [":"], ["a:b:c"], [f"{FLANDERS}"], [f"{FLANDERS}:"], ["", ""]])
    def test_what_was_never_an_answer_earns_nothing(self, broken: list[str]) -> None:
        assert share(one(*WRITTEN), broken, Credit.PROPORTIONAL) == 0


class TestReading:
    def test_left_sides_without_a_choice_are_left_out_and_nothing_chosen_is_no_answer(self) -> None:
        answer = one(*WRITTEN).answer
        chosen = {JEJU: KOREA, FLANDERS: "", GYEONGSANGBUK: CANADA}
        assert MATCHING.read(answer, sent(chosen)) == [f"{GYEONGSANGBUK}:{CANADA}", f"{JEJU}:{KOREA}"]
        assert MATCHING.read(answer, sent({FLANDERS: "", JEJU: ""})) == []
        assert MATCHING.read(answer, sent({})) == []

    @pytest.mark.parametrize(
        "fields", [{FLANDERS: "Belgia"}, {FLANDERS: [BELGIUM, KOREA]}, {JEJU: JEJU}, {JEJU: "x" * 2000}]
    )
    def test_what_no_page_of_ours_sends_is_refused(self, fields: dict[str, Any]) -> None:
        with pytest.raises(DomainError):
            MATCHING.read(one(*WRITTEN).answer, sent(fields))


words = st.text(st.characters(categories=["L", "N", "P", "S", "Z"]), max_size=12)
texts = st.lists(st.sampled_from("abcdefghij"), min_size=2, max_size=8, unique=True)


@st.composite
def questions(draw: st.DrawFn) -> Question:
    """Any question of pairs: right sides may be the same, as long as there are two to choose from."""
    lefts = draw(texts)
    rights = draw(st.lists(st.sampled_from("vwxyz"), min_size=len(lefts), max_size=len(lefts)))
    distractors = [f"- -> {text}" for text in draw(st.sets(st.sampled_from("klmn"), min_size=1))]
    return one("", *(f"- {left} -> {right}" for left, right in zip(lefts, rights, strict=True)), *distractors)


def matching(question: Question) -> Matching:
    assert isinstance(question.answer, Matching)
    return question.answer


@given(questions(), st.data())
def test_any_choices_are_worth_between_nothing_and_all_and_all_only_for_the_key(
    question: Question, data: st.DataObject
) -> None:
    answer = matching(question)
    keys = MATCHING.parts(answer)
    chosen = {key_of(pair.left): data.draw(st.sampled_from(["", *keys])) for pair in answer.pairs}
    found = MATCHING.read(answer, sent(chosen))
    worth = share(question, found, Credit.PROPORTIONAL)
    assert worth is not None
    assert 0 <= worth <= 1
    assert (worth == 1) == (found == right(question))
    assert worth == share(question, data.draw(st.permutations(found)), Credit.PROPORTIONAL)


@given(questions())
def test_the_right_answer_is_one_that_its_page_can_send(question: Question) -> None:
    fields = dict(part.split(":") for part in right(question))
    assert MATCHING.read(question.answer, sent(fields)) == right(question)


@given(st.dictionaries(st.one_of(st.sampled_from([FLANDERS, JEJU]), words), st.lists(words, max_size=3)))
def test_no_fields_break_it(fields: dict[str, list[str]]) -> None:
    question = one(*WRITTEN)
    try:
        found = MATCHING.read(question.answer, sent(fields))
    except DomainError:
        return
    assert 0 <= (share(question, found, Credit.PROPORTIONAL) or 0) <= 1


@given(questions(), st.data())
def test_an_open_question_says_nothing_of_which_belong_together(question: Question, data: st.DataObject) -> None:
    """Everything a page gets to draw is the same, however the right sides are dealt."""
    answer = matching(question)
    keys = data.draw(st.permutations(MATCHING.parts(answer)))
    dealt = data.draw(st.permutations([*(pair.right for pair in answer.pairs), *answer.distractors]))
    pairs = tuple(Pair(pair.left, text) for pair, text in zip(answer.pairs, dealt, strict=False))
    other = Question(**{**vars(question), "answer": Matching(pairs, tuple(dealt[len(pairs) :]))})
    lefts = [key_of(pair.left) for pair in answer.pairs]
    found = [f"{left}:{data.draw(st.sampled_from(keys))}" for left in lefts]
    assert asked(question, keys, found) == asked(other, keys, found)


def test_right_sides_stand_in_an_order_of_their_own() -> None:
    question = one(*WRITTEN)
    view: MatchingView = asked(question, [CANADA, BELGIUM, KOREA], []).answer
    assert [(right.key, right.words) for right in view.rights] == [
        (CANADA, "Kanada"),
        (BELGIUM, "Belgia"),
        (KOREA, "Korea Selatan"),
    ]
    assert [(pair.key, pair.text) for pair in view.pairs] == [
        (FLANDERS, "Flanders"),
        (GYEONGSANGBUK, "Gyeongsangbuk"),
        (JEJU, "Jeju"),
    ]
    assert MATCHING.is_always_shuffled


@pytest.mark.parametrize(
    ("written", "words", "needs_list"),
    [
        ("**Belgia** & _Luksemburg_", "Belgia & Luksemburg", False),
        ("![Bendera Belgia](../media/peta.svg)", "Bendera Belgia", True),
        ("Negara yang memberi daerahnya hak berunding", "Negara yang memberi daerahnya hak berunding", True),
    ],
)
def test_a_menu_holds_words_and_what_it_cannot_show_stands_beside_it(
    written: str, words: str, needs_list: bool
) -> None:
    question = one("", f"- Flanders -> {written}", "- Jeju -> Korea")
    view: MatchingView = asked(question, MATCHING.parts(question.answer), []).answer
    assert (view.rights[0].words, view.needs_list) == (words, needs_list)


def revealed(given: str) -> MatchingView:
    question = one(*WRITTEN)
    view: MatchingView = MATCHING.reveal(question.answer, rendered(question), [CANADA, BELGIUM, KOREA], value(given))
    return view


def test_judged_each_pair_says_whether_it_is_right_and_what_is() -> None:
    found: Sequence[Any] = [(pair.given, pair.is_right, pair.right) for pair in revealed("BC-").pairs]
    assert found == [("Belgia", True, "Belgia"), ("Kanada", False, "Korea Selatan"), ("", False, "Korea Selatan")]


def test_what_was_chosen_stands_there_open_and_judged() -> None:
    open_view: MatchingView = asked(one(*WRITTEN), [CANADA, BELGIUM, KOREA], value("BC-")).answer
    chosen = [(FLANDERS, "Flanders", BELGIUM), (GYEONGSANGBUK, "Gyeongsangbuk", CANADA), (JEJU, "Jeju", "")]
    for view in (open_view, revealed("BC-")):
        assert [(pair.key, pair.text, pair.chosen) for pair in view.pairs] == chosen
    assert revealed("BC-").rights == open_view.rights
