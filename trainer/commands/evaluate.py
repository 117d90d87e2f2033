"""``python -m trainer evaluate``: the figures of a run, each with its interval."""

from __future__ import annotations

import argparse
import json

from rich.console import Console
from rich.table import Table

from recognizer.runs.folder import run_path, verify
from recognizer.runs.pointer import read_current
from trainer.commands.options import Commands, add_data_dir, add_models
from trainer.data.collection import load_data
from trainer.data.location import data_folder
from trainer.evaluation.figures import Figure, evaluate


def add_to(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add the command's parser."""
    command = commands.add_parser("evaluate", help="measure a run on what it has not seen")
    command.add_argument("name", nargs="?", metavar="RUN", help="default: the one that is served")
    command.add_argument("--json", action="store_true", help="print JSON instead of a table")
    add_data_dir(command)
    add_models(command)
    command.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    folder = run_path(options.models, options.name or read_current(options.models))
    details = verify(folder)
    figures = evaluate(folder, details, load_data(data_folder(options.data_dir)))
    if options.json:
        print(json.dumps({figure.key: figure.as_json() for figure in figures}, indent=1))
    else:
        Console().print(_table(folder.name, figures))
    return 0


def _table(title: str, figures: list[Figure]) -> Table:
    table = Table(title=title)
    table.add_column("on")
    for heading in ("accuracy", "95 % interval", "wrong", "of"):
        table.add_column(heading, justify="right")
    for figure in figures:
        low, high = figure.interval
        table.add_row(
            _words(figure.key),
            f"{figure.accuracy:.2%}",
            f"{low:.2%} - {high:.2%}",
            str(figure.total - figure.right),
            str(figure.total),
            end_section="/" not in figure.key and figure.key == "mnist_test",
        )
    return table


def _words(key: str) -> str:
    group, _, site = key.partition("/")
    words = {
        "mnist_test": "MNIST test images",
        "held_out_writers": "drawings by held-out writers",
        "held_out_sites": "drawings from held-out sites",
    }
    return f"  {site}" if site else words[group]
