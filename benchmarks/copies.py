"""How long a copy, its check and its return take, and how long who saves meanwhile waits.

`python -m benchmarks.copies` prints a table for docs/reliability.md: SQLite, on a temporary site; N=1000000 answers
unless told otherwise.
"""

import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from benchmarks.site import PREPARE, Site, run, temporary_site

ANSWERS = 1_000_000
BETWEEN_SAVES = 0.02

_MULTIPLY = """
WITH RECURSIVE again(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM again LIMIT :times)
INSERT INTO answers (attempt_id, question, value, client, sequence, is_stale, is_final, at)
SELECT attempt_id, question, value, client || '-' || i, sequence, is_stale, is_final, at FROM answers, again
"""
_SAVE = """
INSERT INTO answers (attempt_id, question, value, client, sequence, is_stale, is_final, at)
SELECT attempt_id, question, value, 'saving', :sequence, 0, 0, at FROM answers WHERE id = 1
"""


def fill(site: Site, answers: int) -> int:
    """Give every answer of the demo's praja many siblings; how many there are then."""
    with closing(sqlite3.connect(site.database)) as connection, connection:
        (before,) = connection.execute("SELECT count(*) FROM answers").fetchone()
        connection.execute(_MULTIPLY, {"times": max(answers // before - 1, 1)})
        (after,) = connection.execute("SELECT count(*) FROM answers").fetchone()
    return int(after)


class Saver:
    """Saves one answer after the other as the product does, each on the disk before the next; how long each took."""

    def __init__(self, site: Site) -> None:
        self._database = site.database
        self._stop = threading.Event()
        self.seconds: list[float] = []

    @contextmanager
    def going_on(self) -> Iterator["Saver"]:
        thread = threading.Thread(target=self._run)
        thread.start()
        try:
            yield self
        finally:
            self._stop.set()
            thread.join()

    def _run(self) -> None:
        with closing(sqlite3.connect(self._database, timeout=60, isolation_level=None)) as connection:
            connection.execute("PRAGMA synchronous = FULL")
            (sequence,) = connection.execute("SELECT coalesce(max(sequence), 0) FROM answers").fetchone()
            while not self._stop.wait(BETWEEN_SAVES):
                sequence += 1
                start = time.perf_counter()
                connection.execute("BEGIN IMMEDIATE")
                connection.execute(_SAVE, {"sequence": sequence})
                connection.execute("COMMIT")
                self.seconds.append(time.perf_counter() - start)


def told(saver: Saver) -> str:
    milliseconds = sorted(1000 * second for second in saver.seconds)
    middle, last = milliseconds[len(milliseconds) // 2], milliseconds[-1]
    return f"{len(milliseconds)} saves: p50 {middle:.1f} ms, longest {last:.0f} ms"


def _database(*arguments: object) -> tuple[str, ...]:
    return ("-m", "flask", "database", *map(str, arguments))


def measure(answers: int) -> Iterator[tuple[str, str]]:
    with temporary_site() as site:
        run(site, PREPARE)
        yield "answers", f"{fill(site, answers):,}"
        folder = Path(site.folder) / "copies"
        with Saver(site).going_on() as alone:
            time.sleep(5)
        yield "saving, with no copy being made", told(alone)
        with Saver(site).going_on() as beside:
            seconds = run(site, _database("backup", folder))
        (copy,) = folder.glob("*.sqlite")
        yield "backup, read back and verified", f"{seconds:.1f} s for {copy.stat().st_size / 1e6:.0f} MB"
        yield "saving, while it was made", told(beside)
        yield "verify", f"{run(site, _database('verify', copy)):.1f} s"
        yield "restore, verified first", f"{run(site, _database('restore', '--yes', copy)):.1f} s"
        yield "of which starting the program", f"{run(site, _database('--help')):.1f} s"


def main() -> None:
    print("| what | measured |\n|---|---|")
    for what, found in measure(int(os.environ.get("N", ANSWERS))):
        print(f"| {what} | {found} |", flush=True)


if __name__ == "__main__":
    main()
