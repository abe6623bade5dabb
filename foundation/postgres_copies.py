"""Copies of a PostgreSQL database, made and read by its own tools; put back as a new database that takes the name.

The tools must be on PATH and not older than the server. The password goes to them in the environment, where other
users of the machine do not see it.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import URL, Connection, create_engine, text
from sqlalchemy.exc import DBAPIError

from foundation import schema
from foundation.copies import COUNTED, SCHEMA_TABLE, Contents, CopyRefused, Damaged, Foreign, in_use, moment
from foundation.database import db

SUFFIX = ".dump"
MAGIC = b"PGDMP"

_NO_OWNERS = ("--no-owner", "--no-privileges")
_NO_PRIVILEGE, _IN_USE = "42501", "55006"
"""SQLSTATE of what may go wrong when a database is made and renamed."""


def copy(target: Path) -> None:
    """The database as it is at one moment; nobody who writes waits."""
    done = _run("pg_dump", "--format=custom", *_NO_OWNERS, f"--file={target}", address(db.engine.url))
    if done.returncode:
        raise CopyRefused(f"pg_dump gagal: {_last_line(done.stderr)}")


def _run(name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603
        [_tool(name), *arguments], env=environment(), capture_output=True, text=True, check=False
    )


def _tool(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise CopyRefused(f"{name} tidak ada di PATH. Pasang klien PostgreSQL, misalnya: apt install postgresql-client")
    return found


def _password(url: URL) -> str | None:
    asked = url.password or url.query.get("password")
    return str(asked) if asked else None


def address(url: URL) -> str:
    """The address as the tools read it, without the password."""
    bare = url.set(drivername="postgresql").difference_update_query(["password"])
    return f"--dbname={URL.create(**{**bare._asdict(), 'password': None}).render_as_string(hide_password=False)}"


def environment() -> dict[str, str]:
    password = _password(db.engine.url)
    return {**os.environ, "LC_MESSAGES": "C", **({"PGPASSWORD": password} if password else {})}


def _last_line(told: str) -> str:
    return told.strip().rpartition("\n")[2] or "tanpa penjelasan"


def read(file: Path) -> Contents:
    """Have every block unpacked, and count the rows; foreign keys are checked when it is put back."""
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as told:
        process = subprocess.Popen(  # noqa: S603
            [_tool("pg_restore"), "--file=-", str(file)], env=environment(), stdout=subprocess.PIPE, stderr=told
        )
        with process:
            assert process.stdout is not None
            revisions, rows = _count(process.stdout)
        told.seek(0)
        if process.returncode:
            raise Damaged(_last_line(told.read()))
    if len(revisions) != 1 or not rows.keys() >= set(COUNTED):
        raise Foreign
    return Contents(revisions[0], {table: rows[table] for table in COUNTED})


def _count(script: Iterator[bytes]) -> tuple[list[str], dict[str, int]]:
    """The migration that the script's tables are of, and how many rows it brings to each."""
    revisions: list[str] = []
    rows: dict[str, int] = {}
    table: str | None = None
    for line in script:
        if table is None:
            if line.startswith(b"COPY ") and line.endswith(b" FROM stdin;\n"):
                table = line.split(b" ")[1].decode().rpartition(".")[2]
                rows[table] = 0
        elif line == b"\\.\n":
            table = None
        else:
            rows[table] += 1
            if table == SCHEMA_TABLE:
                revisions.append(line.decode().strip())
    return revisions, rows


def put_back(file: Path, at: datetime) -> str:
    """Restore into a new database, migrate it there, then let the two change names in one transaction. How to undo."""
    url = db.engine.url
    name = str(url.database)
    fresh, aside = f"{name[:30]}_baru", f"{name[:30]}_sebelum_{moment(at).lower().replace('-', '_')}"
    with _maintenance(url) as admin:
        if _sessions(admin, name):
            raise in_use("server atau program lain")
        is_there = _is_there(admin, name)
        admin.execute(text(f"DROP DATABASE IF EXISTS {_quoted(fresh)}"))
        admin.execute(text(f"CREATE DATABASE {_quoted(fresh)} TEMPLATE template0 {_locale(admin, name)}"))
        try:
            _fill(url.set(database=fresh), file)
            admin.execute(text("BEGIN"))
            if is_there:
                admin.execute(text(f"ALTER DATABASE {_quoted(name)} RENAME TO {_quoted(aside)}"))
            admin.execute(text(f"ALTER DATABASE {_quoted(fresh)} RENAME TO {_quoted(name)}"))
            admin.execute(text("COMMIT"))
        except BaseException:
            admin.execute(text("ROLLBACK"))
            admin.execute(text(f"DROP DATABASE IF EXISTS {_quoted(fresh)}"))
            raise
    if not is_there:
        return "Sebelumnya tidak ada basis data."
    return f"Yang sebelumnya disimpan sebagai basis data {aside}; untuk membatalkan, tukar kembali namanya."


@contextmanager
def _maintenance(url: URL) -> Iterator[Connection]:
    """A connection to the server's other database: none can be renamed from within."""
    engine = create_engine(url.set(database="postgres"), isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            yield connection
    except DBAPIError as error:
        raise _refusal(error, url) from error
    finally:
        engine.dispose()


def _refusal(error: DBAPIError, url: URL) -> CopyRefused:
    state = getattr(error.orig, "sqlstate", None)
    if state == _NO_PRIVILEGE:
        return CopyRefused(
            f"Pengguna {url.username} tidak boleh membuat basis data. "
            f"Sebagai admin PostgreSQL jalankan: ALTER ROLE {url.username} CREATEDB; lalu ulangi."
        )
    if state == _IN_USE:
        return in_use("server atau program lain")
    return CopyRefused(f"PostgreSQL menolak: {_last_line(str(error.orig))}")


def _is_there(admin: Connection, name: str) -> bool:
    return bool(admin.scalar(text("SELECT count(*) FROM pg_database WHERE datname = :name"), {"name": name}))


def _sessions(admin: Connection, name: str) -> int:
    """Of people and programs; the server's own workers give way by themselves."""
    asked = text("SELECT count(*) FROM pg_stat_activity WHERE datname = :name AND backend_type = 'client backend'")
    return admin.scalar(asked, {"name": name}) or 0


def _locale(admin: Connection, name: str) -> str:
    """As the present database sorts and encodes."""
    found = admin.execute(
        text("SELECT pg_encoding_to_char(encoding), datcollate, datctype FROM pg_database WHERE datname = :name"),
        {"name": name},
    ).one_or_none()
    return "" if found is None else "ENCODING '{}' LC_COLLATE '{}' LC_CTYPE '{}'".format(*found)


def _quoted(name: str) -> str:
    return db.engine.dialect.identifier_preparer.quote_identifier(name)


def _fill(url: URL, file: Path) -> None:
    done = _run("pg_restore", "--exit-on-error", "--single-transaction", *_NO_OWNERS, address(url), str(file))
    if done.returncode:
        raise Damaged(_last_line(done.stderr))
    schema.bring_up(url)
