"""Reading answers from what a page sends. Positions count from 1 in the order the page showed.

For each question: `urutan-3` (sequence), `jawaban-3` or `jawaban-3-<part>` (what its kind reads: quizzes.kinds) and,
on a page sent whole, `awal-3` (the answer it was drawn with, as JSON). `klien` names the page.
"""

import json
import secrets
from collections.abc import Sequence

from werkzeug.datastructures import MultiDict

from quizzes.actions import Given
from quizzes.kinds import Value, kind_of
from quizzes.questions import Question

LARGEST_SEQUENCE = 1_000_000


def new_client() -> str:
    """A name for the page being drawn, under which its saves are told apart from other pages'."""
    return secrets.token_urlsafe(9)


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
    text = form.get(f"urutan-{position}", "")
    return int(text) if text.isascii() and text.isdecimal() and int(text[:9]) <= LARGEST_SEQUENCE else None


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
