"""`flask database …`: copies of all data, and the way back."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from foundation import backup, clock
from foundation.copies import CopyRefused

KEEP = 14

database = AppGroup("database", help="Copies of all data: make, verify, restore.")
_file = click.argument("file", type=click.Path(path_type=Path))


@contextmanager
def _refusals_told() -> Iterator[None]:
    try:
        yield
    except CopyRefused as refusal:
        raise click.ClickException(str(refusal)) from refusal


@database.command("backup")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), required=False)
@click.option("--keep", type=click.IntRange(1), default=KEEP, show_default=True, help="How many copies stay.")
def back_up(folder: Path | None, keep: int) -> None:
    """Copy the database into FOLDER (instance/cadangan), also while the server runs."""
    with _refusals_told():
        made = backup.back_up(folder or Path(current_app.instance_path) / "cadangan", keep, clock.now())
    size = f"{made.file.stat().st_size / 1_000_000:.1f}".replace(".", ",")
    removed = f"; {made.removed} salinan lama dihapus" if made.removed else ""
    click.echo(f"Tersalin: {made.file} ({size} MB; {made.contents}){removed}.")


@database.command("verify")
@_file
def verify(file: Path) -> None:
    """Tell whether the copy FILE is whole and can be restored; it is only read."""
    with _refusals_told():
        good = backup.verify(file)
    click.echo(f"Utuh: {file} (skema {good.contents.revision}; {good.contents}).")


@database.command("restore")
@_file
@click.option("--yes", is_flag=True, help="Do not ask.")
def restore(file: Path, yes: bool) -> None:
    """Make the copy FILE the database, when no server runs; the present one is kept aside."""
    with _refusals_told():
        good = backup.verify(file)
        if not yes:
            click.confirm(f"Ganti basis data sekarang dengan {file} ({good.contents})?", abort=True)
        undo = backup.restore(good, clock.now())
    click.echo(f"Dipulihkan dari {file} ({good.contents}). {undo}")
