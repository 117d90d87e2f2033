"""``python -m trainer compare``: runs side by side, and whether one is really better."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from recognizer.runs.folder import read_details
from trainer.commands.options import Commands, add_data_dir, add_models
from trainer.commands.printing.console import table_console
from trainer.errors import SettingsError
from trainer.runs.listing import resolve_run
from trainer.runs.plain_json import json_text

if TYPE_CHECKING:
    from trainer.evaluation.comparison import ComparedRun

_DESCRIPTION = """\
Put two or more runs side by side: the settings that differ, figures, parameters and duration; and
test every other run against the first with McNemar's exact test on the same samples, which none of
them was trained on (p-values by Holm where there are more than two runs). A difference is only
called one where chance alone would make it less than once in twenty times.
"""


def add_to(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add the command's parser."""
    command = commands.add_parser(
        "compare", help="runs side by side, and whether one is really better",
        description=_DESCRIPTION, formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    command.add_argument(
        "names", nargs="+", metavar="RUN",
        help="names of two or more runs; current: the served one; the first is compared with",
    )  # fmt: skip
    command.add_argument("--json", action="store_true", help="print JSON instead of tables")
    add_data_dir(command)
    add_models(command)
    command.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from trainer.commands.printing.comparison_tables import tables
    from trainer.commands.run_data import load_run_data
    from trainer.evaluation.comparison import ask_runs, compare_with_first
    from trainer.runs.details import differing

    folders = [resolve_run(options.models, name) for name in options.names]
    if len(set(folders)) < 2 or len(set(folders)) < len(folders):
        raise SettingsError("compare takes two or more different runs")
    data = load_run_data(options.data_dir, *map(read_details, folders))
    runs = ask_runs(folders, data)
    differences, tests = differing([run.facts for run in runs]), compare_with_first(runs)
    if options.json:
        content = {
            "runs": list(_described(runs)),
            "differing_settings": differences,
            "tests": [test.as_json() for test in tests],
        }
        print(json_text(content, indent=1, ensure_ascii=False))
    else:
        console = table_console()
        for table in tables(runs, differences, tests):
            console.print(table)
            console.print()
    return 0


def _described(runs: Sequence[ComparedRun]) -> Iterator[Mapping[str, Any]]:
    for run in runs:
        yield {
            "name": run.name,
            "recipe": run.details.get("recipe"),
            "settings": run.details.get("settings"),
            "networks": run.details.get("networks"),
            "times": run.details.get("times"),
            "metrics": {key: one.as_json() for key, one in run.measurements.items()},
        }
