"""Copies of a SQLite database: made while servers write, read without touching, put in its place at one stroke."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from foundation import schema
from foundation.copies import COUNTED, SCHEMA_TABLE, Contents, CopyRefused, Damaged, Foreign, in_use, moment
from foundation.database import db, file_of
from foundation.durable import sync

SUFFIX = ".sqlite"
MAGIC = b"SQLite format 3\0"
_BESIDE = ("-wal", "-shm", "-journal")
"""Ends of the names of files that SQLite keeps beside a database, and takes for the next one's if they stay."""


def copy(target: Path) -> None:
    """The database as it is at one moment; nobody who writes waits."""
    present = _present()
    with _faults_told(present):
        _copy(present, "mode=rw", target)


def _present() -> Path:
    file = file_of(db.engine.url)
    if file is None:
        raise CopyRefused("Basis data ini hanya ada di memori. Setel DATABASE_URL ke sebuah berkas.")
    return file


def _copy(source: Path, mode: str, target: Path) -> None:
    with closing(_open(source, mode)) as one, closing(sqlite3.connect(target)) as other:
        one.backup(other)
        other.execute("PRAGMA journal_mode = DELETE")  # one file, complete in itself


def _open(file: Path, mode: str) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.resolve().as_uri()}?{mode}", uri=True, timeout=1)


def _reading(file: Path) -> str:
    """A copy by hand may have its latest changes in a file beside it; without one, nothing is written beside it."""
    return "mode=ro" if _beside(file, "-wal").exists() else "mode=ro&immutable=1"


def _beside(file: Path, end: str) -> Path:
    return file.with_name(file.name + end)


def read(file: Path) -> Contents:
    with _faults_told(file), closing(_open(file, _reading(file))) as connection:
        found = _rows(connection, "PRAGMA integrity_check(1)")
        if found != [("ok",)]:
            raise Damaged(found[0][0])
        tables = {name for (name,) in _rows(connection, "SELECT name FROM sqlite_master WHERE type = 'table'")}
        if not tables >= {SCHEMA_TABLE, *COUNTED}:
            raise Foreign
        if orphans := _rows(connection, "PRAGMA foreign_key_check"):
            raise Damaged(f"{orphans[0][0]} menunjuk ke {orphans[0][2]} yang tidak ada")
        revisions = _rows(connection, f"SELECT version_num FROM {SCHEMA_TABLE}")  # noqa: S608
        if len(revisions) != 1:
            raise Foreign
        rows = {table: _rows(connection, f"SELECT count(*) FROM {table}")[0][0] for table in COUNTED}  # noqa: S608
        return Contents(revisions[0][0], rows)


def _rows(connection: sqlite3.Connection, statement: str) -> list[tuple[Any, ...]]:
    """All of them at once: a statement that is not read to its end keeps the file open."""
    return connection.execute(statement).fetchall()


@contextmanager
def _faults_told(file: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        raise CopyRefused(f"{file}: {error}. Periksa nama, izin, dan ruang disknya.") from error
    except sqlite3.DatabaseError as error:
        raise Damaged(error) from error


def put_back(file: Path, at: datetime) -> str:
    """Make `file` the database, migrated; there is a whole database at its name at every moment. How to undo it."""
    present = _present()
    fresh = _beside(present, ".part")
    _remove(fresh)
    fresh.touch(mode=0o600)
    try:
        with _faults_told(file):
            _copy(file, _reading(file), fresh)
        schema.bring_up(db.engine.url.set(database=str(fresh)))
        _same_owner(fresh, present)
        sync(fresh)
        aside = present.with_name(f"{present.stem}-sebelum-pemulihan-{moment(at)}{present.suffix}")
        if was_there := present.exists():
            _close(present)
            _name_twice(present, aside)
        for end in _BESIDE:
            with suppress(FileNotFoundError):
                os.replace(_beside(present, end), _beside(aside, end))
        sync(present.parent)
        os.replace(fresh, present)
        sync(present.parent)
    finally:
        _remove(fresh)
    if not was_there:
        return "Sebelumnya tidak ada basis data."
    return f"Yang sebelumnya disimpan; untuk membatalkan: flask database restore {aside}"


def _name_twice(present: Path, aside: Path) -> None:
    try:
        os.link(present, aside)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        shutil.copy2(present, aside)
        sync(aside)


def _close(present: Path) -> None:
    """Bring all of it into the one file. SQLite refuses while any other program has it open."""
    with _faults_told(present), closing(_open(present, "mode=rw")) as connection:
        try:
            connection.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname.startswith("SQLITE_BUSY"):
                raise in_use("program lain") from error
        except sqlite3.DatabaseError:
            pass  # too damaged to be opened: it is kept aside as it is


def _same_owner(fresh: Path, present: Path) -> None:
    """Put back by root, it is still the server's."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        like = (present if present.exists() else present.parent).stat()
        os.chown(fresh, like.st_uid, like.st_gid)


def _remove(fresh: Path) -> None:
    for end in ("", *_BESIDE):
        _beside(fresh, end).unlink(missing_ok=True)
