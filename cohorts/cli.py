"""`flask cohorts …`: a cohort and its learners from the terminal."""

from pathlib import Path

import click
from flask.cli import AppGroup

from accounts.queries import get_person
from cohorts import actions, importing, planning, roster, slips
from cohorts.queries import get_cohort
from foundation import clock
from foundation.commands import command
from foundation.spreadsheets import BOM, to_csv

cohorts = AppGroup("cohorts", help="Cohorts: create, enrol, import, slips.")


@cohorts.command()
@click.argument("slug")
@click.argument("course")
@click.argument("name")
def create(slug: str, course: str, name: str) -> None:
    """Create a cohort of COURSE (its folder's name)."""
    with command():
        actions.found_cohort(None, course, name, clock.now(), slug=slug)


@cohorts.command()
@click.argument("slug")
@click.argument("usernames", nargs=-1, required=True)
def enrol(slug: str, usernames: tuple[str, ...]) -> None:
    """Enrol people in a cohort; who is in it already stays as they are."""
    with command():
        actions.add_members(None, get_cohort(slug), map(get_person, usernames), clock.now())


@cohorts.command("import")
@click.argument("slug")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@click.option("--skip-problems", is_flag=True, help="Import the rows in which nothing is wrong.")
def import_people(slug: str, file: Path, dry_run: bool, skip_problems: bool) -> None:
    """Bring the people of a roster (CSV) into a cohort; again, it changes nothing."""
    found = roster.from_bytes(file.read_bytes())
    with command():
        cohort = get_cohort(slug)
        plan = planning.plan(None, cohort, found)
        for problem in plan.problems:
            click.echo(f"{file}:{problem}", err=True)
        if plan.problems and not (skip_problems and plan.rows):
            raise SystemExit(1)
        done = plan.counts
        if not dry_run:
            with click.progressbar(length=len(plan.rows), label=cohort.name) as bar:
                done = importing.import_roster(
                    None, cohort, found, clock.now(), skip_problems=skip_problems, tell=bar.update
                )
    click.echo(", ".join(f"{step.value}: {number}" for step, number in done.items()))


@cohorts.command("slips")
@click.argument("slug")
def print_slips(slug: str) -> None:
    """New one-time passwords for all who have no own one, as CSV, printed once; those before stop working."""
    with command():
        cohort = get_cohort(slug)
        holders = slips.holders(None, cohort, slips.Whose.WITHOUT_OWN)
        made = slips.issue(None, cohort, [holder.username for holder in holders], clock.now()) if holders else []
    lines = [(slip.username, slip.name, slip.password) for slip in made]
    click.echo(to_csv(("nama_pengguna", "nama", "kata_sandi"), lines).removeprefix(BOM), nl=False)
