"""``python -m trainer list``: the runs, one a line."""

from __future__ import annotations

import argparse
import math
from datetime import timedelta

from rich.table import Table
from rich.text import Text

from recognizer.command_line.parser import whole_number
from trainer.commands.options import Commands, add_models
from trainer.commands.printing.console import table_console
from trainer.runs.listing import BROKEN, RunLine, list_runs
from trainer.runs.plain_json import json_text

_COLOURS = {"finished": "green", "running": "cyan", "failed": "red", BROKEN: "red"}
_ORDERS = ("date", "mnist", "drawings")
_STATUSES = ("queued", "running", "finished", "stopped", "failed", BROKEN)
_DESCRIPTION = """\
List the runs, the newest last, and the served one with an arrow. A run whose process was killed is
told from one that still trains; a folder that cannot be read is listed with the reason.
MNIST: accuracy on its test images; drawings: on the writers that the run held out.
"""


def add_to(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add the command's parser."""
    command = commands.add_parser("list", help="list the runs", description=_DESCRIPTION)
    command.add_argument("--recipe", metavar="RECIPE", help="only the runs of this recipe")
    command.add_argument("--status", choices=_STATUSES, help="only runs in this status")
    command.add_argument(
        "--sort", choices=_ORDERS, default="date",
        help="the last line is the newest run (default), or the best one by this accuracy",
    )  # fmt: skip
    command.add_argument(
        "--last", type=whole_number(1), metavar="N", help="only the last N of these lines"
    )
    command.add_argument("--json", action="store_true", help="print JSON instead of a table")
    add_models(command)
    command.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    lines = [line for line in list_runs(options.models) if _is_wanted(line, options)]
    if options.sort != "date":
        lines.sort(key=lambda line: _or_worst(getattr(line, options.sort)))
    if options.last is not None:
        lines = lines[-options.last :]
    if options.json:
        print(json_text([line.as_json() for line in lines], indent=1))
    else:
        _print(lines, options)
    return 0


def _is_wanted(line: RunLine, options: argparse.Namespace) -> bool:
    return options.recipe in (None, line.recipe) and options.status in (None, line.status)


def _or_worst(accuracy: float | None) -> float:
    return -math.inf if accuracy is None else accuracy


def _print(lines: list[RunLine], options: argparse.Namespace) -> None:
    if not lines:
        print("no run is like that" if options.recipe or options.status else "there are no runs")
        return
    console = table_console()
    console.print(_table(lines))
    for line in lines:
        if line.problem:
            console.print(f"{line.name}: {line.problem}", soft_wrap=True)


def _table(lines: list[RunLine]) -> Table:
    table = Table(box=None, pad_edge=False)
    for heading in ("", "run", "recipe", "status"):
        table.add_column(heading, no_wrap=True)
    for heading in ("MNIST", "drawings", "parameters", "took", "started (UTC)"):
        table.add_column(heading, justify="right", no_wrap=True)
    for line in lines:
        colour = _COLOURS.get(line.status, "yellow")
        table.add_row(
            "→" if line.is_current else "",
            line.name,
            line.recipe or "",
            Text(line.status, style=colour),
            "" if line.mnist is None else f"{line.mnist:.2%}",
            "" if line.drawings is None else f"{line.drawings:.2%}",
            "" if line.parameters is None else f"{line.parameters:,}",
            "" if line.seconds is None else str(timedelta(seconds=round(line.seconds))),
            (line.started or "")[:16].replace("T", " "),
        )
    return table
