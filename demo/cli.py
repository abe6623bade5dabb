"""`flask demo …`: fill an empty site with people to look around as."""

from datetime import datetime
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import AppGroup
from sqlalchemy import select

from accounts.queries import get_person
from courses.models import Course
from demo import cohort, life, people
from foundation import clock
from foundation.commands import command
from foundation.database import db
from foundation.errors import N_, DomainError
from foundation.settings import is_loopback

demo = AppGroup("demo", help="Demo: people to look around as.")


def init_app(app: Flask) -> None:
    if app.config["KURSUS_MODE"] == "demo":
        app.extensions["demo_accounts"] = _accounts_to_show
    app.cli.add_command(demo)


def _accounts_to_show(visitor: str) -> dict[str, object] | None:
    """Names and password for the sign-in page: only where server and visitor are this machine."""
    if not is_loopback(current_app.config["HOST"]) or not is_loopback(visitor):
        return None
    password = people.kept_password(Path(current_app.instance_path))
    return {"usernames": list(people.CAST), "password": password} if password else None


@demo.command("prepare")
def prepare_command() -> None:
    """Make the demo accounts and the invented cohort, once, and see to their password."""
    prepare()


def prepare() -> None:
    if current_app.config["KURSUS_MODE"] != "demo":
        raise click.ClickException("Akun demo hanya ada dalam mode demo: jalankan dengan KURSUS_MODE=demo.")
    with command():
        if not people.are_made():
            _fill(clock.now())
        _see_to_password(Path(current_app.instance_path), current_app.config["HOST"])
        db.session.commit()


def _fill(at: datetime) -> None:
    course = db.session.scalars(select(Course).where(Course.is_hidden.is_(False)).order_by(Course.id)).first()
    if course is None:
        raise DomainError(N_("Belum ada kursus: jalankan flask courses sync dahulu."))
    theirs = people.make(course.slug, at)
    made = cohort.make(course.slug, "contoh-sintetis", at, cohort.SIZE)
    life.begin(get_person("instruktur"), theirs, made, at)
    click.echo(f"Demo: 4 akun dan {cohort.SIZE} praja sintetis ({made.name}).")


def _see_to_password(instance: Path, host: str) -> None:
    """At this machine a password is kept for the sign-in page; for a hall a new one is told once, in the terminal."""
    if is_loopback(host):
        kept = people.kept_password(instance)
        if kept is None or not people.is_current(kept):
            password = people.new_password()
            people.set_common_password(password)
            file = people.password_file(instance)
            file.touch(mode=0o600)
            file.write_text(password, encoding="utf-8")
        return
    password = people.new_password()
    people.set_common_password(password)
    people.password_file(instance).unlink(missing_ok=True)
    click.echo(f"Kata sandi akun demo ({', '.join(people.CAST)}), hanya ditampilkan sekali ini: {password}")
