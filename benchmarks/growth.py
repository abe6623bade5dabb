"""What more learners ask of the servers: docs/growth.md, computed from figures that were measured.

`python -m benchmarks growth` measures them anew and writes the document's table and figures.
"""

import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, fields
from math import ceil
from pathlib import Path
from statistics import median

from benchmarks import load
from benchmarks.attempt import FLOOR_PAGE, LEARNERS, TURNS, Timings
from benchmarks.load import Comparison
from benchmarks.site import ROOT, Site

DOCUMENT = ROOT / "docs" / "growth.md"

WEEKS = 14
"""Of a course."""
LESSON_PAGES, ATTEMPTS, ANSWERS, PRACTICE, OTHER_PAGES = 80, 12, 13, 60, 200
"""Of one learner in a course: pages of lessons, attempts, saves in each, answers in practice, all other pages."""
BUSY_HOUR = 0.2
"""Of a study day's requests; a course has five study days a week."""
EXAM_MINUTES = 40
PATIENCE = 3.0
"""Seconds within which everybody's submit is answered when all press the button at one moment."""
LOAD = 0.6
"""Of its processors that a server should be busy with, at most."""
ONE_SERVER = 16
"""Processors of the largest server a campus is likely to have."""
MANY_ROWS = 20_000_000
"""Answers a year beyond which an index of one table no longer fits into the memory of a small server."""


@dataclass(frozen=True)
class Measured:
    """On the machine that the document names."""

    page_ms: float
    save_ms: float
    submit_ms: float
    saves_a_second: float
    attempt_bytes: float

    def lines(self) -> str:
        """As the document tells them, and as `read` finds them there."""
        told = [f"| {MEANINGS[field.name]} | {getattr(self, field.name):,.1f} |" for field in fields(self)]
        return "\n".join(["| what | |", "| --- | ---: |", *told])


MEANINGS = {
    "page_ms": "processor time of the server for a lesson page, ms",
    "save_ms": "processor time of the server for a saved answer, ms",
    "submit_ms": "from sending an attempt of ten questions to its answer, ms (its processor time is less)",
    "saves_a_second": "answers saved a second, each committed to SQLite and forced to the disk",
    "attempt_bytes": "bytes that an attempt of ten saved answers adds to the database, indexes included",
}


@dataclass(frozen=True)
class Scale:
    name: str
    learners: int
    at_once: int
    """Who sits the same exam in the same minutes."""


SCALES = (
    Scale("one hall", 393, 393),
    Scale("one institute", 4_000, 2_000),
    Scale("all of IPDN", 12_000, 4_000),
    Scale("civil servants", 100_000, 10_000),
)


@dataclass(frozen=True)
class Need:
    scale: Scale
    requests_a_day: float
    busiest_a_second: float
    saves_a_second: float
    """During an exam."""
    answers_a_year: float
    gigabytes_a_year: float
    processors: int
    """For an exam and the busiest hour at one time, at a load that leaves room."""
    processors_for_the_end: int
    """For everybody's submit within `PATIENCE`."""

    @property
    def most_processors(self) -> int:
        return max(self.processors, self.processors_for_the_end)


def need(scale: Scale, of: Measured) -> Need:
    """One course a year for everybody."""
    saves = ATTEMPTS * ANSWERS + PRACTICE
    requests = LESSON_PAGES + saves + OTHER_PAGES
    a_day = scale.learners * requests / (WEEKS * 5)
    busiest = a_day * BUSY_HOUR / 3600
    exam = scale.at_once * ANSWERS / (EXAM_MINUTES * 60)
    busy_seconds = busiest * of.page_ms / 1000 + exam * of.save_ms / 1000
    return Need(
        scale,
        requests_a_day=a_day,
        busiest_a_second=busiest,
        saves_a_second=exam,
        answers_a_year=scale.learners * saves,
        gigabytes_a_year=scale.learners * saves / 10 * of.attempt_bytes / 1e9,
        processors=max(1, ceil(busy_seconds / LOAD)),
        processors_for_the_end=max(1, ceil(scale.at_once * of.submit_ms / 1000 / PATIENCE)),
    )


