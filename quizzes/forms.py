"""Reading answers from what a page sends. Positions count from 1 in the order the page showed.

For each question: `urutan-3` (sequence), `jawaban-3` or `jawaban-3-<part>` (what its kind reads: quizzes.kinds) and,
on a page sent whole, `awal-3` (the answer it was drawn with, as JSON). `klien` names the page, `terlihat` the last
save it was drawn with. `tombol` is the button: a position saves, `periksa-3` has question 3 checked, `kirim` goes on.
"""

import json
import secrets
from collections.abc import Sequence

from werkzeug.datastructures import MultiDict

from foundation.web import LARGEST_NUMBER
from quizzes.actions import Given
from quizzes.kinds import Value, kind_of
from quizzes.questions import Question
from quizzes.saves import Page

LARGEST_SEQUENCE = 1_000_000
CHECK = "periksa-"


def new_client() -> str:
    """A name for the page being drawn, under which its saves are told apart from other pages'."""
    return secrets.token_urlsafe(9)


def read_page(form: MultiDict[str, str]) -> Page:
    """The page that sends this."""
    return Page(form.get("klien", ""), _number(form.get("terlihat", ""), LARGEST_NUMBER))


def button_position(button: str, verb: str = "") -> int | None:
    """The position of the question whose button was pressed; None for another button."""
    return _number(button.removeprefix(verb), LARGEST_SEQUENCE) if button.startswith(verb) else None


def question_to_check(button: str, questions: Sequence[Question]) -> str:
    """The id of the question that "Periksa" was pressed for; "" for another button."""
    position = button_position(button, CHECK) or 0
    return questions[position - 1].id if 0 < position <= len(questions) else ""


def read_answers(form: MultiDict[str, str], questions: Sequence[Question]) -> list[Given]:
    """What a page sends of the questions it showed; one it does not name is left as it is.

    Raises DomainError for an answer that no page of ours sends.
    """
    return [
        Given(question, _value(form, question, position), sequence, _drawn(form, position))
        for position, question in enumerate(questions, start=1)
        if (sequence := _sequence(form, position)) is not None
    ]


def _sequence(form: MultiDict[str, str], position: int) -> int | None:
    return _number(form.get(f"urutan-{position}", ""), LARGEST_SEQUENCE)


def _number(text: str, largest: int) -> int | None:
    """A whole number from 0; None for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 10 and int(text) <= largest else None


def _value(form: MultiDict[str, str], question: Question, position: int) -> Value:
    def sent(part: str = "") -> Sequence[str]:
        return form.getlist(f"jawaban-{position}-{part}" if part else f"jawaban-{position}")

    return kind_of(question.answer).read(question.answer, sent)


def _drawn(form: MultiDict[str, str], position: int) -> Value | None:
    try:
        value = json.loads(form.get(f"awal-{position}", ""))
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, list) and all(isinstance(part, str) for part in value) else None
