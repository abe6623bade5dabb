"""The product as `FLASK_APP=reliability.faulty`, with two faults that no portable tool makes; a file switches each.

`read-only` in the instance folder makes every connection to SQLite refuse changes, with the error of a disk that is
mounted so; `clock-offset` holds the seconds by which the clock is wrong. Nothing of this is in the product.
"""

import os
import sqlite3
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import Engine, event

from foundation import clock

READ_ONLY, CLOCK_OFFSET = "read-only", "clock-offset"

_true_now = clock.now


def _switch(name: str) -> Path:
    return Path(os.environ["KURSUS_INSTANCE"]) / name


def _wrong_now() -> datetime:
    file = _switch(CLOCK_OFFSET)
    return _true_now() + timedelta(seconds=float(file.read_text()) if file.exists() else 0)


def _refuse_changes(connection: Any, *_rest: object) -> None:
    if isinstance(connection, sqlite3.Connection):
        connection.execute(f"PRAGMA query_only = {'ON' if _switch(READ_ONLY).exists() else 'OFF'}")


def create_app() -> Flask:
    """Called by the server itself only: whoever merely reads the names of the switches changes nothing."""
    from app import create_app as create_product

    clock.now = _wrong_now
    event.listen(Engine, "checkout", _refuse_changes)
    return create_product()
