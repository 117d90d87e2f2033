"""``flask --app webapp users …``: accounts from the command line of the server."""

from __future__ import annotations

import sys

import click
from flask import Flask
from flask.cli import AppGroup

from webapp.accounts.audit import record
from webapp.accounts.errors import AccountError
from webapp.accounts.names import normalise_name
from webapp.accounts.passwords import hash_password
from webapp.accounts.sessions import end_sessions_of
from webapp.accounts.users import (
    add_user,
    change_role,
    list_users,
    remove_user,
    require_user,
    role_of,
)
from webapp.services import services
from webapp.storage.database import DatabaseAwayError

users = AppGroup("users", help="Who may use the admin pages.")

_role = click.Choice(["viewer", "operator"])
_from_input = click.option(
    "--password-stdin", is_flag=True, help="Read the password from the first line of the input."
)


def init_app(app: Flask) -> None:
    """Add the commands to an app."""
    app.cli.add_command(users)


class _SaidInWords:
    """Turns what can go wrong into one sentence and exit status 1."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, AccountError):
            raise click.ClickException(error.sentence) from error
        if isinstance(error, DatabaseAwayError):
            raise click.ClickException(f"The database does not answer: {error}") from error


@users.command("list")
def list_command() -> None:
    """List the users, their roles, and whether they have chosen a password."""
    with _SaidInWords(), services().database.reading() as session:
        for user in list_users(session):
            state = "" if user.password_hash else "  (has no password yet)"
            click.echo(f"{user.name:<24} {user.role}{state}")


@users.command("add")
@click.argument("name")
@click.option("--role", type=_role, default="viewer", show_default=True)
@_from_input
def add_command(name: str, role: str, password_stdin: bool) -> None:
    """Add a user."""
    with _SaidInWords():
        name = normalise_name(name)
        password_hash = hash_password(_ask_password(password_stdin), name)
        with services().database.session() as session:
            add_user(session, name, role_of(role), password_hash)
        record("user.add", name, role=role)
    click.echo(f"Added {name}, {role}.")


@users.command("password")
@click.argument("name")
@_from_input
def password_command(name: str, password_stdin: bool) -> None:
    """Give a user another password, and end the sessions there are."""
    with _SaidInWords():
        with services().database.reading() as session:
            name = require_user(session, name).name
        password_hash = hash_password(_ask_password(password_stdin), name)
        with services().database.session() as session:
            user = require_user(session, name)
            user.password_hash = password_hash
            end_sessions_of(session, user.id)
        record("user.password", name)
    click.echo(f"{name} has a new password and is signed out everywhere.")


@users.command("role")
@click.argument("name")
@click.argument("role", type=_role)
def role_command(name: str, role: str) -> None:
    """Make a user a viewer or an operator."""
    with _SaidInWords():
        with services().database.session() as session:
            user = require_user(session, name)
            change_role(session, user, role_of(role))
        record("user.role", user.name, role=role)
    click.echo(f"{user.name} is {role} now.")


@users.command("remove")
@click.argument("name")
def remove_command(name: str) -> None:
    """Remove a user; what the log says about them stays."""
    with _SaidInWords():
        with services().database.session() as session:
            user = require_user(session, name)
            remove_user(session, user)
        record("user.remove", user.name)
    click.echo(f"Removed {user.name}.")


def _ask_password(is_piped: bool) -> str:
    if is_piped:
        return sys.stdin.readline().rstrip("\r\n")
    return str(click.prompt("Password", hide_input=True, confirmation_prompt=True))
