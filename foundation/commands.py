"""What every command of ours that changes the database does around its work."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from foundation.database import writing
from foundation.errors import DomainError


@contextmanager
def command() -> Iterator[None]:
    """Take the write lock at once; a broken rule becomes one line on the terminal and exit code 1."""
    with writing():
        try:
            yield
        except DomainError as refusal:
            raise click.ClickException(str(refusal)) from refusal
