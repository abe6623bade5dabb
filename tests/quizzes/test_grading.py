"""Grading by tables of cases and by what must hold for every question."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.grading import mark, mark_all, share
from quizzes.questions import Choice, Credit, Kind, Option, Question

pytestmark = pytest.mark.pure

LETTERS = "abcdefgh"


def question(right: str, count: int = 4, kind: Kind | None = None, **more: object) -> Question:
    options = tuple(Option(key, f"pilihan {key}", key in right) for key in LETTERS[:count])
    kind = kind or (Kind.SINGLE if len(right) == 1 else Kind.MULTIPLE)
    return Question(
        "q", "Soal", "", kind, Decimal(str(more.pop("points", 1))), Choice(options, kind is Kind.MULTIPLE), **more
    )  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("right", "chosen", "credit", "worth"),
    [
        ("b", "b", Credit.PROPORTIONAL, 1),
        ("b", "a", Credit.PROPORTIONAL, 0),
        ("b", "", Credit.PROPORTIONAL, 0),
        ("b", "ab", Credit.PROPORTIONAL, 0),
        ("ac", "ac", Credit.PROPORTIONAL, 1),
        ("ac", "a", Credit.PROPORTIONAL, Fraction(3, 4)),
        ("ac", "ab", Credit.PROPORTIONAL, Fraction(1, 2)),
        ("ac", "bd", Credit.PROPORTIONAL, 0),
        ("ac", "abcd", Credit.PROPORTIONAL, Fraction(1, 2)),
        ("ac", "", Credit.PROPORTIONAL, 0),
        ("ac", "ac", Credit.EXACT, 1),
        ("ac", "a", Credit.EXACT, 0),
        ("ac", "acd", Credit.EXACT, 0),
        ("ac", "ac", Credit.PROPORTIONAL_CORRECT, 1),
        ("ac", "a", Credit.PROPORTIONAL_CORRECT, Fraction(1, 2)),
        ("ac", "ab", Credit.PROPORTIONAL_CORRECT, 0),
        ("ac", "az", Credit.PROPORTIONAL, 0),
    ],
)
def test_share(right: str, chosen: str, credit: Credit, worth: Fraction) -> None:
    assert share(question(right), sorted(chosen), credit) == worth


def test_points_weigh_the_share() -> None:
    given_mark = mark(question("ac", points="2.5"), ["a"], Credit.PROPORTIONAL)
    assert (given_mark.earned, given_mark.maximum) == (Fraction(15, 8), Fraction(5, 2))


def test_a_question_may_have_a_credit_of_its_own() -> None:
    assert mark(question("ac", credit=Credit.EXACT), ["a"], Credit.PROPORTIONAL).share == 0


def test_what_is_not_answered_is_blank_and_earns_nothing() -> None:
    marks = mark_all([question("b")], {}, Credit.PROPORTIONAL)
    assert (marks[0].is_blank, marks[0].earned) == (True, 0)


chosen_keys = st.frozensets(st.sampled_from(LETTERS))


@given(st.sets(st.sampled_from(LETTERS), min_size=1, max_size=7), chosen_keys, st.sampled_from(Credit))
def test_a_share_is_between_nothing_and_all_and_all_only_for_the_key(
    right: set[str], chosen: frozenset[str], credit: Credit
) -> None:
    subject = question("".join(right), 8, Kind.MULTIPLE)
    worth = share(subject, sorted(chosen), credit)
    assert worth is not None
    assert 0 <= worth <= 1
    assert (worth == 1) == (chosen == right)


@given(st.sets(st.sampled_from(LETTERS), min_size=1, max_size=7), chosen_keys, st.randoms(), st.sampled_from(Credit))
def test_the_order_of_options_never_matters(
    right: set[str], chosen: frozenset[str], chance: object, credit: Credit
) -> None:
    subject = question("".join(right), 8, Kind.MULTIPLE)
    options = list(subject.options)
    chance.shuffle(options)  # type: ignore[attr-defined]
    turned = Question("q", "Soal", "", Kind.MULTIPLE, Decimal(1), Choice(tuple(options), is_multiple=True))
    assert share(turned, sorted(chosen), credit) == share(subject, sorted(chosen), credit)