def breaks_first(asked: Need, of: Measured) -> str:
    """On one server with 2 processors and SQLite."""
    if asked.saves_a_second > of.saves_a_second / 2:
        return "SQLite's one writer, in the middle of an exam"
    if asked.processors > 2:
        return "the processors, in the busiest hour"
    if asked.processors_for_the_end > 2:
        seconds = asked.scale.at_once * of.submit_ms / 1000 / 2
        return f"the last moment of an exam: {seconds:.0f} s until all are answered"
    return "nothing"


def changes(asked: Need) -> str:
    """From one server with 2 processors and SQLite."""
    most, found = asked.most_processors, []
    if most > 2:
        servers = f" on {ceil(most / ONE_SERVER)} servers" if most > ONE_SERVER else ""
        found.append(f"PostgreSQL, {most} processors{servers}")
    if most > ONE_SERVER:
        found.append("a read replica for scores and analyses")
    if asked.answers_a_year > MANY_ROWS:
        found.append("answers in a partition a year")
    return "; ".join(found) or "as it is"


HEADS = (
    "", "learners", "at once", "requests a day", "busiest hour, a second", "saves a second in an exam",
    "answers a year", "database a year", "breaks first", "change to",
)  # fmt: skip


def table(of: Measured, scales: Sequence[Scale] = SCALES) -> str:
    """The document's table, as Markdown."""
    lines = [HEADS, tuple("---" if head in ("", *HEADS[-2:]) else "---:" for head in HEADS)]
    lines += [_line(need(scale, of), of) for scale in scales]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _line(asked: Need, of: Measured) -> tuple[str, ...]:
    return (
        asked.scale.name,
        f"{asked.scale.learners:,}",
        f"{asked.scale.at_once:,}",
        f"{asked.requests_a_day:,.0f}",
        f"{asked.busiest_a_second:.1f}",
        f"{asked.saves_a_second:.1f}",
        f"{asked.answers_a_year:,.0f}",
        f"{asked.gigabytes_a_year:.2f} GB",
        breaks_first(asked, of),
        changes(asked),
    )


def size_of(site: Site) -> int:
    """Bytes of a site's database, without the floor's answers and packed; nobody may be serving it."""
    database = sqlite3.connect(site.database, isolation_level=None)
    try:
        database.execute("DELETE FROM answers WHERE client = ?", (FLOOR_PAGE,))
        database.execute("VACUUM")
        pages, size = (database.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
    finally:
        database.close()
    return int(pages * size)


def measured(lessons: Comparison, saves: Comparison, attempts: Timings, grown: int) -> Measured:
    """`grown`: bytes by which the database has grown by `attempts`."""
    return Measured(
        page_ms=load.median_server_milliseconds(lessons.product),
        save_ms=load.median_server_milliseconds(saves.product),
        submit_ms=1000 * median(attempts.product["submit"]),
        saves_a_second=load.median_rate(saves.product),
        attempt_bytes=grown / (LEARNERS * TURNS),
    )


def read(text: str) -> Measured:
    """The figures that the document tells. Raises KeyError where one is missing."""
    told = dict(re.findall(r"^\| ([^|]+?) \| ([0-9,.]+) \|$", text, re.MULTILINE))
    return Measured(**{name: float(told[meaning].replace(",", "")) for name, meaning in MEANINGS.items()})


def write(of: Measured, path: Path = DOCUMENT) -> None:
    """Put figures and table in the place of the ones before."""
    text = path.read_text(encoding="utf-8")
    rounded = read(of.lines())  # the table is computed from what the document tells, so that a reader can
    path.write_text(_between(_between(text, "figures", of.lines()), "table", table(rounded)), encoding="utf-8")


def _between(text: str, name: str, new: str) -> str:
    marks = rf"(<!-- {name} -->\n).*?(\n<!-- end of {name} -->)"
    return re.sub(marks, lambda found: found[1] + new + found[2], text, flags=re.DOTALL)
