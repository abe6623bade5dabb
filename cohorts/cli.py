"""`flask cohorts …`: a cohort and its learners from the terminal."""

import click
from flask.cli import AppGroup

from accounts.queries import get_person
from cohorts import actions
from cohorts.queries import get_cohort
from foundation import clock
from foundation.commands import command
from foundation.database import db

cohorts = AppGroup("cohorts", help="Cohorts: create, enrol.")


@cohorts.command()
@click.argument("slug")
@click.argument("course")
@click.argument("name")
def create(slug: str, course: str, name: str) -> None:
    """Create a cohort of COURSE (its folder's name)."""
    with command():
        actions.create_cohort(slug, course, name, clock.now())
        db.session.commit()


@cohorts.command()
@click.argument("slug")
@click.argument("usernames", nargs=-1, required=True)
def enrol(slug: str, usernames: tuple[str, ...]) -> None:
    """Enrol people in a cohort; who is in it already stays as they are."""
    with command():
        cohort = get_cohort(slug)
        for username in usernames:
            actions.enrol(get_person(username), cohort, clock.now())
        db.session.commit()
