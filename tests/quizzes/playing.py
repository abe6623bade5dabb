"""Taking the sample quiz over HTTP, as a page without script would."""

import json
from collections.abc import Mapping, Sequence

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

QUIZ = "/kursus/contoh/kuis-sister-city"
QUESTIONS = ("penerbit", "mendahului")
RIGHT: Mapping[str, Sequence[str]] = {"penerbit": ["menlu"], "mendahului": ["loi", "rencana"]}


def start(client: FlaskClient, number: int = 1) -> TestResponse:
    return client.post(f"{QUIZ}/mulai", data={"percobaan": number})


def save(
    client: FlaskClient,
    answers: Mapping[str, Sequence[str]],
    *,
    number: int = 1,
    page: str = "halaman-a",
    sequence: int = 1,
    drawn: Mapping[str, Sequence[str]] | None = None,
    button: str = "",
) -> TestResponse:
    """Send answers as a form; questions are named by id, in the file's order (the sample shuffles options only)."""
    form: dict[str, object] = {"klien": page, "tombol": button}
    for position, question in enumerate(QUESTIONS, start=1):
        if question in answers:
            form[f"urutan-{position}"] = sequence
            form[f"jawaban-{position}"] = list(answers[question])
            if drawn is not None:
                form[f"awal-{position}"] = json.dumps(sorted(drawn.get(question, ())))
    return client.post(f"{QUIZ}/percobaan/{number}/", data=form)


def answer_all(
    client: FlaskClient, answers: Mapping[str, Sequence[str]] = RIGHT, *, number: int = 1, submit: bool = False
) -> TestResponse:
    response = save(client, answers, number=number)
    return client.post(f"{QUIZ}/percobaan/{number}/kirim") if submit else response
