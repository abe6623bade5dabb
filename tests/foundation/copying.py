"""What tests of copies say again and again."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from click.testing import Result
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import inspect, text

from foundation.database import db, file_of
from tests.cast import sign_in
from tests.conftest import NOW
from tests.quizzes.playing import QUIZ, start
from tests.racing import PATIENCE

Rows = dict[str, list[tuple[Any, ...]]]
"""All that is in a database: table -> its rows, sorted."""


def is_sqlite() -> bool:
    return db.engine.dialect.name == "sqlite"


def database_file() -> Path:
    file = file_of(db.engine.url)
    assert file is not None
    return file


def flask(site: Flask, *arguments: object) -> Result:
    """`flask database …`"""
    return site.test_cli_runner().invoke(args=["database", *map(str, arguments)])


def disconnect() -> None:
    """Hold no connection, as if all servers had ended; not while somebody else saves."""
    db.session.remove()
    db.engine.dispose()


def back_up(site: Flask, folder: Path) -> Path:
    """A new copy; the file."""
    before = set(copies(folder))
    result = flask(site, "backup", folder)
    assert (result.exit_code, result.output.count("\n")) == (0, 1), result.output
    (made,) = set(copies(folder)) - before
    return made


def put_back(site: Flask, copy: Path) -> str:
    """Restore it; what was said."""
    disconnect()
    result = flask(site, "restore", "--yes", copy)
    assert (result.exit_code, result.output.count("\n")) == (0, 1), result.output
    return result.output


def copies(folder: Path) -> list[Path]:
    return sorted(file for file in folder.glob("*") if file.suffix in (".sqlite", ".dump"))


def refusal(result: Result) -> str:
    """The one sentence that ends a command which refuses."""
    assert (result.exit_code, result.output[:7], result.output.count("\n")) == (1, "Error: ", 1), result.output
    return result.output[7:-1]


def rows() -> Rows:
    with db.engine.connect() as connection:
        return {
            table: sorted((tuple(row) for row in connection.execute(text(f'SELECT * FROM "{table}"'))), key=repr)
            for table in inspect(connection).get_table_names()
        }


def learner(site: Flask) -> FlaskClient:
    """Lena, with the quiz begun."""
    client = site.test_client()
    sign_in(client, "lena", NOW)
    assert start(client).status_code == 303
    return client


def save(client: FlaskClient, sequence: int) -> None:
    """An answer that differs from the one before, acknowledged."""
    answer = ("menlu", "dprd")[sequence % 2]
    form = {"klien": "halaman-a", "urutan-1": sequence, "jawaban-1": answer}
    assert client.post(f"{QUIZ}/percobaan/1/jawaban", data=form).status_code == 200


class Saving:
    """Somebody who saves one answer after the other; `acknowledged` counts."""

    def __init__(self, site: Flask, client: FlaskClient) -> None:
        self.acknowledged = 0
        self._site, self._client, self._stop = site, client, threading.Event()
        self._went_on = threading.Condition()

    def _run(self) -> None:
        with self._site.app_context():
            while not self._stop.is_set():
                save(self._client, self.acknowledged + 1)
                with self._went_on:
                    self.acknowledged += 1
                    self._went_on.notify_all()
            db.session.remove()

    def wait_for(self, more: int) -> None:
        goal = self.acknowledged + more
        with self._went_on:
            assert self._went_on.wait_for(lambda: self.acknowledged >= goal, PATIENCE), "saving has stopped"

    @contextmanager
    def going_on(self) -> Iterator["Saving"]:
        thread = threading.Thread(target=self._run)
        thread.start()
        try:
            yield self
        finally:
            self._stop.set()
            thread.join(PATIENCE)
        assert not thread.is_alive()
