"""`flask people …`: accounts and grants from the terminal, where the first admin comes from."""

import secrets

import click
from flask.cli import AppGroup

from accounts import actions, passwords
from accounts.queries import get_person
from accounts.roles import Role
from foundation import clock
from foundation.commands import command
from foundation.database import db

people = AppGroup("people", help="People: create, passwords, grants.")

ROLE = click.Choice([role.value for role in Role])


@people.command()
@click.argument("username")
@click.argument("name")
def create(username: str, name: str) -> None:
    """Create an account with a random password, printed once."""
    password = secrets.token_urlsafe(9)
    with command():
        actions.create_person(username, name, clock.now(), password=password)
        db.session.commit()
    click.echo(f"{username}: {password}")


@people.command("password")
@click.argument("username")
def new_password(username: str) -> None:
    """Give an account a new random password, printed once; every device is signed out."""
    password = secrets.token_urlsafe(9)
    passwords.check_new(password, username)
    with command():
        actions.set_password(get_person(username), password)
        db.session.commit()
    click.echo(f"{username}: {password}")


@people.command("grant")
@click.argument("username")
@click.argument("role", type=ROLE)
@click.argument("scope")
def grant_role(username: str, role: str, scope: str) -> None:
    """Grant a role for SCOPE: situs, kursus:<slug> or angkatan:<slug>."""
    with command():
        actions.grant(get_person(username), Role(role), scope, clock.now())
        db.session.commit()


@people.command("withdraw")
@click.argument("username")
@click.argument("role", type=ROLE)
@click.argument("scope")
def withdraw_role(username: str, role: str, scope: str) -> None:
    """Take a role for SCOPE back."""
    with command():
        actions.withdraw(get_person(username), Role(role), scope)
        db.session.commit()
