"""What a log line says: one JSON object a line for machines, or one plain line for the person at the terminal. Pure.

In JSON nobody is named: no path, no query string, no address, and of an exception where it happened and of which class
it is, but not its message, which may quote what somebody wrote. A database's and a system's own words are let through.
"""

import json
import logging
import sqlite3
import traceback
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

DEEPEST = 40
"""Frames of a traceback that are told, from its end."""
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT"})
QUOTES_THE_REQUEST = ("Invalid request", "Error handling request")
"""How gunicorn begins what goes on with an address or a path."""


@dataclass(frozen=True)
class Answered:
    """One request, as far as a log may know it. `route` is the rule with its placeholders; `-` when none fitted."""

    method: str
    route: str
    status: int
    ms: int
    queries: int

    def __str__(self) -> str:
        return f"{self.method} {self.route} {self.status}, {self.ms} ms, {self.queries} query"


def method_of(sent: str) -> str:
    """Any word may stand where the method stands; only methods are told."""
    return sent if sent in METHODS else "-"


class JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "worker": record.process,
        }
        if request_id := getattr(record, "request_id", ""):
            line["id"] = request_id
        if isinstance(record.msg, Answered):
            line |= asdict(record.msg)
        else:
            line |= {"logger": record.name, "message": _without_the_request(record.getMessage())}
        if record.exc_info and record.exc_info[1]:
            line["exception"] = list(told(record.exc_info[1]))
        return json.dumps(line, ensure_ascii=False)


class PlainLines(logging.Formatter):
    """For the terminal of a demo or a developer: in local time, an exception in full."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(request_id)s %(message)s", "%H.%M.%S", defaults={"request_id": ""})


def _without_the_request(message: str) -> str:
    return next((start for start in QUOTES_THE_REQUEST if message.startswith(start)), message)


def told(error: BaseException) -> Iterator[str]:
    """An exception and what led to it, innermost first: class, what may be said of it, and where it passed."""
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None:
        yield from told(cause)
    yield ": ".join(filter(None, (type(error).__name__, _own_words(error))))
    for frame in traceback.extract_tb(error.__traceback__)[-DEEPEST:]:
        yield f"  {frame.filename}:{frame.lineno} {frame.name}: {frame.line}"


def _own_words(error: BaseException) -> str:
    """SQLite names tables and columns, never values; PostgreSQL quotes the row, so its code and constraint stand in."""
    if isinstance(error, sqlite3.Error):
        return str(error)
    if sqlstate := getattr(error, "sqlstate", None):
        constraint = getattr(getattr(error, "diag", None), "constraint_name", None)
        return " ".join(filter(None, (str(sqlstate), constraint)))
    return (error.strerror or "") if isinstance(error, OSError) else ""
