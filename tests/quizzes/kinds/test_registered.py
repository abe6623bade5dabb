"""What holds for every kind there is, and that a new one needs its module, its template and its registration alone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from jinja2 import ChoiceLoader, DictLoader

from quizzes import grading, sheet
from quizzes.kinds import KINDS, QuestionKind, kind_of
from quizzes.kinds.kind import Rendered, Sent, Value, no_parts, one_text
from quizzes.questions import Credit, Kind, Question
from quizzes.quiz import Check, render_check
from tests.quizzes.kinds.sending import sent

TEMPLATES = Path(__file__).parents[3] / "templates" / "quizzes" / "kinds"


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.template)
def test_its_template_has_all_that_pages_ask_for(app: Flask, kind: QuestionKind[Any]) -> None:
    assert (TEMPLATES / f"{kind.template}.html").exists()
    template = app.jinja_env.get_template(f"quizzes/kinds/{kind.template}.html")
    assert {"hint", "fields", "key"} <= set(dir(template.make_module({})))


def test_no_template_is_left_over() -> None:
    assert {file.stem for file in TEMPLATES.glob("*.html")} == {kind.template for kind in KINDS.values()}


@dataclass(frozen=True)
class Year:
    """A way of answering that only this test knows: a year, worth less the farther it is off."""

    year: int


def _read(year: Year, sent: Sent) -> Value:
    text = one_text(sent(), 4)
    return [text] if text.isdecimal() else []


def _share(year: Year, value: Value, credit: Credit) -> Fraction:
    return max(Fraction(0), 1 - Fraction(abs(year.year - int(value[0])), 10))


def _show(year: Year, rendered: Rendered, keys: Sequence[str], value: Value) -> dict[str, Any]:
    return {"given": "".join(value), "has_advice": False}


def _reveal(year: Year, rendered: Rendered, keys: Sequence[str], value: Value) -> dict[str, Any]:
    return {**_show(year, rendered, keys, value), "year": year.year}


YEAR = QuestionKind[Year](
    template="year",
    read=_read,
    share=_share,
    show=_show,
    reveal=_reveal,
    render=lambda year, render: None,
    parts=no_parts,
    right=lambda year: [str(year.year)],
)
TEMPLATE = """\
{% macro hint(answer) %}Tulis tahunnya{% endmacro %}
{% macro fields(view, id, state, is_own) %}
<input name="jawaban-{{ view.number }}" value="{{ view.answer.given }}">
{% endmacro %}
{% macro key(answer) %}<li>tahun {{ answer.year }}</li>{% endmacro %}
"""


@pytest.fixture
def draw(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Draws a question as a page does; the new kind is registered and has its template."""
    monkeypatch.setitem(KINDS, Year, YEAR)
    environment = app.jinja_env.overlay()
    environment.loader = ChoiceLoader([DictLoader({"quizzes/kinds/year.html": TEMPLATE}), app.jinja_loader])  # type: ignore[list-item]

    def draw(view: sheet.QuestionView, state: str) -> str:
        source = '{% from "macros/question.html" import question %}{{ question(view, state=state) }}'
        with app.test_request_context():
            return environment.from_string(source).render(view=view, state=state)

    return draw


def test_a_new_kind_is_asked_answered_judged_and_reviewed(draw: Callable[..., str]) -> None:
    question = Question("tahun", "Kapan UU 24 lahir?", "", Kind.NUMBER, Decimal(2), Year(2000))  # type: ignore[arg-type]
    html = render_check(Check((question,)), str)["questions"]["tahun"]
    page = draw(sheet.ask(question, html, 1, [], []), "open")
    assert "Tulis tahunnya" in page
    assert "2000" not in page

    kind = kind_of(question.answer)
    assert kind is YEAR
    value = kind.read(question.answer, sent({"": "1998"}))
    mark = grading.mark(question, value, Credit.PROPORTIONAL)
    assert (mark.share, mark.earned) == (Fraction(4, 5), Fraction(8, 5))

    view = sheet.judge(question, html, 1, [], value, mark)
    assert "1,6 dari 2 poin" in draw(view, "closed")
    assert 'value="1998"' in draw(view, "practice")
    assert "<li>tahun 2000</li>" in draw(view, "practice")
