"""Definitions at the end of a quiz are no answers and no text below them; the questions above know them."""

import re

import pytest

from foundation.problems import has_errors
from quizzes.questions import parse_questions
from quizzes.quiz import parse, parse_check, render, render_check

pytestmark = pytest.mark.pure

BOXES = "- [x] A\n- [ ] B\n  > b\n"


def codes(text: str) -> list[tuple[str, int]]:
    found = parse_questions(text, 1, "a.md", frozenset({2})).problems
    return [(problem.code, problem.line) for problem in found if not problem.is_warning]


@pytest.mark.parametrize(
    "end",
    [
        pytest.param("[^1]: Catatan.", id="note"),
        pytest.param("[^1]: Catatan\nyang lanjut.\n\n    Alinea kedua.", id="long-note"),
        pytest.param("[k]: https://example.org", id="address"),
        pytest.param('[Kemlu RI]: ../02-b.md#c "Judul"', id="place-with-a-title"),
        pytest.param("[^1]: Satu.\n[^dua]: Dua.\n\n[k]: https://example.org\n", id="several"),
    ],
)
@pytest.mark.parametrize(
    "answers", [BOXES, "= a\n", "- a -> b\n- c -> d\n", "1. a\n2. b\n", "Isi [[a]].\n\n> Bahas.\n"]
)
def test_definitions_may_end_a_quiz(answers: str, end: str) -> None:
    (alone,) = parse_questions(f"## Soal {{#a}}\n{answers}", 1, "a.md", frozenset({2})).questions
    found = parse_questions(f"## Soal {{#a}}\n{answers}\n{end}", 1, "a.md", frozenset({2}))
    assert found.questions == (alone,) and not has_errors(found.problems)
    assert len(found.definitions) == end.count("]:")


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        pytest.param(f"## A {{#a}}\n{BOXES}\n[^1]: Catatan.\n\nteks", [("K006", 6), ("K006", 8)], id="not-at-the-end"),
        pytest.param(f"## A {{#a}}\n{BOXES}\n[x]: pilihan", [("K005", 6)], id="a-box"),
        pytest.param(f"## A {{#a}}\n{BOXES}\n[k]: teks", [("K006", 6)], id="no-address"),
        pytest.param(f"## A {{#a}}\n{BOXES}\n```\n[k]: b.md\n```", [("K006", 6)], id="in-code"),
        pytest.param(f"## A {{#a}}\n{BOXES}\n[k]: b.md\nteks", [("K006", 6), ("K006", 7)], id="text-below-an-address"),
    ],
)
def test_other_lines_that_end_a_quiz_are_problems(text: str, problems: list[tuple[str, int]]) -> None:
    assert codes(text) == problems


QUIZ = """\
---
judul: a
jenis: kuis
---

Baca [naskahnya][k].

## Apa ini? {#a}
lihat: b.md

Menurut[^1] [naskah][k].

- [x] A
- [ ] B
  > Lihat[^1].

> **Pembahasan.** Lihat[^1] [naskah][K].

[^1]: Catatan kaki.
[k]: https://example.org/naskah
"""


def test_marks_of_every_text_find_their_definition() -> None:
    parsed = parse(QUIZ, "a.md")
    assert not has_errors(parsed.problems), parsed.problems
    rendered = render(parsed.definition, lambda target: target)
    question = rendered["questions"]["a"]
    texts = [question["stem"], question["explanation"]]
    assert all('href="https://example.org/naskah"' in text for text in [rendered["intro"], *texts])
    (feedback,) = [option["feedback"] for option in question["parts"].values() if option["feedback"]]
    assert all(text.count("Catatan kaki.") == 1 for text in [*texts, feedback])
    assert "Catatan kaki." not in rendered["intro"]


def test_no_id_of_a_note_comes_twice_on_a_page() -> None:
    rendered = str(render(parse(QUIZ, "a.md").definition, lambda target: target))
    ids = re.findall(r'id="([^"]+)"', rendered)
    assert ids and len(set(ids)) == len(ids)


def test_a_check_in_a_lesson_knows_its_definitions() -> None:
    check = parse_check(f"Menurut [naskah][k].\n\n{BOXES}\n[k]: https://example.org", 1, "a.md", id="a").definition
    rendered = render_check(check, lambda target: target)
    assert 'href="https://example.org"' in rendered["questions"]["a"]["stem"]
