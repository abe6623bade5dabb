"""How Alembic runs: on the engine it is given or the app's own, batch mode for SQLite (no ALTER), nothing offline."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from foundation.database import UtcDateTime

migrate = current_app.extensions["migrate"]


def render_item(kind: str, item: Any, autogenerate: Any) -> str | Literal[False]:
    """A migration names the type in the database, never a class of ours that may move or change."""
    return "sa.DateTime(timezone=True)" if isinstance(item, UtcDateTime) else False


@contextmanager
def foreign_keys_put_off(connection: Connection) -> Iterator[None]:
    """Batch mode replaces whole tables, which SQLite takes for deleting rows that others point at: check at the end."""
    if connection.dialect.name != "sqlite":
        yield
        return
    raw = connection.connection.driver_connection
    assert raw is not None
    raw.execute("PRAGMA foreign_keys = OFF")
    try:
        yield
        broken = raw.execute("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise RuntimeError(f"the migration left rows that point nowhere: {broken[:5]}")
    finally:
        connection.rollback()  # inside a transaction SQLite ignores the pragma without a word
        raw.execute("PRAGMA foreign_keys = ON")


engine = context.config.attributes.get("engine", migrate.db.engine)

with engine.connect() as connection, foreign_keys_put_off(connection):
    context.configure(
        connection=connection,
        target_metadata=migrate.db.metadata,
        render_item=render_item,
        **migrate.configure_args,
    )
    with context.begin_transaction():
        context.run_migrations()
