"""What is logged: a line a request, an id that leads from an error's page to its traceback, and nobody's name."""

import io
import json
import logging
import re
import sqlite3
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from werkzeug.routing import Rule

from foundation import logs
from foundation.database import db
from foundation.log_lines import JsonLines, PlainLines, told
from tests.cast import NAMES, PASSWORD, Cast
from tests.quizzes.playing import answer_all, start
from tests.test_routes import EVERYBODY, furnish, open_the_ways_in, put_into_a_group, routes, url_of

As = Callable[[str], FlaskClient]

__all__ = ["routes"]


@pytest.fixture
def lines() -> Iterator[Callable[[], list[dict[str, Any]]]]:
    """What production would have written until now."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    handler.addFilter(logs._WithId())
    logging.getLogger().addHandler(handler)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    logging.getLogger().removeHandler(handler)


Lines = Callable[[], list[dict[str, Any]]]


def break_sign_in_page(app: Flask, monkeypatch: pytest.MonkeyPatch, fail: Callable[[], object]) -> None:
    monkeypatch.setitem(app.view_functions, "accounts.sign_in", fail)
    monkeypatch.setattr(app, "testing", False)


def test_a_request_is_one_line(cast: Cast, as_: As, lines: Lines) -> None:
    answer = as_("lena").get("/kursus/contoh/asal-usul/?cari=rahasia")
    (line,) = lines()
    assert (line["method"], line["route"], line["status"]) == ("GET", "/kursus/<course>/<activity>/", 200)
    assert line["id"] == answer.headers["X-Request-ID"]
    assert line["queries"] > 0 and line["ms"] >= 0 and line["worker"] and line["time"].endswith("+00:00")


def test_an_address_that_is_none_is_not_told(app: Flask, lines: Lines) -> None:
    app.test_client().get("/rahasia/lena")
    assert [line["route"] for line in lines()] == ["-"]


def test_a_method_that_is_none_is_not_told(app: Flask, lines: Lines) -> None:
    app.test_client().open("/masuk", method="LENA")
    assert [(line["method"], line["status"]) for line in lines()] == [("-", 405)]


def test_an_error_is_logged_under_the_code_that_its_page_tells(
    app: Flask, monkeypatch: pytest.MonkeyPatch, lines: Lines
) -> None:
    def fail() -> None:
        raise ValueError("lena")

    break_sign_in_page(app, monkeypatch, fail)
    page = app.test_client().get("/masuk")
    told_of, answered = lines()
    assert page.status_code == answered["status"] == 500
    assert told_of["id"] == answered["id"] == page.headers["X-Request-ID"]
    assert f"<code>{answered['id']}</code>" in page.text
    assert told_of["message"] == "exception in GET /masuk"
    assert told_of["exception"][0] == "ValueError"
    assert any("test_logs.py" in frame and " fail:" in frame for frame in told_of["exception"])
    script = app.test_client().get("/masuk", headers={"Accept": "application/json"})
    assert script.get_json()["code"] == script.headers["X-Request-ID"]


def test_a_mistake_of_a_visitor_has_no_code(app: Flask) -> None:
    assert "<code>" not in app.test_client().get("/tidak-ada").text


@pytest.mark.parametrize(
    ("proxies", "given", "is_taken"),
    [
        (0, "nginx-gave-this", False),
        (1, "nginx-gave-this", True),
        (1, "short", False),
        (1, "x" * 65, False),
        (1, "with a space", False),
        (1, 'quo"te-and-more', False),
    ],
)
def test_only_a_proxy_of_ours_gives_an_id(
    fresh_app: Callable[..., Flask], proxies: int, given: str, is_taken: bool
) -> None:
    app = fresh_app(KURSUS_PROXIES=proxies)
    with app.app_context():
        answer = app.test_client().get("/static/x/app.css", headers={"X-Request-ID": given})
    assert (answer.headers["X-Request-ID"] == given) is is_taken
    assert len(answer.headers.getlist("X-Request-ID")) == 1


def test_no_line_names_anybody_or_what_they_wrote(
    app: Flask,
    cast: Cast,
    as_: As,
    routes: list[tuple[Rule, str]],
    lines: Lines,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Every route, asked by everybody; the words of whatever breaks on the way are not told either."""
    open_the_ways_in(cast)
    furnish(cast)
    for learner in map(as_, ("lena", "omar")):
        start(learner)
        answer_all(learner, submit=True)
    put_into_a_group(cast)
    secret = "rahasia-9f3a"
    sent = {
        "username": "lena",
        "password": PASSWORD,
        "nama_pengguna": "omar",
        "jawaban-1": secret,
        "csrf_token": secret,
    }
    cookies = set[str]()
    for who in EVERYBODY:
        client = as_(who)
        for rule, method in routes:
            url = url_of(app, rule, method)
            client.open(url, method=method, query_string={"cari": secret, "lanjut": "/lena"}, data=sent)
            cookies |= {cookie.value for cookie in [client.get_cookie("session")] if cookie}

    def fail() -> None:
        db.session.execute(text("INSERT INTO people (id, username) VALUES (:id, :name)"), {"id": 1, "name": secret})

    break_sign_in_page(app, monkeypatch, fail)
    app.test_client().post("/masuk", data=sent)
    app.test_client().get(f"/masuk?{secret}")
    said = lines()
    assert len(said) > len(EVERYBODY) * len(routes)
    assert any("exception" in line for line in said)
    assert {line["route"] for line in said if "route" in line} >= {rule.rule for rule, _ in routes}
    assert len(cookies) >= len(EVERYBODY)
    text_of_all = "\n".join(json.dumps(line) for line in said)
    for word in (*NAMES, *NAMES.values(), PASSWORD, secret, "menlu", "rencana"):
        assert not re.search(rf"\b{re.escape(word)}\b", text_of_all), word
    assert not any(cookie in text_of_all for cookie in cookies)


