"""`flask quizzes …`: what the server also does by itself."""

import click
from flask.cli import AppGroup

from foundation import clock
from quizzes.closing import settle_all

quizzes = AppGroup("quizzes", help="Quizzes: close attempts whose time is over.")


@quizzes.command()
def close() -> None:
    """Submit every attempt whose time is over, with what was saved; say how many."""
    click.echo(str(settle_all(clock.now())))
