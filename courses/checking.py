"""What `flask courses check` does with files on disk: read, tell, mend."""

import difflib
import errno
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
    """A course that was asked for, whole or a part of it; `shown` is the path as it was given."""

    folder: Path
    shown: str
    part: str = ""
    """A file or a folder in the course; "" for all of it."""

    @cached_property
    def outline(self) -> Outline:
        with _progress(self.folder) as told:
            return catalogue.read_course(self.folder, told=told)

    def path(self, file: str) -> str:
        """A path as the author gave it, joined with the file's place in it."""
        below = file.removeprefix(self.part).removeprefix("/")
        return f"{self.shown}/{below}" if below else self.shown

    def covers(self, file: str) -> bool:
        return not self.part or file == self.part or file.startswith(f"{self.part}/")

    def problems(self) -> Iterator[Problem]:
        """Problems of what was asked for, with paths as given."""
        for problem in self.outline.problems:
            if self.covers(problem.file):
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
    if not path.exists():
        raise click.ClickException(f"{path} tidak ada. Periksa namanya, dan folder tempat Anda berada.")
    if course := _course_around(path):
        return [Asked(course, path.as_posix(), path.resolve().relative_to(course).as_posix())]
    courses = [] if path.is_file() else catalogue.course_folders(path)
    if not courses:
        raise click.ClickException(f"{path} bukan kursus dan tidak berada di dalam kursus: tidak ada kursus.md.")
    return [Asked(folder, folder.as_posix()) for folder in courses]


def _course_around(path: Path) -> Path | None:
    """The course that a file or folder is a part of."""
    return next((folder for folder in path.resolve().parents if catalogue.is_course(folder)), None)


def tell(problems: list[Problem]) -> None:
    """Problems on the way out, their number beside it."""
    for problem in problems:
        click.echo(reports.in_colour(problem))
    click.echo(reports.summary(problems), err=True)
    if mendable := sum(problem.mend is not None for problem in problems):
        click.echo(f"{mendable} di antaranya dapat diperbaiki sendiri: tambahkan --perbaiki.", err=True)


def tell_blueprint(asked: Asked) -> None:
    rows = blueprint(asked.outline.modules, asked.covers, is_whole=not asked.part)
    click.echo(click.style(f"Kisi-kisi {asked.shown}", bold=True))
    if rows:
        click.echo("\n".join(reports.aligned(as_table(rows))))
    else:
        click.echo("Belum ada tujuan dan soal.")
    if wrong := sorted({problem.file for problem in asked.problems() if not problem.is_warning}):
        click.echo(f"Belum terhitung seluruhnya, karena ada kesalahan: {', '.join(wrong)}", err=True)


def tell_uncited(asked: Iterable[Asked]) -> None:
    """Every paragraph of fact without a source; whether it needs one is the author's to judge."""
    count = 0
    for one in asked:
        lessons = [entry for module in one.outline.modules for entry in module.activities]
        for entry in lessons:
            if entry.kind != lesson.KIND_NAME or not one.covers(entry.file):
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
    elif is_sure or _agrees(f"Tulis perubahan ini ke {len(changes)} berkas?"):
        for shown, path, after in changes:
            try:
                _write(path, after)
            except OSError as error:
                reason = f"{shown} tidak dapat ditulis ({error.strerror}). Periksa izin dan ruang disknya."
                raise click.ClickException(reason) from error
            click.echo(f"Ditulis: {shown}", err=True)
    else:
        click.echo("Tidak ada yang ditulis.", err=True)


def _agrees(question: str) -> bool:
    """Nobody there to answer is a no."""
    try:
        return click.confirm(question, err=True)
    except click.Abort:
        click.echo(err=True)
        return False


def _changes(asked: Asked) -> Iterator[tuple[str, Path, str]]:
    edits: dict[str, list[Edit]] = defaultdict(list)
    for problem in asked.outline.problems:
        if problem.mend is not None and asked.covers(problem.file):
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
        click.echo(click.style(line, fg=colours.get(line[:1])), err=True)


def _read(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


def _write(path: Path, text: str) -> None:
    """Whole or not at all: a full disk or a power cut leaves the file as it was. Raises OSError."""
    if not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
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
