"""A database that cannot be used: 503 and a sentence, nothing logged of what people wrote; what is a bug stays one."""

import logging
import sqlite3
from collections.abc import Callable, Iterator

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, text
from sqlalchemy.exc import OperationalError

from foundation.database import db
from foundation.outages import is_passing
from quizzes.models import Answer
from tests.cast import Cast, sign_in
from tests.conftest import NOW

QUIZ = "/kursus/contoh/kuis-sister-city"
FORM = {"klien": "halaman", "urutan-1": "2", "jawaban-1": "menlu"}
JSON = {"Accept": "application/json"}


def of_sqlite(code: int) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("rahasia")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("cause", "passes"),
    [
        (of_sqlite(sqlite3.SQLITE_BUSY), True),
        (of_sqlite(sqlite3.SQLITE_BUSY_SNAPSHOT), True),
        (of_sqlite(sqlite3.SQLITE_FULL), True),
        (of_sqlite(sqlite3.SQLITE_IOERR_WRITE), True),
        (of_sqlite(sqlite3.SQLITE_READONLY_DBMOVED), True),
        (of_sqlite(sqlite3.SQLITE_CANTOPEN), True),
        (of_sqlite(sqlite3.SQLITE_ERROR), False),  # "no such table"
        (sqlite3.OperationalError("too many terms"), False),
        (psycopg.OperationalError("server closed the connection unexpectedly"), True),
        (None, False),
    ],
)
def test_what_passes_by_itself_is_told_from_a_bug(cause: BaseException | None, passes: bool) -> None:
    assert is_passing(cause) is passes


@pytest.fixture
def impatient(cast: Cast, app: Flask, fresh_app: Callable[..., Flask]) -> FlaskClient:
    """lena with an open attempt, at an app that does not wait for a lock."""
    if db.engine.dialect.name != "sqlite":
        pytest.skip("SQLite's one lock")
    made = fresh_app(SQLALCHEMY_ENGINE_OPTIONS={"connect_args": {"timeout": 0}}, PROPAGATE_EXCEPTIONS=False)
    client = made.test_client()
    sign_in(client, "lena", NOW)
    assert client.post(f"{QUIZ}/mulai").status_code == 303
    return client


@pytest.fixture
def lock(impatient: FlaskClient) -> Iterator[sqlite3.Connection]:
    """Another process that holds the write lock until it lets go."""
    other = sqlite3.connect(str(db.engine.url.database), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield other
    other.close()


def test_a_saving_script_hears_that_it_is_not_saved_and_is_taken_when_the_lock_is_gone(
    impatient: FlaskClient, lock: sqlite3.Connection
) -> None:
    refused = impatient.post(f"{QUIZ}/percobaan/1/jawaban", data=FORM, headers=JSON)
    assert refused.status_code == 503
    assert refused.get_json()["error"].startswith("Belum tersimpan")
    assert refused.headers["Retry-After"] == "5"
    lock.execute("ROLLBACK")
    assert impatient.post(f"{QUIZ}/percobaan/1/jawaban", data=FORM, headers=JSON).status_code == 200
    assert db.session.scalar(select(func.count()).select_from(Answer)) == 1


def test_a_page_without_script_is_told_where_its_answers_are(impatient: FlaskClient, lock: sqlite3.Connection) -> None:
    refused = impatient.post(f"{QUIZ}/percobaan/1/", data=FORM)
    assert refused.status_code == 503
    assert "Maaf, ada gangguan" in refused.text and "belum pasti tersimpan" in refused.text


def test_reading_goes_on_while_another_process_writes(impatient: FlaskClient, lock: sqlite3.Connection) -> None:
    assert impatient.get(f"{QUIZ}/percobaan/1/").status_code == 200


def test_the_log_tells_the_cause_without_what_was_written(
    fresh_app: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    app = fresh_app(TESTING=False, PROPAGATE_EXCEPTIONS=False)

    def broken() -> str:
        raise OperationalError("INSERT", {"value": "jawaban rahasia"}, psycopg.OperationalError("the server is gone"))

    monkeypatch.setitem(app.view_functions, "accounts.sign_in", broken)
    with app.app_context(), caplog.at_level(logging.ERROR):
        response = app.test_client().get("/masuk")
    assert response.status_code == 503 and "Muat ulang sebentar lagi" in response.text
    assert "the server is gone" in caplog.text and "rahasia" not in caplog.text


def test_a_missing_table_stays_a_bug(fresh_app: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch) -> None:
    app = fresh_app(TESTING=False, PROPAGATE_EXCEPTIONS=False)
    monkeypatch.setitem(
        app.view_functions, "accounts.sign_in", lambda: str(db.session.execute(text("SELECT * FROM tidak_ada")))
    )
    with app.app_context():
        response = app.test_client().get("/masuk")
    assert response.status_code == 500
