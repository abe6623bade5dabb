"""Which answers hold words of whoever gave them, and what is left of those: what they were worth."""

from fractions import Fraction

import pytest

from quizzes import erased, grading
from quizzes.kinds import kind_of
from quizzes.questions import Credit
from tests.quizzes.every_kind import questions

pytestmark = pytest.mark.pure

HAS_WORDS = [
    ("tunggal", ["mendagri"], False),
    ("jamak", ["loi", "rencana"], False),
    ("teks", ["Lena Lestari"], True),
    ("teks", ["RahasiaKunciTeks"], True),
    ("angka", ["0,739"], False),
    ("angka", ["1.500 hari"], False),
    ("angka", ["entah"], True),
    ("isian", ["Mataram", "x"], True),
    ("isian", ["", "x"], False),
    ("jodoh", ["a:b"], False),
    ("urutan", ["a", "b"], False),
    ("esai", ["Panjang."], True),
    ("skala", ["3"], False),
    ("tanggapan", ["Saran."], True),
]


@pytest.mark.parametrize(("kind", "value", "has_words"), HAS_WORDS)
def test_words_are_told_from_choices_and_numbers(kind: str, value: list[str], has_words: bool) -> None:
    answer = questions()[kind].answer
    assert kind_of(answer).has_words(answer, value) is has_words


def test_every_kind_is_in_the_table() -> None:
    assert {kind for kind, _value, _has in HAS_WORDS} == set(questions())


@pytest.mark.parametrize("share", [Fraction(0), Fraction(1), Fraction(2, 3)])
def test_what_was_erased_is_worth_what_it_was(share: Fraction) -> None:
    mark = grading.mark(questions()["teks"], erased.erased(share), Credit.EXACT)
    assert (mark.share, mark.is_blank, mark.is_counted) == (share, False, True)


def test_what_nobody_judged_before_counts_nowhere() -> None:
    mark = grading.mark(questions()["esai"], erased.erased(None), Credit.EXACT)
    assert (mark.is_waiting, mark.maximum, mark.is_counted) == (False, 0, False)


def test_what_a_person_judged_stays_judged() -> None:
    mark = grading.mark(questions()["esai"], erased.erased(None), Credit.EXACT, Fraction(3, 4))
    assert (mark.share, mark.maximum, mark.is_counted) == (Fraction(3, 4), 2, True)


@pytest.mark.parametrize("kind", ["teks", "angka", "isian", "esai", "tanggapan"])
def test_no_page_can_send_the_sign(kind: str) -> None:
    answer = questions()[kind].answer
    value = kind_of(answer).read(answer, lambda part="": [] if part == "2" else [erased.ERASED])  # 2 is a menu
    assert not erased.is_erased(value)
