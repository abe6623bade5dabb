"""Whether the service is well: its database, its schema, its disk, and whatever else a feature adds.

Nothing is written to find out: a transaction takes the write lock and gives it back. A monitor may ask every second
from several places; what was found stands for a moment, and one thread at a time looks.
"""

import os
import shutil
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask, current_app
from sqlalchemy import Connection, Engine, NullPool, create_engine, select, text
from sqlalchemy.exc import SQLAlchemyError

from foundation.database import db, writing
from foundation.errors import N_

SECONDS_FRESH = 2
SECONDS_TO_LOCK = 2
"""How long somebody else may hold the write lock before that counts as a fault."""
MB = 1_000_000


@dataclass(frozen=True)
class Finding:
    """One thing looked at. `numbers` are for those who run the site, `sentence` is for everybody."""

    name: str
    is_well: bool
    sentence: str
    numbers: Mapping[str, object] = field(default_factory=dict)


Look = Callable[[], Finding]


class Watch:
    """The looks of one app, and what they found last."""

    def __init__(self, looks: Sequence[Look]) -> None:
        self._looks, self._lock = looks, threading.Lock()
        self._found: tuple[Finding, ...] = ()
        self._until = 0.0

    def findings(self) -> tuple[Finding, ...]:
        with self._lock:
            if time.monotonic() >= self._until:
                self._found = tuple(self._look())
                self._until = time.monotonic() + SECONDS_FRESH
            return self._found

    def _look(self) -> Iterator[Finding]:
        """Without a database no feature has anything to look at."""
        yield (found := database())
        yield disk()
        if found.is_well:
            yield from (look() for look in self._looks)


def init_app(app: Flask, looks: Sequence[Look]) -> None:
    """`looks` of features come after those that everything stands on."""
    app.extensions["health"] = Watch(looks)


def findings() -> tuple[Finding, ...]:
    watch: Watch = current_app.extensions["health"]
    return watch.findings()


def database() -> Finding:
    """Reachable, at the revision this code was written for, and open to writers."""
    name = "basis data"
    if _is_lost(db.engine):
        return Finding(name, False, N_("Berkas basis data tidak ada."))
    try:
        with writing(), _probe().connect() as connection:
            is_writable = _is_writable(connection)
            found = set(MigrationContext.configure(connection).get_current_heads())
    except (SQLAlchemyError, sqlite3.Error) as error:
        kind = type(getattr(error, "orig", None) or error).__name__
        return Finding(name, False, N_("Basis data tidak terjangkau, penuh, atau terkunci."), {"kesalahan": kind})
    if not is_writable:
        return Finding(name, False, N_("Basis data hanya dapat dibaca."))
    wanted = _revisions_of(current_app.extensions["migrate"].directory)
    numbers = {"revisi": sorted(found), "diharapkan": sorted(wanted)}
    if found != wanted:
        return Finding(name, False, N_("Skema basis data tidak sesuai dengan versi program."), numbers)
    return Finding(name, True, N_("Terjangkau, dapat ditulisi, dan skemanya mutakhir."), numbers)


def _is_lost(engine: Engine) -> bool:
    """SQLite would make an empty file where there is none, and all would seem well but for the people."""
    file = engine.url.database if engine.dialect.name == "sqlite" else None
    return bool(file) and not Path(str(file)).is_file()


def _probe() -> Engine:
    """A way in of its own: it waits for no free connection of the pool, and not long for anything."""
    options: dict[str, Any] = {"timeout": SECONDS_TO_LOCK}
    if db.engine.dialect.name != "sqlite":
        options = {"connect_timeout": SECONDS_TO_LOCK, "options": f"-c statement_timeout={1000 * SECONDS_TO_LOCK}"}
    return create_engine(db.engine.url, poolclass=NullPool, connect_args=options, hide_parameters=True)


def _is_writable(connection: Connection) -> bool:
    """On SQLite the lock was taken by now, which a file that cannot be written to refuses."""
    connection.execute(select(1))
    if connection.dialect.name == "sqlite":
        return os.access(str(connection.engine.url.database), os.W_OK)
    return bool(connection.scalar(text("SHOW transaction_read_only")) == "off")


@cache
def _revisions_of(folder: str) -> frozenset[str]:
    """The last ones there are: those this program was written for, read once."""
    return frozenset(ScriptDirectory(folder).get_heads())


def disk() -> Finding:
    """Where the instance folder lies: writable, and with room for a day that goes on."""
    name, folder = "ruang disk", current_app.instance_path
    free = shutil.disk_usage(folder).free // MB
    wanted = current_app.config["KURSUS_FREE_MB"]
    numbers = {"kosong MB": free, "batas MB": wanted}
    if not os.access(folder, os.W_OK):
        return Finding(name, False, N_("Folder data tidak dapat ditulisi."), numbers)
    if free < wanted:
        return Finding(name, False, N_("Ruang disk hampir habis."), numbers)
    return Finding(name, True, N_("Ruang disk cukup."), numbers)
