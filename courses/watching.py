"""Content that comes online as it is saved; for `make dev` only."""

from pathlib import Path
from threading import Thread

import click
from flask import Flask

from courses import catalogue, cli
from foundation import clock
from foundation.database import db, writing


def watch(app: Flask) -> None:
    """Sync again, in the background, whenever a content file changes; problems go to the terminal."""
    Thread(target=_watch, args=(app,), daemon=True).start()


def _watch(app: Flask) -> None:
    from watchfiles import watch as changes  # a development dependency

    reports: list[catalogue.Report] = []
    for found in changes(app.config["KURSUS_CONTENT"]):
        for name in sorted({Path(path).name for _, path in found}):
            click.echo(f"Berubah: {name}")
        with app.app_context(), writing():
            before = [report.outline for report in reports]
            reports = catalogue.sync(Path(app.config["KURSUS_CONTENT"]), clock.now(), before)
            for report in reports:
                cli.tell(report)
            db.session.remove()
