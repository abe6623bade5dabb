"""Fields that a form does not have change nothing.

Every form of every page is sent as a browser would, and then with the names of all columns besides: the database must
come out the same.
"""

import random
import secrets
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from werkzeug.routing import Rule

from courses import versions
from foundation.database import db
from tests.cast import Cast, sign_in
from tests.conftest import NOW, _empty
from tests.quizzes.playing import start
from tests.security.forms_of_pages import Forms, Sent
from tests.test_routes import furnish, open_the_ways_in, put_into_a_group, routes, url_of

As = Callable[[str], FlaskClient]

__all__ = ["routes"]

MORE = {"peran": "admin", "role": "admin", "scope": "situs", "grants": "admin situs", "is_admin": "1", "score": "100"}
"""Beside every column's own name: what such things are called elsewhere."""
BY_LOT = {"password_hash", "token_hash", "code_hash", "code", "join_code", "seed", "arrangement"}
"""Columns whose values are drawn anew each time."""


def whole() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table."""
    db.session.rollback()
    tables = db.metadata.sorted_tables
    found = {table.name: [dict(row) for row in db.session.execute(table.select()).mappings()] for table in tables}
    db.session.rollback()
    return found


def comparable(found: dict[str, list[dict[str, Any]]]) -> dict[str, list[str]]:
    return {
        table: sorted(str({name: value for name, value in row.items() if name not in BY_LOT}) for row in rows)
        for table, rows in found.items()
    }


def restore(kept: dict[str, list[dict[str, Any]]]) -> None:
    db.session.rollback()
    db.session.remove()
    _empty(db)
    activities = db.metadata.tables["activities"]
    with db.engine.begin() as connection:
        for table in db.metadata.sorted_tables:
            rows = [{**row, "current_version_id": None} if table is activities else row for row in kept[table.name]]
            if rows:
                connection.execute(table.insert(), rows)
        for row in kept["activities"]:  # they and their versions point at each other
            online = activities.update().where(activities.c.id == row["id"])
            connection.execute(online.values(current_version_id=row["current_version_id"]))
        if connection.dialect.name == "postgresql":  # ids that are given later are the same each time, as on SQLite
            for table in kept:
                if "id" in db.metadata.tables[table].c:
                    connection.execute(text(f"ALTER SEQUENCE {table}_id_seq RESTART WITH 2000000"))
    versions.forget()


def forms_of(app: Flask, as_: As, routes: list[tuple[Rule, str]]) -> Iterator[tuple[str, Sent]]:
    """Each form once, by where it is sent to and what it has; with who sees it."""
    known: set[tuple[str, ...]] = set()
    for who in ("omar", "ida", "ada", "nobody"):
        client = as_(who)
        for url in (url_of(app, rule, method) for rule, method in routes if method == "GET"):
            page = client.get(url)
            if page.status_code == 200 and page.mimetype == "text/html":
                for form in Forms(page.get_data(as_text=True), url).found:
                    mark = (form.action.partition("?")[0], *sorted(form.names))
                    if mark not in known:
                        known.add(mark)
                        yield who, form


def fall_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chance falls from now on as it did the time before."""
    lot = random.Random(1)
    monkeypatch.setattr(secrets, "randbits", lot.getrandbits)
    monkeypatch.setattr(secrets, "choice", lot.choice)


def test_no_field_that_a_form_does_not_have_changes_anything(
    app: Flask, cast: Cast, as_: As, routes: list[tuple[Rule, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    open_the_ways_in(cast)
    furnish(cast)
    put_into_a_group(cast)
    start(as_("omar"))
    forms = list(forms_of(app, as_, routes))
    assert len(forms) > 35
    columns = {column.name for table in db.metadata.sorted_tables for column in table.columns}
    clean, changing = whole(), 0
    for who, form in forms:
        more = [*((name, "1") for name in sorted(columns - form.names)), *(pair for pair in MORE.items())]
        outcomes = []
        for extra in ([], [(name, value) for name, value in more if name not in form.names]):
            restore(clean)
            fall_alike(monkeypatch)
            client = app.test_client()
            if who != "nobody":
                sign_in(client, who, NOW)
            data: dict[str, list[str]] = {}
            for name, value in [*form.fields, *form.buttons[:1], *extra]:
                data.setdefault(name, []).append(value)
            status = client.post(form.action, data=data).status_code
            outcomes.append((status, comparable(whole())))
        (status, plain), (status_with_more, with_more) = outcomes
        assert status_with_more == status, form
        assert [table for table in plain if plain[table] != with_more[table]] == [], form
        changing += 300 <= status < 400
    assert changing > 25
