"""`angka`: numbers, by the rules of format.md section 4, which the comments quote."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.errors import DomainError
from quizzes.answer_keys import NumberAnswer
from quizzes.kinds.number import NUMBER, is_right, meanings
from quizzes.numbers import Number
from quizzes.words import Credit
from tests.quizzes.kinds.sending import read, reveal, right, sent, share, show
from tests.quizzes.reading import one

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("key", "answer", "worth"),
    [
        ("169", "169", 1),
        ("169", " 169 ", 1),
        ("169", "170", 0),
        ("169", "169,0", 1),
        ("169", "0169", 1),
        ("169", "+169", 1),
        ("169", "169.", 1),
        ("-3", "−3", 1),
        ("-3", "– 3", 1),
        ("-3", "3", 0),
        # "comma or point"
        ("3,14", "3,14", 1),
        ("3,14", "3.14", 1),
        ("3,14", "3,140", 1),
        ("3,14", "3,1400", 1),
        # "in decimal arithmetic": 0.1 + 0.2 is 0.3 here, and the edge belongs to it
        ("0,3", "0.3", 1),
        ("0,2 ± 0,1", "0,3", 1),
        ("0,2 ± 0,1", "0,1", 1),
        ("0,2 ± 0,1", "0,300000000000001", 0),
        ("3,14 ± 0,01", "3,13", 1),
        ("3,14 ± 0,01", "3,15", 1),
        ("3,14 ± 0,01", "3,151", 0),
        ("3,14 ± 0,01", "3,129", 0),
        ("100000000000000,000000000000001", "100000000000000,000000000000001", 1),
        ("100000000000000,000000000000001", "100000000000000,000000000000002", 0),
        # "`1.500` has two readings: … in an answer either counts"
        ("1500", "1.500", 1),
        ("1,5", "1.500", 1),
        ("1,5", "1,500", 1),
        ("1500", "1,500", 1),
        ("1500", "1500,00", 1),
        ("1500", "1,5", 0),
        ("2500", "1.500", 0),
        ("1234567", "1.234.567", 1),
        ("1234567", "1,234,567", 1),
        ("1234567,5", "1.234.567,5", 1),
        # spaces between groups of three, as the SI writes them; other spaces make no number
        ("1500", "1 500", 1),
        ("1500", "1\u202f500", 1),
        ("1500000", "1 500 000", 1),
        ("1500,5", "1 500,5", 1),
        ("-1500", "-1 500", 1),
        ("15", "1 5", 0),
        ("1500", "15 00", 0),
        # full-width digits are digits
        ("169", "１６９", 1),
        # what is no number is simply wrong
        ("169", "seratus enam puluh sembilan", 0),
        ("169", "169 ha", 0),
        ("169", "1e2", 0),
        ("169", "NaN", 0),
        ("169", "Infinity", 0),
        ("132", "13²", 0),
        ("169", "\u200e169\u200b", 1),  # marks of direction and joiners come along when a text is pasted
        ("-1500", "\u2066−1.500\u2069", 1),
        ("169", "169/1", 0),
        ("169", "--169", 0),
        ("169", "168 169", 0),
        ("169", "9" * 1000, 0),
    ],
)
def test_numbers(key: str, answer: str, worth: int) -> None:
    assert share(one("jenis: angka", f"= {key}"), answer) == worth


@pytest.mark.parametrize("answer", ["5", "7"])
def test_any_of_several_is_right(answer: str) -> None:
    assert share(one("= 5 | 7"), answer) == 1


# "`satuan` is shown beside the field": a learner may repeat it
@pytest.mark.parametrize(
    ("unit", "answer", "worth"),
    [
        ("ha", "1500 ha", 1),
        ("ha", "1500ha", 1),
        ("ha", "1.500 HA.", 1),
        ("ha", "1 500 ha", 1),
        ("ha", "ha 1500", 1),
        ("ha", "1500 m", 0),
        ("ha", "1500 hal", 0),
        ("ha", "1500", 1),
        ("%", "1500%", 1),
        ("%", "1500 ％", 1),
        ("%", "1500 ‰", 0),
        ("m²", "1500 m2", 1),
        ("m2", "1500 m²", 1),
        ("Rp", "Rp1.500", 1),
        ("Rp", "Rp. 1.500", 1),
        ("Rp", "US$1.500", 0),
        ("juta rupiah", "1500 Juta  Rupiah", 1),
        ("", "1500 ha", 0),
    ],
)
def test_the_unit_may_be_repeated(unit: str, answer: str, worth: int) -> None:
    assert NUMBER.share(NumberAnswer((Number(Decimal(1500)),), unit), [answer], Credit.EXACT) == worth


def test_the_unit_stands_beside_the_field() -> None:
    assert show(one("satuan: ha", "= 169")).unit == "ha"


NUMBERS = st.decimals(-(10**9), 10**9, places=3) | st.integers(-(10**12), 10**12).map(Decimal)
KEYS = st.lists(st.builds(Number, NUMBERS, NUMBERS.map(abs)), min_size=1, max_size=3).map(tuple)


@given(KEYS, st.sampled_from(["", "ha", "%"]), st.text(max_size=30))
def test_a_share_is_all_or_nothing_and_the_right_answer_earns_all(
    keys: tuple[Number, ...], unit: str, answer: str
) -> None:
    question = NumberAnswer(keys, unit)
    assert NUMBER.share(question, [answer], Credit.PROPORTIONAL) in (0, 1)
    (best,) = NUMBER.right(question)
    assert is_right(question, best)
    assert is_right(question, f"{best} {unit}")
    assert len(list(meanings(best))) == 1


@given(NUMBERS, NUMBERS.map(abs), NUMBERS)
def test_near_enough_is_the_distance_in_exact_arithmetic(value: Decimal, within: Decimal, answer: Decimal) -> None:
    question = NumberAnswer((Number(value, within),))
    meant = [Fraction(one) for one in meanings(f"{answer:f}")]
    assert Fraction(answer) in meant
    assert is_right(question, f"{answer:f}") == any(abs(one - Fraction(value)) <= Fraction(within) for one in meant)


@given(st.text(max_size=40) | st.text("0123456789., -+−", max_size=12))
def test_no_text_breaks_reading(text: str) -> None:
    assert 0 <= len(list(meanings(text, "ha"))) <= 2


@pytest.mark.parametrize(
    ("fields", "value"), [({}, []), ({"": [" "]}, []), ({"": [" 1 500 ha "]}, ["1 500 ha"]), ({"": ["abc"]}, ["abc"])]
)
def test_reading(fields: dict[str, Sequence[str]], value: list[str]) -> None:
    assert NUMBER.read(NumberAnswer((Number(Decimal(1)),)), sent(fields)) == value


def test_two_texts_are_refused() -> None:
    with pytest.raises(DomainError):
        NUMBER.read(NumberAnswer((Number(Decimal(1)),)), sent({"": ["1", "2"]}))


def test_the_key_is_shown_only_when_it_may_be() -> None:
    question = one("satuan: ha", "= 3,14 ± 0,01 | 169")
    shown = show(question, ["7"])
    assert (shown.text, shown.keys) == ("7", ())
    assert "169" not in str(shown) and "14" not in str(shown)
    told = reveal(question, ["7"])
    assert (told.text, told.unit, told.keys) == ("7", "ha", ("3,14 ± 0,01", "169"))


def test_what_is_read_is_what_is_right() -> None:
    question = one("= 3,14 ± 0,01")
    assert read(question, _="3,14") == right(question) == ["3,14"]


@pytest.mark.parametrize(
    ("key", "may_be"),
    [("= 3", False), ("= -3", True), ("= 1 ± 2", True), ("= 3 | -1", True), ("= 0", False), ("= 1 ± 1", False)],
)
def test_a_phone_offers_a_minus_where_one_may_be_needed(key: str, may_be: bool) -> None:
    assert show(one(key)).may_be_negative == reveal(one(key)).may_be_negative == may_be
