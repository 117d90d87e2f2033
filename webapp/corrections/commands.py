"""``flask --app webapp corrections``: the accepted corrections as a file to train on."""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, cast

import click
from flask import Flask
from flask.cli import AppGroup

from recognizer.errors import RunError, reason_of
from recognizer.recognizer import Recognizer
from recognizer.runs.loaded_run import load_run
from webapp.accounts.audit import record
from webapp.corrections.export import lines
from webapp.corrections.readings import ask
from webapp.services import services
from webapp.storage.database import DatabaseAwayError

corrections = AppGroup("corrections", help="What people said that their drawings were.")


def init_app(app: Flask) -> None:
    """Add the command to an app."""
    app.cli.add_command(corrections)


@corrections.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--all-labels", is_flag=True, help="Also numbers and what is not a digit.")
@click.option("--unreviewed", is_flag=True, help="Also what no operator has looked at.")
@click.option("--held-out", is_flag=True, help="Those held out of training, instead of the rest.")
def export_command(file: Path, all_labels: bool, unreviewed: bool, held_out: bool) -> None:
    """Write the accepted digits to FILE, which `python -m trainer train --add FILE` reads.

    Those that are held out of training are left out. A name that ends in .jsonl.gz is compressed;
    the file appears when it is whole.
    """
    if not file.name.endswith((".jsonl", ".jsonl.gz")):
        raise click.BadParameter("the trainer reads files that end in .jsonl or .jsonl.gz")
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        found = lines(
            services().database, all_labels=all_labels, unreviewed=unreviewed, held_out=held_out
        )
        number = _write(draft, file.suffix == ".gz", found)
        draft.replace(file)
        record("correction.export", file.name, number=number)
    except DatabaseAwayError as error:
        raise click.ClickException(f"The database does not answer: {error}") from error
    except OSError as error:
        raise click.ClickException(f"{file} cannot be written: {reason_of(error)}") from error
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
    click.echo(f"Wrote {number} corrections to {file}.")


@corrections.command("ask")
@click.argument("run")
def ask_command(run: str) -> None:
    """Ask RUN about the accepted corrections that it was not asked about, and keep its answers."""
    parts = services()
    try:
        recognizer = Recognizer(load_run(parts.configuration.models_folder, run))
        asked = ask(parts.database, recognizer, run).asked
    except RunError as error:
        raise click.ClickException(str(error)) from error
    except DatabaseAwayError as error:
        raise click.ClickException(f"The database does not answer: {error}") from error
    click.echo(f"Asked {run} about {asked} corrections.")


def _write(path: Path, is_compressed: bool, found: Iterator[str]) -> int:
    number = 0
    with _open(path, is_compressed) as file:
        for line in found:
            file.write(line)
            number += 1
    return number


def _open(path: Path, is_compressed: bool) -> IO[str]:
    path.touch(mode=0o600)  # what people drew is for nobody else to read
    if is_compressed:
        return cast(IO[str], gzip.open(path, "wt", encoding="utf-8"))
    return path.open("w", encoding="utf-8")
