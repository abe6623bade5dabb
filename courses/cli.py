"""`flask courses …`: check content, and bring it online."""

from dataclasses import replace
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from courses import catalogue, checking, reports
from courses.outline import Outline
from foundation import clock
from foundation.commands import command
from foundation.problems import has_errors

courses = AppGroup("courses", help="Courses: check content, bring it online.")


def content_folder() -> Path:
    return Path(current_app.config["KURSUS_CONTENT"])


PATH = click.argument("path", required=False, type=click.Path(path_type=Path))


@courses.command()
@PATH
@click.option("--json", "as_json", is_flag=True, help="Problems as a JSON list, for tools.")
@click.option("--perbaiki", "--fix", "mends", is_flag=True, help="Show what can be mended, and ask to write it.")
@click.option("--ya", "--yes", "is_sure", is_flag=True, help="Write what --perbaiki shows without asking.")
@click.option("--kisi-kisi", "--blueprint", "blueprint", is_flag=True, help="The blueprint: objective by level.")
@click.option("--rujukan", "--citations", "citations", is_flag=True, help="Paragraphs of fact without a source.")
def check(path: Path | None, as_json: bool, mends: bool, is_sure: bool, blueprint: bool, citations: bool) -> None:
    """Check a file, a course or a folder of courses; exit code 1 when anything is wrong. Needs no database."""
    if is_sure and not mends:
        raise click.UsageError("--ya berlaku bersama --perbaiki.")
    asked = checking.asked_for(path or content_folder())
    if blueprint:
        for one in asked:
            checking.tell_blueprint(one)
        return
    if citations:
        checking.tell_uncited(asked)
        return
    if mends:
        checking.mend(asked, is_sure=is_sure)
        asked = checking.asked_for(path or content_folder())
    problems = sorted(problem for one in asked for problem in one.problems())
    if as_json:
        click.echo(reports.as_json(problems))
    else:
        checking.tell(problems)
    raise SystemExit(1 if has_errors(problems) else 0)


@courses.command()
@PATH
def sync(path: Path | None) -> None:
    """Bring content online. A file with an error keeps its last good version; exit code 1 tells of one."""
    content = path or content_folder()
    if not content.is_dir():
        raise click.ClickException(f"{content} bukan folder.")
    with command():
        reports = catalogue.sync(content, clock.now())
    for report in reports:
        tell(report)
    raise SystemExit(1 if any(has_errors(report.outline.problems) for report in reports) else 0)


def tell(report: catalogue.Report) -> None:
    outline: Outline = report.outline
    for problem in outline.problems:
        if not problem.is_warning:
            click.echo(reports.in_colour(replace(problem, file=f"{outline.slug}/{problem.file}")), err=True)
    if outline.head is None:
        click.echo(f"{outline.slug}: kursus.md tidak terbaca; isi yang sudah daring dibiarkan.", err=True)
        return
    click.echo(
        f"{outline.slug}: {report.added} baru, {report.changed} berubah, {report.hidden} disembunyikan, "
        f"{report.kept} ditahan karena kesalahan."
    )
