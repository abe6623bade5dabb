"""Who uses the database just now: servers share it, a restore has it alone.

A lock on a file of its own, not on the database: that one may be damaged or gone, and a server still write to it. The
lock ends with the last process that holds it, however that process ends; workers have it from their parent.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import current_app

from foundation.copies import CopyRefused, in_use
from foundation.database import db, file_of


@contextmanager
def shared() -> Iterator[None]:
    """As a server holds it."""
    with _locked(alone=False, refusal=in_use("flask database restore")):
        yield


@contextmanager
def alone() -> Iterator[None]:
    """As a restore holds it: no server runs meanwhile, and none starts."""
    with _locked(alone=True, refusal=in_use("server kelas")):
        yield


@contextmanager
def _locked(*, alone: bool, refusal: CopyRefused) -> Iterator[None]:
    if sys.platform == "win32":  # it does not replace a file that somebody has open
        yield
        return
    import fcntl

    # Open to read alone, so that a lock file which root has made stops no server of another user.
    descriptor = os.open(_lock_file(), os.O_RDONLY | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(descriptor, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise refusal from error
        yield
    finally:
        os.close(descriptor)


def _lock_file() -> Path:
    file = file_of(db.engine.url)
    return file.with_name(f"{file.name}.lock") if file else Path(current_app.instance_path) / "server.lock"
