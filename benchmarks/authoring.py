"""What authoring costs: checking and rendering many lessons, beside bare Markdown on the same texts in the same run.

`python -m benchmarks authoring` measures this alone. Processor time of one process; no server is involved.
"""

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import markdown
from flask_migrate import upgrade

from app import create_app
from benchmarks import lessons
from benchmarks.report import Row, at_most, information, no_more_than
from courses import catalogue, outline
from courses.lesson import Lesson, render
from courses.outline import Outline
from courses.yamlish import split
from foundation import clock

LESSONS, COMPARED = 1_000, 100
"""In the course that is checked and changed, and in the part of it that is rendered in turns with bare Markdown."""
ROUNDS = 5
EXTENSIONS = ("tables", "footnotes", "def_list", "attr_list", "fenced_code", "sane_lists")
CHECK_GOAL, RENDER_GOAL = 0.3, 1.3
LONGEST_CHANGE = 1.0


@dataclass(frozen=True)
class Round:
    """Seconds for the same lessons."""

    bare: float
    check: float
    render: float


@dataclass(frozen=True)
class Authoring:
    rounds: list[Round]
    cold: float
    """Seconds to read and check the whole course."""
    synced: float
    """Seconds until the whole course was online for the first time."""
    changes: list[float]
    """Seconds from a changed file to the changed course in the database."""


def measure() -> Authoring:
    files = lessons.course(LESSONS)
    with TemporaryDirectory(prefix="kursus-bench-") as folder:
        app = create_app(_settings(folder))  # which makes known who reads a `cek`
        rounds = [_round(lessons.course(COMPARED)) for _ in range(ROUNDS + 1)][1:]  # the first one warms up
        cold = _seconds(lambda: _checked(files))
        with app.app_context():
            upgrade()
            synced, changes = _online(Path(folder), files)
    return Authoring(rounds, cold, synced, changes)


def _settings(folder: str) -> dict[str, str]:
    return {"KURSUS_MODE": "demo", "KURSUS_INSTANCE": folder, "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite"}


def rows(found: Authoring) -> list[Row]:
    bare = median(one.bare for one in found.rounds) / COMPARED * 1000
    what = f"lessons of {lessons.SIZE // 1024} KB"
    return [
        _row(f"checking {what}, ms each", bare, [(one.check, one.bare) for one in found.rounds], CHECK_GOAL),
        _row(f"rendering {what}, ms each", bare, [(one.render, one.bare) for one in found.rounds], RENDER_GOAL),
        information(f"checking {LESSONS:,} lessons from cold, s", f"{found.cold:.2f}"),
        information(f"bringing {LESSONS:,} lessons online, s", f"{found.synced:.2f}"),
        at_most(f"one change among {LESSONS:,} lessons, until online, s", median(found.changes), LONGEST_CHANGE, 2),
    ]


def _row(what: str, bare: float, pairs: list[tuple[float, float]], goal: float) -> Row:
    ratios = [ours / floor for ours, floor in pairs]
    ours = median(ours for ours, _floor in pairs) / COMPARED * 1000
    return no_more_than(what, ours, bare, median(ratios), ratios, goal)


def _round(files: dict[str, bytes]) -> Round:
    """Bare Markdown, checking and rendering in turns."""
    texts = [split(text.decode()).body for path, text in files.items() if "pelajaran" in path]
    bare = _seconds(lambda: [markdown.markdown(text, extensions=EXTENSIONS) for text in texts])
    check = _seconds(lambda: _checked(files))
    course = _checked(files)
    return Round(bare, check, _seconds(lambda: _rendered(course)))


def _checked(files: dict[str, bytes]) -> Outline:
    """The course read; raises when anything in it is wrong, as then less would be measured."""
    read = outline.read("ukur", files)
    if read.problems:
        raise RuntimeError(f"the lessons to measure have a problem: {read.problems[0]}")
    return read


def _rendered(course: Outline) -> None:
    for module in course.modules:
        for entry in module.activities:
            assert isinstance(entry.parsed.definition, Lesson)
            render(entry.parsed.definition, course.links_from(entry.file))


def _online(folder: Path, files: dict[str, bytes]) -> tuple[float, list[float]]:
    """The course in a database of its own, then one lesson after the other changed, as `make dev` follows them."""
    course = folder / "content" / "ukur"
    for path, text in files.items():
        (course / path).parent.mkdir(parents=True, exist_ok=True)
        (course / path).write_bytes(text)
    reports: list[catalogue.Report] = []

    def sync() -> None:
        nonlocal reports
        reports = catalogue.sync(course.parent, clock.now(), [report.outline for report in reports])

    synced = _seconds(sync)
    changes = []
    for path in [path for path in files if "pelajaran" in path][:: LESSONS // ROUNDS]:
        with (course / path).open("a", encoding="utf-8") as file:
            file.write("\nSatu kalimat lagi.\n")
        changes.append(_seconds(sync))
        if (changed := sum(report.changed for report in reports)) != 1:
            raise RuntimeError(f"one lesson was changed, and {changed} came online")
    return synced, changes


def _seconds(work: Callable[[], object]) -> float:
    """Of the processor, so that neighbours on the machine count less."""
    gc.collect()
    start = time.process_time()
    work()
    return time.process_time() - start
