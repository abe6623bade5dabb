"""What `flask courses check` does with files on disk: read, tell, mend."""

import difflib
import os
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import click

from courses import catalogue, lesson, reports
from courses.blueprint import as_table, blueprint
from courses.mending import mend as mended
from courses.outline import Outline
from courses.uncited import uncited
from foundation.problems import Edit, Problem

MANY = 40
"""From so many files on, a terminal shows how far the reading is."""


@dataclass(frozen=True)
class Asked:
    """A course that was asked for, whole or one file of it; `shown` is the folder as it was given."""

    folder: Path
    shown: str
    file: str | None = None

    @cached_property
    def outline(self) -> Outline:
        with _progress(self.folder) as told:
            return catalogue.read_course(self.folder, told=told)

    def path(self, file: str) -> str:
        """A path as the author gave it, joined with the file's place in it."""
        return self.shown if self.file else f"{self.shown}/{file}"

    def problems(self) -> Iterator[Problem]:
        """Problems of what was asked for, with paths as given."""
        for problem in self.outline.problems:
            if self.file in (None, problem.file):
                yield replace(problem, file=self.path(problem.file))


@contextmanager
def _progress(folder: Path) -> Iterator[Callable[[str], None]]:
    """A bar on a terminal while many files are read; silence otherwise."""
    count = sum(1 for _path in folder.rglob("*.md"))
    if count < MANY or not sys.stderr.isatty():
        yield lambda file: None
        return
    with click.progressbar(length=count, label="Membaca", file=sys.stderr) as bar:
        yield lambda file: bar.update(1)
        bar.update(count)


def asked_for(path: Path) -> list[Asked]:
    """The courses of a path, each read when it is needed."""
    if path.is_file():
        folder = _course_of(path)
        return [Asked(folder, path.as_posix(), path.resolve().relative_to(folder.resolve()).as_posix())]
    return [Asked(folder, folder.as_posix()) for folder in catalogue.course_folders(path)]


def _course_of(file: Path) -> Path:
    for folder in file.resolve().parents:
        if any((folder / name).is_file() for name in catalogue.COURSE_FILES):
            return folder
    raise click.ClickException(f"{file} tidak berada di dalam kursus: tidak ada kursus.md di atasnya.")


def tell(problems: list[Problem]) -> None:
    """Problems on the way out, their number beside it."""
    for problem in problems:
        click.echo(reports.in_colour(problem))
    click.echo(reports.summary(problems), err=True)
    if mendable := sum(problem.mend is not None for problem in problems):
        click.echo(f"{mendable} di antaranya dapat diperbaiki sendiri: tambahkan --perbaiki.", err=True)


def tell_blueprint(asked: Asked) -> None:
    rows = blueprint(asked.outline.modules, asked.file)
    click.echo(click.style(f"Kisi-kisi {asked.path(asked.file or '').rstrip('/')}", bold=True))
    if rows:
        click.echo("\n".join(reports.aligned(as_table(rows))))
    else:
        click.echo("Belum ada tujuan dan soal.")


def tell_uncited(asked: Iterable[Asked]) -> None:
    """Every paragraph of fact without a source; whether it needs one is the author's to judge."""
    count = 0
    for one in asked:
        lessons = [entry for module in one.outline.modules for entry in module.activities]
        for entry in lessons:
            if entry.kind != lesson.KIND_NAME or one.file not in (None, entry.file):
                continue
            for found in uncited(entry.source, entry.file):
                count += 1
                click.echo(f"{click.style(f'{one.path(entry.file)}:{found.line}:', bold=True)} {found.beginning}")
    click.echo(f"{count} paragraf memuat fakta tanpa rujukan. Timbang satu per satu.", err=True)


def mend(asked: Iterable[Asked], *, is_sure: bool) -> None:
    """Show what would be written as a difference, ask, and write: ids, blank lines, links to renamed files."""
    changes = [change for one in asked for change in _changes(one)]
    for shown, path, after in changes:
        _tell_difference(shown, _read(path), after)
    if not changes:
        click.echo("Tidak ada yang dapat diperbaiki sendiri.", err=True)
    elif is_sure or click.confirm(f"Tulis perubahan ini ke {len(changes)} berkas?", err=True):
        for shown, path, after in changes:
            _write(path, after)
            click.echo(f"Ditulis: {shown}", err=True)
    else:
        click.echo("Tidak ada yang ditulis.", err=True)


def _changes(asked: Asked) -> Iterator[tuple[str, Path, str]]:
    edits: dict[str, list[Edit]] = defaultdict(list)
    for problem in asked.outline.problems:
        if problem.mend is not None and asked.file in (None, problem.file):
            edits[problem.file].append(problem.mend)
    for file, of_file in edits.items():
        path = asked.folder / file
        before = _read(path)
        after = mended(before, of_file)
        if after != before:
            yield asked.path(file), path, after


def _tell_difference(shown: str, before: str, after: str) -> None:
    colours = {"+": "green", "-": "red", "@": "cyan"}
    lines = difflib.unified_diff(
        before.splitlines(), after.splitlines(), shown, f"{shown} (diperbaiki)", lineterm="", n=1
    )
    for line in lines:
        click.echo(click.style(line, fg=colours.get(line[:1])))


def _read(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


def _write(path: Path, text: str) -> None:
    """Whole or not at all: a full disk or a power cut leaves the file as it was."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(path.stat().st_mode & 0o777)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
