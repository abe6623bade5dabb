"""One question online in a quiz and in a check of a lesson, and its forms filled in as a page without script is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.cast import publish
from tests.conftest import NOW
from tests.sample import LESSON, SAMPLE

QUIZ = "/kursus/contoh/kuis-sister-city/"
ATTEMPT = f"{QUIZ}percobaan/1/"
LESSON_PAGE = "/kursus/contoh/asal-usul/"
CHECK = f"{LESSON_PAGE}cek/cek-soal"

HEAD = """\
---
jenis: kuis
judul: Kuis satu soal
peran: latihan
acak: []
---

## Soalnya {#soal}
"""


SCORED = """\

## Ini soal bernilai? {#lain}

- [x] Ya
- [ ] Bukan
"""
"""Another question, for a quiz that would have no score."""


def put_online(*lines: str, more: str = "") -> None:
    """The question whose heading these lines follow, as a quiz of its own and at the end of a lesson."""
    question = "\n".join(lines)
    check = f"{LESSON}\n::: cek {{#cek-soal}}\n### Soalnya {{#soal-cek}}\n{question}\n:::\n"
    files = {
        "01_sister_city__03_kuis_sister_city_md": f"{HEAD}{question}\n{more}",
        "01_sister_city__01_asal_usul_md": check,
    }
    report = publish(SAMPLE.but(**files), NOW)
    assert not report.kept, report.outline


@dataclass
class Form:
    """What a browser would send of a form: its fields as they stand."""

    fields: dict[str, list[str]] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)
    """The values that a menu, or radio buttons of one name, offer."""

    @property
    def answers(self) -> dict[str, list[str]]:
        """The fields of the question itself as they stand."""
        return {name: values for name, values in self.fields.items() if name.startswith("jawaban-")}

    @property
    def names(self) -> list[str]:
        """Of the fields that answer, in the page's order."""
        return [name for name in {**self.choices, **self.fields} if name.startswith("jawaban-")]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.form = Form()
        self.menu = ""
        self.text = ""
        self.is_chosen = False

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attributes}
        name = found.get("name", "")
        if tag == "input" and found.get("type") in ("radio", "checkbox"):
            self.form.choices.setdefault(name, []).append(found["value"])
            if "checked" in found:
                self.form.fields.setdefault(name, []).append(found["value"])
        elif tag == "input" and name:
            self.form.fields.setdefault(name, []).append(found.get("value", ""))
        elif tag == "select":
            self.menu, self.form.choices[name] = name, []
        elif tag == "option":
            self.form.choices[self.menu].append(found["value"])
            if "selected" in found:
                assert self.menu not in self.form.fields, "a menu has one choice"
                self.form.fields[self.menu] = [found["value"]]
        elif tag == "textarea":
            self.text = name
            self.form.fields[name] = [""]

    def handle_data(self, data: str) -> None:
        if self.text:
            self.form.fields[self.text][0] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.text = ""


def form(page: str, action: str) -> Form:
    """The form of a page that goes to this address."""
    start = page.index(f'action="{action}"')
    reader = _Reader()
    reader.feed(page[start : page.index("</form>", start)])
    return reader.form


def begin(client: FlaskClient) -> Form:
    """Start the quiz; its form."""
    client.post(f"{QUIZ}mulai", data={"percobaan": 1})
    return again(client)


def again(client: FlaskClient) -> Form:
    """The form of the attempt as it stands now."""
    return form(client.get(ATTEMPT).text, ATTEMPT)


def fill(
    client: FlaskClient, filled: Form, answers: Mapping[str, str | Sequence[str]], to: str = ATTEMPT
) -> TestResponse:
    """Send a form with these answers in the place of its own."""
    return client.post(to, data={**filled.fields, **answers})


def submit(client: FlaskClient) -> str:
    """Send the attempt; its review."""
    client.post(f"{ATTEMPT}kirim")
    return client.get(ATTEMPT).text


def check(client: FlaskClient) -> Form:
    return form(client.get(LESSON_PAGE).text, CHECK)
