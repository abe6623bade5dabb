"""The database: one declarative base, times in UTC, and when a transaction takes the write lock.

SQLite has one writer. A transaction reads freely until the first statement that locks rows or changes any; there it
waits for the lock and sees what was committed meanwhile, as on PostgreSQL, where that statement locks its rows only.
What was read before may be old on both: what must not be is read after the lock. Code inside `writing()` holds the
lock from its first statement.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import URL, Connection, DateTime, Dialect, Engine, Executable, MetaData, Select, event
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

BUSY_SECONDS = 15
HOLDS_LOCK = "holds_lock"
"""Of a connection to SQLite: whether its transaction is the one that writes."""
CONSTRAINT_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

_is_writing: ContextVar[bool] = ContextVar("is_writing", default=False)


class Base(DeclarativeBase):
    """Every table of the product; constraints have names, so that a migration can drop what it means."""

    metadata = MetaData(naming_convention=CONSTRAINT_NAMES)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware time, kept in UTC. A naive one is refused: nobody knows what it meant."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None or not isinstance(value, datetime):
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


db = SQLAlchemy(model_class=Base)


def init_app(app: Flask) -> None:
    is_sqlite = app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite")
    # A server that was restarted leaves dead connections in the pool: each is tried before it is used.
    options = {"connect_args": {"timeout": BUSY_SECONDS}} if is_sqlite else {"pool_pre_ping": True}
    app.config.setdefault("SQLALCHEMY_ENGINE_OPTIONS", options)
    db.init_app(app)


def file_of(url: URL) -> Path | None:
    """The file of a SQLite database; None where it is in memory or on a server."""
    is_file = url.get_backend_name() == "sqlite" and url.database not in (None, "", ":memory:")
    return Path(str(url.database)) if is_file else None


@contextmanager
def writing() -> Iterator[None]:
    """Let transactions begun inside take SQLite's write lock at once; for commands, outside any request."""
    token = _is_writing.set(True)
    try:
        yield
    finally:
        _is_writing.reset(token)


def release() -> None:
    """End the transaction so far without a change, so that slow work (a password hash) holds no lock."""
    db.session.rollback()


def leave_no_traces() -> None:
    """Empty SQLite's log of changes, which holds pages as they were; somebody who reads at the moment delays it.

    PostgreSQL does the like by itself, by its vacuum and its checkpoints.
    """
    if db.engine.dialect.name != "sqlite":
        return
    connection = db.engine.raw_connection()
    try:
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, record: object) -> None:
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None  # we say BEGIN ourselves, below
    # secure_delete: what is deleted or overwritten becomes zeros in the file; see `leave_no_traces`.
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "secure_delete = ON"):
        connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        _begin(connection, holds_lock=_is_writing.get())


@event.listens_for(Engine, "before_execute")
def _lock_sqlite(connection: Connection, statement: Executable, *_rest: object) -> None:
    """A reading transaction cannot become a writing one once somebody else has written: begin anew there."""
    if connection.dialect.name != "sqlite" or connection.info.get(HOLDS_LOCK) or not _is_for_change(statement):
        return
    connection.connection.commit()
    _begin(connection, holds_lock=True)


def _begin(connection: Connection, *, holds_lock: bool) -> None:
    """Say it to the driver itself: to SQLAlchemy it is one transaction from beginning to end."""
    connection.info[HOLDS_LOCK] = holds_lock
    connection.connection.cursor().execute("BEGIN IMMEDIATE" if holds_lock else "BEGIN")


def _is_for_change(statement: Executable) -> bool:
    return statement.is_dml or (isinstance(statement, Select) and statement._for_update_arg is not None)
