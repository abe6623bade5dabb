"""Migrations both ways, pragmas, times in UTC, and who takes the write lock when."""

import threading
from datetime import UTC, datetime, timedelta, timezone

import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import Executable, inspect, select, text, update
from sqlalchemy.exc import IntegrityError, StatementError

from accounts.actions import create_person
from accounts.models import Person, SignIn
from foundation.database import db, writing
from tests.cast import Cast
from tests.conftest import NOW


def is_sqlite() -> bool:
    return db.engine.dialect.name == "sqlite"


def test_times_come_back_in_utc(app: Flask) -> None:
    wita = timezone(timedelta(hours=8))
    create_person("a", "A", datetime(2026, 11, 24, 10, 42, tzinfo=wita))
    db.session.commit()
    found = db.session.query(Person).one().created_at
    assert (found, found.tzinfo) == (NOW, UTC)


def test_a_time_without_a_zone_is_refused(app: Flask) -> None:
    with pytest.raises(StatementError, match="without a zone"):
        create_person("a", "A", datetime(2026, 11, 24))
    db.session.rollback()


def test_foreign_keys_hold(app: Flask) -> None:
    db.session.add(SignIn(token_hash="x", person_id=999, started_at=NOW))
    with pytest.raises(IntegrityError):
        db.session.commit()
    db.session.rollback()


def test_sqlite_is_set_up_to_lose_nothing(app: Flask) -> None:
    if not is_sqlite():
        return
    with db.engine.connect() as connection:
        pragmas = [
            connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        ]
    assert pragmas == ["wal", 2, 1, 1]


def test_a_writer_waits_for_the_writer_before_it(app: Flask) -> None:
    """On SQLite `writing()` takes the one lock at its first query, so that a second writer waits instead of failing."""
    if not is_sqlite():
        return

    def write() -> None:
        with app.app_context(), writing():
            db.session.execute(text("SELECT 1"))
            db.session.remove()

    second = threading.Thread(target=write)
    with writing():
        db.session.execute(text("SELECT 1"))
        second.start()
        second.join(0.5)
        assert second.is_alive(), "the second writer must not pass the first"
        db.session.rollback()
    second.join(20)
    assert not second.is_alive()


def test_reading_holds_no_lock(app: Flask) -> None:
    """Somebody may write while a transaction that will write has only read so far; it then sees what they wrote."""
    mine = create_person("a", "A", NOW)
    db.session.commit()

    def rename() -> None:
        with app.app_context():
            db.session.execute(update(Person).values(name="B"))
            db.session.commit()
            db.session.remove()

    assert mine.name == "A"
    other = threading.Thread(target=rename)
    other.start()
    other.join(20)
    assert not other.is_alive(), "a reader keeps nobody waiting"
    assert db.session.scalar(select(Person.name).with_for_update()) == "B"
    db.session.add(Person(username="c", name="C", created_at=NOW))
    db.session.commit()


@pytest.mark.parametrize("statement", [select(Person.id).with_for_update(), update(Person).values(name="B")])
def test_who_locks_or_changes_keeps_other_writers_waiting(app: Flask, statement: Executable) -> None:
    create_person("a", "A", NOW)
    db.session.commit()

    def write() -> None:
        with app.app_context():
            db.session.execute(update(Person).values(name="C"))
            db.session.commit()
            db.session.remove()

    db.session.execute(statement)
    other = threading.Thread(target=write)
    other.start()
    other.join(0.5)
    assert other.is_alive(), "the second writer must not pass the first"
    db.session.commit()
    other.join(20)
    assert not other.is_alive()
    assert db.session.scalar(select(Person.name)) == "C"


def test_the_schema_goes_down_and_up_again_on_a_filled_database(cast: Cast) -> None:
    db.session.remove()
    try:
        downgrade(revision="base")
        assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
    finally:
        upgrade()
    assert "answers" in inspect(db.engine).get_table_names()
