"""``python -m webapp backup|restore|prepare|downgrade``, as :mod:`webapp.__main__` offers them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from webapp.configuration import Configuration, ConfigurationError, read_configuration
from webapp.maintenance.backup import back_up
from webapp.maintenance.errors import MaintenanceError
from webapp.maintenance.preparation import go_back
from webapp.maintenance.preparation import prepare as prepare_server
from webapp.maintenance.restore import restore as restore_server

_path = click.Path(dir_okay=False, path_type=Path)
_found_path = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)


@click.command()
@click.argument("file", type=_path)
def backup(file: Path) -> None:
    """Write database, instance folder and models into FILE, while everything goes on.

    It holds the key that signs cookies and the hashes of passwords: keep it as safe as those.
    """
    with _said_in_words() as configuration:
        count = back_up(configuration, file.absolute())
        click.echo(f"{file}: {count} files, {file.stat().st_size:,} bytes")


@click.command()
@click.argument("file", type=_found_path)
@click.option("--yes", is_flag=True, help="Do not ask first.")
def restore(file: Path, yes: bool) -> None:
    """Make the server what it was when FILE was backed up."""
    with _said_in_words() as configuration:
        if not yes:
            click.confirm("What the database holds now will be lost. Go on?", abort=True)
        made = restore_server(configuration, file.absolute())
        click.echo(f"restored what was backed up at {made}")


@click.command()
@click.option(
    "--wait", "seconds", type=float, default=0, show_default=True,
    help="For how many seconds to wait for the database.",
)  # fmt: skip
def prepare(seconds: float) -> None:
    """Upgrade the database, and bring the run that comes with this version."""
    with _said_in_words() as configuration:
        brought = prepare_server(configuration, seconds)
        click.echo(f"ready; new runs: {', '.join(brought) or 'none'}")


@click.command()
@click.argument("revision")
@click.option("--yes", is_flag=True, help="Do not ask first.")
def downgrade(revision: str, yes: bool) -> None:
    """Undo the database's migrations after REVISION, for an older version of the code."""
    with _said_in_words() as configuration:
        if not yes:
            click.confirm("What later migrations stored will be lost. Go on?", abort=True)
        go_back(configuration, revision)
        click.echo(f"the database is at {revision}")


@contextmanager
def _said_in_words() -> Iterator[Configuration]:
    """Turn what can go wrong into one sentence and exit status 1."""
    try:
        yield read_configuration(os.environ)
    except (MaintenanceError, ConfigurationError) as error:
        raise click.ClickException(str(error)) from error
