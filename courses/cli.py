"""`flask courses …`: check content, and bring it online."""

from dataclasses import replace
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from courses import catalogue
from courses.outline import Outline
from foundation import clock
from foundation.commands import command
from foundation.problems import Problem, has_errors

courses = AppGroup("courses", help="Courses: check content, bring it online.")


def content_folder() -> Path:
    return Path(current_app.config["KURSUS_CONTENT"])


@courses.command()
@click.argument("path", required=False, type=click.Path(exists=True, path_type=Path))
def check(path: Path | None) -> None:
    """Check a file, a course or a folder of courses; exit code 1 when anything is wrong. Needs no database."""
    asked = path or content_folder()
    problems = sorted(_problems_of(asked))
    for problem in problems:
        click.echo(str(problem))
    errors = sum(not problem.is_warning for problem in problems)
    click.echo(f"{errors} kesalahan, {len(problems) - errors} peringatan.", err=True)
    raise SystemExit(1 if has_errors(problems) else 0)


def _problems_of(asked: Path) -> list[Problem]:
    """Problems with each path as it was given, joined with the file's place in it."""
    if asked.is_file():
        folder = _course_of(asked)
        name = asked.resolve().relative_to(folder.resolve()).as_posix()
        found = catalogue.read_course(folder).problems
        return [_at(problem, asked.as_posix()) for problem in found if problem.file == name]
    return [
        _at(problem, (folder / problem.file).as_posix())
        for folder in catalogue.course_folders(asked)
        for problem in catalogue.read_course(folder).problems
    ]


def _course_of(file: Path) -> Path:
    for folder in file.resolve().parents:
        if any((folder / name).is_file() for name in catalogue.COURSE_FILES):
            return folder
    raise click.ClickException(f"{file} tidak berada di dalam kursus: tidak ada kursus.md di atasnya.")


def _at(problem: Problem, path: str) -> Problem:
    return replace(problem, file=path)


@courses.command()
@click.argument("path", required=False, type=click.Path(exists=True, path_type=Path))
def sync(path: Path | None) -> None:
    """Bring content online. A file with an error keeps its last good version; exit code 1 tells of one."""
    with command():
        reports = catalogue.sync(path or content_folder(), clock.now())
    for report in reports:
        tell(report)
    raise SystemExit(1 if any(has_errors(report.outline.problems) for report in reports) else 0)


def tell(report: catalogue.Report) -> None:
    outline: Outline = report.outline
    for problem in outline.problems:
        if not problem.is_warning:
            click.echo(str(_at(problem, f"{outline.slug}/{problem.file}")), err=True)
    if outline.head is None:
        click.echo(f"{outline.slug}: kursus.md tidak terbaca; isi yang sudah daring dibiarkan.", err=True)
        return
    click.echo(
        f"{outline.slug}: {report.added} baru, {report.changed} berubah, {report.hidden} disembunyikan, "
        f"{report.kept} ditahan karena kesalahan."
    )
