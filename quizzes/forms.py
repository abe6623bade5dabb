"""Reading answers from what a page sends. Positions count from 1 in the order the page showed.

For each question: `urutan-3` (sequence), `jawaban-3` (option keys, none when nothing is chosen) and, on a page sent
whole, `awal-3` (the answer it was drawn with, keys joined by commas). `klien` names the page.
"""

import secrets
from collections.abc import Sequence

from werkzeug.datastructures import MultiDict

from quizzes.actions import Given
from quizzes.questions import Question

LARGEST_SEQUENCE = 1_000_000


def new_client() -> str:
    """A name for the page being drawn, under which its saves are told apart from other pages'."""
    return secrets.token_urlsafe(9)


def read_answers(form: MultiDict[str, str], questions: Sequence[Question]) -> list[Given]:
    """What a page sends of the questions it showed; one it does not name is left as it is."""
    return [
        Given(question, _value(form, position), sequence, _drawn(form, position))
        for position, question in enumerate(questions, start=1)
        if (sequence := _sequence(form, position)) is not None
    ]


def _sequence(form: MultiDict[str, str], position: int) -> int | None:
    text = form.get(f"urutan-{position}", "")
    return int(text) if text.isascii() and text.isdecimal() and int(text[:9]) <= LARGEST_SEQUENCE else None


def _value(form: MultiDict[str, str], position: int) -> list[str]:
    return sorted(set(form.getlist(f"jawaban-{position}")))


def _drawn(form: MultiDict[str, str], position: int) -> list[str] | None:
    text = form.get(f"awal-{position}")
    return None if text is None else sorted(key for key in text.split(",") if key)
