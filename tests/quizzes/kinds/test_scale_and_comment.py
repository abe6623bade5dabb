"""Scales and comments: nothing is right or wrong (format.md section 4, "skala" and "tanggapan")."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.errors import DomainError
from quizzes.grading import mark
from quizzes.kinds.comment import COMMENT, CommentView
from quizzes.kinds.kind import LONGEST_TEXT
from quizzes.kinds.scale import SCALE, ScaleView
from quizzes.questions import Credit
from tests.quizzes.kinds.sending import (
    asked,
    sent,
)
from tests.quizzes.reading import one

pytestmark = pytest.mark.pure

SCALE_WRITTEN = ("jenis: skala", "tujuan: SC1", "", "1 Sangat tidak setuju … 5 Sangat **setuju**")
COMMENT_WRITTEN = ("jenis: tanggapan", "kata: 150", "", "Tulis kesan Anda.")


class TestScale:
    @pytest.mark.parametrize(
        ("written", "numbers", "low", "high"),
        [
            (
                "1 Sangat tidak setuju … 5 Sangat **setuju**",
                [1, 2, 3, 4, 5],
                "Sangat tidak setuju",
                "Sangat <strong>setuju</strong>",
            ),
            ("0 ... 10", list(range(11)), "", ""),
            ("3 Tiga … 4", [3, 4], "Tiga", ""),
            ("0 … 11", list(range(12)), "", ""),
        ],
    )
    def test_it_offers_every_whole_number_with_words_for_its_ends(
        self, written: str, numbers: list[int], low: str, high: str
    ) -> None:
        view: ScaleView = asked(one("jenis: skala", "", written), [], []).answer
        assert (list(view.numbers), view.low, view.high, view.chosen) == (numbers, low, high, None)

    @pytest.mark.parametrize(
        ("fields", "value"), [({"": "1"}, ["1"]), ({"": "5"}, ["5"]), ({"": " 3\n"}, ["3"]), ({}, []), ({"": ""}, [])]
    )
    def test_one_number_is_an_answer(self, fields: dict[str, str], value: list[str]) -> None:
        assert SCALE.read(one(*SCALE_WRITTEN).answer, sent(fields)) == value

    @pytest.mark.parametrize("text", ["0", "6", "-1", "1.0", "01", "²", "satu", ["1", "2"], "1" * 2000])
    def test_what_no_page_of_ours_sends_is_refused(self, text: Any) -> None:
        with pytest.raises(DomainError):
            SCALE.read(one(*SCALE_WRITTEN).answer, sent({"": text}))

    @pytest.mark.parametrize(
        ("value", "chosen"), [(["4"], 4), ([], None), (["9"], None), (["x"], None), (["1", "2"], None)]
    )
    def test_it_shows_what_was_chosen_and_judged_the_same(self, value: list[str], chosen: int | None) -> None:
        question = one(*SCALE_WRITTEN)
        assert asked(question, [], value).answer.chosen == chosen
        assert SCALE.reveal is SCALE.show


class TestComment:
    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ("Menarik.", ["Menarik."]),
            ("  Dua\r\n\r\nalinea  \n", ["Dua\n\nalinea"]),
            (" \r\n\t ", []),
            ("", []),
            ("a" * LONGEST_TEXT, ["a" * LONGEST_TEXT]),
        ],
    )
    def test_any_text_is_an_answer_and_blanks_are_none(self, text: str, value: list[str]) -> None:
        assert COMMENT.read(one(*COMMENT_WRITTEN).answer, sent({"": text})) == value

    @pytest.mark.parametrize("text", ["a" * (LONGEST_TEXT + 1), ["satu", "dua"]])
    def test_too_long_or_twice_is_refused(self, text: Any) -> None:
        with pytest.raises(DomainError):
            COMMENT.read(one(*COMMENT_WRITTEN).answer, sent({"": text}))

    def test_how_much_to_write_is_a_guide(self) -> None:
        view: CommentView = asked(one(*COMMENT_WRITTEN), [], ["Kesan saya"]).answer
        assert (view.text, view.words) == ("Kesan saya", 150)


@pytest.mark.parametrize("written", [SCALE_WRITTEN, COMMENT_WRITTEN])
@given(st.dictionaries(st.sampled_from(["", "x"]), st.lists(st.text(max_size=20), max_size=2)))
def test_no_fields_break_it_and_nothing_is_worth_points(written: tuple[str, ...], fields: dict[str, list[str]]) -> None:
    question = one(*written)
    kind = SCALE if written is SCALE_WRITTEN else COMMENT
    try:
        value = kind.read(question.answer, sent(fields))
    except DomainError:
        return
    found = mark(question, value, Credit.EXACT)
    assert (found.earned, found.maximum, found.is_blank, found.is_waiting) == (0, 0, not value, False)


@pytest.mark.parametrize(("kind", "written"), [(SCALE, SCALE_WRITTEN), (COMMENT, COMMENT_WRITTEN)])
def test_there_is_no_right_answer(kind: Any, written: tuple[str, ...]) -> None:
    answer = one(*written).answer
    assert (kind.right(answer), kind.is_scored, list(kind.parts(answer))) == ([], False, [])
