"""``python -m benchmarks.figures``: measure a run, print the figures, write the docs."""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from benchmarks.figures.page import Measured, render_page
from benchmarks.figures.readme import MarkersError, put_table
from benchmarks.figures.sections import REAL_PICTURES, SECTIONS, Section, load_section
from benchmarks.figures.surroundings import describe, models_folder
from benchmarks.figures.terminal import print_section
from recognizer.errors import RecognizerError
from recognizer.runs.loaded_run import LoadedRun, load_run
from recognizer.runs.pointer import read_current
from trainer.data.location import data_folder
from trainer.errors import TrainerError

_WIDTH_IN_A_PIPE = 160  # columns
_COMMAND = "python -m benchmarks.figures"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit status."""
    options = _parser().parse_args(arguments)
    try:
        run = _find_run(options.run)
        sections = [load_section(name) for name in options.only or SECTIONS]
        measured = _measure(run, data_folder(options.data_dir), sections, options.json)
        return _tell(run, measured, options)
    except (RecognizerError, TrainerError, MarkersError, OSError) as error:
        print(f"figures: {error}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=_COMMAND,
        description="Measure a run and print every figure with its 95 % interval: "
        + ", ".join(SECTIONS) + "; and, by name only, " + ", ".join(REAL_PICTURES) + ".",
    )  # fmt: skip
    parser.add_argument("--run", metavar="NAME", help="the run; default: the served one")
    parser.add_argument("--data-dir", type=Path, metavar="DIR", help="where the data sets lie")
    parser.add_argument(
        "--only",
        nargs="+",
        choices=(*SECTIONS, *REAL_PICTURES),
        metavar="SECTION",
        help="measure these only",
    )
    parser.add_argument("--json", action="store_true", help="print JSON instead of tables")
    parser.add_argument(
        "--write",
        type=Path,
        metavar="FILE",
        help="write the page (Markdown), of what is measured now",
    )
    parser.add_argument(
        "--readme",
        type=Path,
        metavar="FILE",
        help="put the main figures of what is measured now into this README",
    )
    return parser


def _find_run(name: str | None) -> LoadedRun:
    models = models_folder()
    return load_run(models, name or read_current(models))


def _measure(run: LoadedRun, data: Path, sections: Sequence[Section], quietly: bool) -> Measured:
    """One section after the other; each is printed as soon as it is measured."""
    console = Console()
    console = console if console.is_terminal else Console(width=_WIDTH_IN_A_PIPE)
    measured = []
    for section in sections:
        figures = section.measure(run, data)
        measured.append((section, figures))
        if not quietly:
            print_section(console, section, figures)
    return measured


def _tell(run: LoadedRun, measured: Measured, options: argparse.Namespace) -> int:
    facts = {"command": f"`{_written_as(options)}`", "run": f"`{run.name}`", **describe()}
    if options.json:
        sections = {
            section.name: [dataclasses.asdict(figure) for figure in figures]
            for section, figures in measured
        }
        print(json.dumps({**facts, "run": run.name, "sections": sections}, indent=1))
    if options.write:
        options.write.write_text(render_page(facts, measured), "utf-8")
    if options.readme:
        text = put_table(options.readme.read_text("utf-8"), measured)
        options.readme.write_text(text, "utf-8")
    return 0


def _written_as(options: argparse.Namespace) -> str:
    """The command that gives the same figures again."""
    chosen = f" --only {' '.join(options.only)}" if options.only else ""
    named = f" --run {options.run}" if options.run else ""
    return f"{_COMMAND}{named}{chosen}"