@pytest.mark.pure
def test_of_an_exception_its_class_and_place_are_told_but_not_its_words() -> None:
    def chain() -> None:
        try:
            raise sqlite3.OperationalError("database is locked")
        except sqlite3.OperationalError as error:
            raise KeyError("lena") from error

    with pytest.raises(KeyError) as caught:
        chain()
    said = list(told(caught.value))
    assert [line for line in said if not line.startswith("  ")] == ["OperationalError: database is locked", "KeyError"]


@pytest.mark.pure
def test_of_postgresql_its_code_and_constraint_are_told() -> None:
    class Diagnosis:
        constraint_name = "uq_people_username"

    class UniqueViolation(Exception):
        sqlstate, diag = "23505", Diagnosis()

    assert list(told(UniqueViolation("DETAIL: Key (username)=(lena)"))) == ["UniqueViolation: 23505 uq_people_username"]


@pytest.mark.pure
@pytest.mark.parametrize(
    ("message", "told_as"),
    [
        ("Error handling request /kursus/x/praja/lena/", "Error handling request"),
        ("Invalid request from ip=10.0.0.7: bad", "Invalid request"),
        ("WORKER TIMEOUT (pid:7)", "WORKER TIMEOUT (pid:7)"),
    ],
)
def test_what_gunicorn_says_of_a_request_is_cut(message: str, told_as: str) -> None:
    record = logging.LogRecord("gunicorn.error", logging.ERROR, __file__, 1, message, None, None)
    assert json.loads(JsonLines().format(record))["message"] == told_as


@pytest.mark.pure
def test_a_line_stays_one_line() -> None:
    record = logging.LogRecord("x", logging.ERROR, __file__, 1, 'one\n{"two": 2}', None, None)
    assert "\n" not in JsonLines().format(record)


@pytest.mark.pure
def test_a_terminal_is_told_in_words() -> None:
    record = logging.LogRecord("x", logging.INFO, __file__, 1, "GET / 200", None, None)
    assert PlainLines().format(record).endswith(" GET / 200")


@pytest.mark.parametrize(("form", "is_told"), [("json", True), ("baris", True), ("diam", False)])
def test_a_silent_app_tells_no_requests_also_where_each_worker_makes_its_own(
    fresh_app: Callable[..., Flask], caplog: pytest.LogCaptureFixture, form: str, is_told: bool
) -> None:
    level = logs.requests.level
    try:
        app = fresh_app(KURSUS_LOG=form)
        with app.app_context():
            app.test_client().get("/masuk")
        assert bool([one for one in caplog.records if one.name == logs.requests.name]) is is_told
    finally:
        logs.requests.setLevel(level)
