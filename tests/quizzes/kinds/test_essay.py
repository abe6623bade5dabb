"""Essays: what is read and kept, what the page shows, who may say what they are worth."""

from collections.abc import Sequence
from fractions import Fraction

import pytest

from foundation.errors import DomainError
from quizzes.grading import mark
from quizzes.kinds import kind_of
from quizzes.kinds.essay import ESSAY
from quizzes.kinds.kind import LONGEST_TEXT
from quizzes.quiz import parse, render
from quizzes.rubrics import Essay
from quizzes.words import Credit
from tests.quizzes.essays import SOURCE
from tests.quizzes.reading import answer, one

pytestmark = pytest.mark.pure

LINES = (
    "jenis: esai",
    "poin: 4",
    "",
    "| Kriteria | Bobot | Baik | Kurang |",
    "|---|---|---|---|",
    "| Isi | 3 | a | b |",
)


def read(*sent: str) -> list[str]:
    def field(part: str = "") -> Sequence[str]:
        return [] if part else sent

    return ESSAY.read(answer(Essay, *LINES), field)


@pytest.mark.parametrize(
    ("sent", "value"),
    [
        ([], []),
        ([""], []),
        ([" \r\n\t"], []),
        (["  Dua kata \n"], ["Dua kata"]),
        (["a\r\n\r\nb"], ["a\n\nb"]),
        (["x" * LONGEST_TEXT], ["x" * LONGEST_TEXT]),
    ],
)
def test_a_text_is_kept_in_one_spelling(sent: list[str], value: list[str]) -> None:
    assert read(*sent) == value


@pytest.mark.parametrize("sent", [["x" * (LONGEST_TEXT + 1)], ["a", "b"]])
def test_what_no_page_of_ours_sends_is_refused(sent: list[str]) -> None:
    with pytest.raises(DomainError):
        read(*sent)


def test_it_waits_for_a_person_and_a_blank_one_waits_for_nobody() -> None:
    question = one(*LINES)
    assert mark(question, ["Teks"], Credit.PROPORTIONAL).is_waiting
    blank = mark(question, [], Credit.PROPORTIONAL)
    assert (blank.is_waiting, blank.earned, blank.maximum) == (False, 0, 4)
    judged = mark(question, ["Teks"], Credit.PROPORTIONAL, Fraction(1, 2))
    assert (judged.is_waiting, judged.earned) == (False, 2)


def test_the_page_shows_the_rubric_before_anything_is_written() -> None:
    quiz = parse(SOURCE, "04-kuis-esai.md").definition
    html = render(quiz, lambda target: None)["questions"]["alasan"]
    essay = quiz.questions[1].answer
    view = kind_of(essay).show(essay, html, [], ["Satu dua.\n\n \n<b>Tiga</b>\nempat"])
    assert [(criterion.name, criterion.percent) for criterion in view.criteria] == [
        ("<strong>Alasan</strong>", 75),
        ("Bahasa", 25),
    ]
    assert [(level.name, level.percent, level.description) for level in view.criteria[0].levels] == [
        ("Baik", 100, "Tiga alasan"),
        ("Cukup", 60, "Dua alasan"),
        ("Kurang", 0, "Tanpa alasan"),
    ]
    assert view.paragraphs == ["Satu dua.", "<b>Tiga</b>\nempat"]
    assert (view.words, view.words_written) == (50, 4)
    unwritten = kind_of(essay).show(essay, html, [], [])
    assert (unwritten.text, unwritten.paragraphs, unwritten.criteria) == ("", [], view.criteria)


def test_nobody_knows_the_right_answer() -> None:
    essay = answer(Essay, *LINES)
    assert list(ESSAY.right(essay)) == list(ESSAY.parts(essay)) == []
