"""What an attempt draws, which form it is, and how much that comes to; by tables and for any cohort."""

import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes import attempts, drawing, parallel_forms
from quizzes.drawing import Size
from quizzes.questions import Question
from quizzes.quiz import QuizHead
from tests.quizzes.test_grading import question

pytestmark = pytest.mark.pure


def bank(*pools: str, forms: str = "", points: tuple[int, ...] = ()) -> list[Question]:
    """Questions s0, s1, … of the pools given; forms and points are by position, where they are given."""
    return [
        replace(
            question("a", 3),
            id=f"s{place}",
            pool=pool,
            form=forms[place].strip() if forms else "",
            points=Decimal(points[place] if points else 1),
        )
        for place, pool in enumerate(pools)
    ]


FIVE = bank("mudah", "mudah", "", "sulit", "sulit")


@pytest.mark.parametrize(
    ("wanted", "of_pools"),
    [
        (None, {"mudah": 2, "": 1, "sulit": 2}),
        ({"mudah": 1}, {"mudah": 1, "": 1, "sulit": 2}),
        ({"mudah": 1, "sulit": 1}, {"mudah": 1, "": 1, "sulit": 1}),
        ({"mudah": 9}, {"mudah": 2, "": 1, "sulit": 2}),
    ],
)
@given(seed=st.integers())
def test_so_many_of_each_pool_named_and_all_of_the_rest(
    seed: int, wanted: Mapping[str, int] | None, of_pools: dict[str, int]
) -> None:
    drawn = drawing.draw(FIVE, wanted, random.Random(seed))
    assert Counter(one.pool for one in drawn) == of_pools
    assert drawn == [one for one in FIVE if one in drawn], "in the order of the file"


@given(seed=st.integers(), wanted=st.integers(1, 7))
def test_so_many_of_all(seed: int, wanted: int) -> None:
    drawn = drawing.draw(FIVE, wanted, random.Random(seed))
    assert len(drawn) == len({one.id for one in drawn}) == min(wanted, 5)
    assert drawn == drawing.draw(FIVE, wanted, random.Random(seed)), "the same seed draws the same"


def test_every_question_may_be_drawn() -> None:
    seen = {one.id for seed in range(60) for one in drawing.draw(FIVE, 2, random.Random(seed))}
    assert seen == {one.id for one in FIVE}


@pytest.mark.parametrize(
    ("wanted", "size"),
    [
        (None, Size(4, 4, Decimal(11), Decimal(11))),
        (2, Size(2, 2, Decimal(3), Decimal(8))),
        ({"x": 1}, Size(3, 3, Decimal(8), Decimal(10))),
        ({"x": 5}, Size(4, 4, Decimal(11), Decimal(11))),
    ],
)
def test_how_much_is_asked_is_told_before(wanted: int | Mapping[str, int] | None, size: Size) -> None:
    assert drawing.size(bank("", "x", "x", "", points=(2, 1, 3, 5)), wanted) == size


@given(st.integers(), st.integers(1, 4))
def test_what_is_drawn_is_within_what_was_told(seed: int, wanted: int) -> None:
    questions = bank("", "x", "x", "", points=(2, 1, 3, 5))
    told, drawn = drawing.size(questions, wanted), drawing.draw(questions, wanted, random.Random(seed))
    assert told.fewest <= len(drawn) <= told.most
    assert told.least_points <= sum(one.points for one in drawn) <= told.most_points


def test_the_order_of_the_file_is_kept_unless_questions_are_shuffled() -> None:
    kept = QuizHead(title="Kuis", draw=3, shuffle=())
    for seed in range(20):
        ids = [id for id, _parts in attempts.arrange(FIVE, kept, seed)]
        assert (len(ids), ids) == (3, sorted(ids, key=str))
    shuffled = replace(kept, shuffle=("soal",))
    orders = {tuple(str(id) for id, _parts in attempts.arrange(FIVE, shuffled, seed)) for seed in range(20)}
    assert any(list(order) != sorted(order) for order in orders)


class TestForms:
    def test_a_question_without_a_form_is_of_both(self) -> None:
        questions = bank("", "", "", forms="AB ")
        assert [one.id for one in parallel_forms.of_form(questions, "A")] == ["s0", "s2"]
        assert [one.id for one in parallel_forms.of_form(questions, "B")] == ["s1", "s2"]
        assert parallel_forms.of_form(questions, "") == questions

    @given(st.integers(0, 400), st.text(max_size=8), st.text(max_size=8))
    def test_within_a_cohort_the_forms_differ_by_one_at_most(self, size: int, cohort: str, quiz: str) -> None:
        given_out = Counter(parallel_forms.assigned(rank, cohort, quiz) for rank in range(size))
        assert abs(given_out["A"] - given_out["B"]) <= 1
        assert set(given_out) <= {"A", "B"}

    @given(st.integers(0, 400), st.text(max_size=8), st.text(max_size=8))
    def test_neighbours_get_both_and_everybody_always_the_same(self, block: int, cohort: str, quiz: str) -> None:
        pair = [parallel_forms.assigned(2 * block + place, cohort, quiz) for place in (0, 1)]
        assert sorted(pair) == ["A", "B"]
        assert pair == [parallel_forms.assigned(2 * block + place, cohort, quiz) for place in (0, 1)]

    def test_the_order_within_a_block_is_a_coin_s_and_no_pattern(self) -> None:
        firsts = [parallel_forms.assigned(2 * block, "dua", "prates") for block in range(400)]
        # Of 400 throws a fair coin shows heads between 150 and 250 times but once in more than a million runs.
        assert 150 < firsts.count("A") < 250
        assert firsts != [parallel_forms.assigned(2 * block, "dua", "pascates") for block in range(400)]

    @pytest.mark.parametrize(("form", "other"), [("A", "B"), ("B", "A"), ("", "")])
    def test_the_other_form(self, form: str, other: str) -> None:
        assert parallel_forms.other(form) == other

    def test_two_forms_of_different_length_are_told_as_a_range(self) -> None:
        questions = bank("", "", "", "", forms="AAB ", points=(1, 1, 5, 1))
        assert parallel_forms.size(questions, None) == Size(2, 3, Decimal(3), Decimal(6))
        assert parallel_forms.size(questions, 1) == Size(1, 1, Decimal(1), Decimal(5))
        assert parallel_forms.size(questions, None, "B") == Size(2, 2, Decimal(6), Decimal(6))
