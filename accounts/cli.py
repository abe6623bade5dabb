"""`flask people …`: accounts and grants from the terminal, where the first admin comes from."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from accounts import administration, erasing, exporting
from accounts.queries import get_person
from accounts.roles import Role
from foundation import clock, codes
from foundation.commands import command

people = AppGroup("people", help="People: create, passwords, grants.")

ROLE = click.Choice([role.value for role in Role])


@people.command()
@click.argument("username")
@click.argument("name")
def create(username: str, name: str) -> None:
    """Create an account with a one-time password, printed once."""
    password = codes.new_password()
    with command():
        administration.open_account(None, username, name, password, clock.now())
    click.echo(f"{username}: {password}")


@people.command("password")
@click.argument("username")
def new_password(username: str) -> None:
    """Give an account a new one-time password, printed once; every device is signed out."""
    password = codes.new_password()
    with command():
        administration.give_new_password(None, get_person(username), password, clock.now())
    click.echo(f"{username}: {password}")


@people.command("grant")
@click.argument("username")
@click.argument("role", type=ROLE)
@click.argument("scope")
def grant_role(username: str, role: str, scope: str) -> None:
    """Grant a role for SCOPE: situs, kursus:<slug> or angkatan:<slug>."""
    with command():
        administration.give_role(None, get_person(username), role, scope, clock.now())


@people.command("withdraw")
@click.argument("username")
@click.argument("role", type=ROLE)
@click.argument("scope")
def withdraw_role(username: str, role: str, scope: str) -> None:
    """Take a role for SCOPE back."""
    with command():
        administration.take_role(None, get_person(username), Role(role), scope, clock.now())


@people.command()
@click.argument("username")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def export(username: str, file: Path) -> None:
    """Write everything held of somebody into FILE, a ZIP that only its owner may read."""
    # The page in it asks which language its reader has, as any page does.
    with current_app.test_request_context(), command():
        packed = exporting.export(None, get_person(username), clock.now())
    file.touch(mode=0o600)
    file.write_bytes(packed)
    click.echo(f"{username}: {file}")


@people.command()
@click.argument("username")
@click.option("--confirm", prompt="Ketik lagi nama penggunanya; ini tidak dapat dibatalkan")
def erase(username: str, confirm: str) -> None:
    """Erase somebody's personal data for good; their work stays under a pseudonym, which is printed."""
    with command():
        nobody = erasing.erase(None, get_person(username), confirm, clock.now())
    click.echo(f"{username}: {nobody.username}")
