"""``python -m trainer figures``: every figure that the docs state, and the docs with it."""

from __future__ import annotations

import argparse
import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING

from recognizer.atomic_file import write_atomically
from trainer.commands.options import Commands, add_data_dir, add_models
from trainer.errors import SettingsError
from trainer.figures.sections import REAL_PICTURES, SECTIONS, load_section
from trainer.runs.plain_json import json_text

if TYPE_CHECKING:
    from recognizer.runs.loaded_run import LoadedRun
    from trainer.figures.page import Measured

_COMMAND = "python -m trainer figures"


def add_to(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add the command's parser."""
    command = commands.add_parser(
        "figures", help="measure all that the docs state of the released run, and write it there",
        description="Measure a run and print every figure with its 95 % interval: "
        + ", ".join(SECTIONS) + "; and, by name only, " + ", ".join(REAL_PICTURES) + ".",
    )  # fmt: skip
    command.add_argument(
        "--run", dest="name", default="current", metavar="NAME",
        help="name of the run; current: the served one; default: current",
    )  # fmt: skip
    command.add_argument(
        "--only",
        nargs="+",
        choices=(*SECTIONS, *REAL_PICTURES),
        metavar="SECTION",
        help="measure these only; default: all but those by name only",
    )
    command.add_argument("--json", action="store_true", help="print JSON instead of tables")
    command.add_argument(
        "--write", type=Path, metavar="FILE",
        help="write the page (Markdown), of what is measured now",
    )  # fmt: skip
    command.add_argument(
        "--readme", type=Path, metavar="FILE",
        help="put the main figures of what is measured now into this README",
    )  # fmt: skip
    add_data_dir(command)
    add_models(command)
    command.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from recognizer.runs.loaded_run import load_run
    from trainer.runs.listing import resolve_run

    run = load_run(options.models, resolve_run(options.models, options.name).name)
    _check_places(options)
    measured = _measure(run, options)
    facts = _facts(run, options)
    if options.json:
        _print_json(run, facts, measured)
    _write(facts, measured, options)
    return 0


def _check_places(options: argparse.Namespace) -> None:
    """See before minutes of measuring that there is a place for what is to be written."""
    from trainer.figures.readme import put_table

    if options.write and not options.write.parent.is_dir():
        raise SettingsError(f"{options.write}: there is no such folder to write it to")
    if options.readme:
        put_table(options.readme.read_text("utf-8"), [])


def _measure(run: LoadedRun, options: argparse.Namespace) -> Measured:
    """One section after the other; each is printed as soon as it is measured."""
    from trainer.commands.printing.console import table_console
    from trainer.commands.printing.figure_tables import print_section
    from trainer.data.location import data_folder

    data, console = data_folder(options.data_dir), table_console()
    measured = []
    for section in [load_section(name) for name in options.only or SECTIONS]:
        figures = section.measure(run, data)
        measured.append((section, figures))
        if not options.json:
            print_section(console, section, figures)
    return measured


def _facts(run: LoadedRun, options: argparse.Namespace) -> dict[str, str]:
    from trainer.figures.environment import describe_environment

    chosen = f" --only {' '.join(options.only)}" if options.only else ""
    named = f" --run {options.name}" if options.name != "current" else ""
    command = f"{_COMMAND}{named}{chosen}"  # that gives the same figures again
    return {"command": f"`{command}`", "run": f"`{run.name}`", **describe_environment()}


def _print_json(run: LoadedRun, facts: dict[str, str], measured: Measured) -> None:
    sections = {
        section.name: [dataclasses.asdict(figure) for figure in figures]
        for section, figures in measured
    }
    print(json_text({**facts, "run": run.name, "sections": sections}, indent=1))


def _write(facts: dict[str, str], measured: Measured, options: argparse.Namespace) -> None:
    from trainer.figures.page import render_page
    from trainer.figures.readme import put_table

    if options.write:
        write_atomically(options.write, render_page(facts, measured).encode())
    if options.readme:
        text = put_table(options.readme.read_text("utf-8"), measured)
        write_atomically(options.readme, text.encode())
