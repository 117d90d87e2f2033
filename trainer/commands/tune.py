"""``python -m trainer tune``: search a recipe's settings, and look at searches."""

from __future__ import annotations

import argparse
import math
import os
from pathlib import Path

from trainer.commands.options import Commands, add_data_dir, point_at_settings
from trainer.commands.printing.console import table_console
from trainer.errors import SettingsError
from trainer.search.options import PRUNERS

_STUDIES = Path(__file__).resolve().parents[2] / "studies"
_FOLDER_VARIABLE = "NET_STUDIES_DIR"
_STORAGE_VARIABLE = "NET_STUDIES_URL"

_DESCRIPTION = """\
Search the settings of a recipe: train it many times for a while, each time with other settings,
and find those that read the held-out data best. No test set is looked at.

Everything is kept: Ctrl-C or a crash loses no more than the trial that is running, and the same
command goes on until the study has N trials. With --storage postgresql://… any number of machines
run the same command and share the N trials; the trials of a worker that dies are run again.
"""


def add_to(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add the command's parser."""
    command = commands.add_parser(
        "tune", help="search a recipe's settings", description=_DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    command.add_argument(
        "recipe", nargs="?", metavar="RECIPE", help="name of the recipe, as conv-tuned"
    )
    command.add_argument(
        "--trials", type=int, metavar="N",
        help="trials that the study shall have in all, those of earlier sessions and of other "
        "workers included; 1 or more",
    )  # fmt: skip
    command.add_argument(
        "--set", action="append", default=[], dest="assignments", metavar="NAME=VALUE",
        help="fix a setting for all trials, as epochs=5; a setting that would be searched is then "
        "left alone; may be given several times",
    )  # fmt: skip
    command.add_argument(
        "--study", metavar="NAME",
        help="what the search is called; default: the recipe's name. Another recipe, other fixed "
        "settings or other data need another study",
    )  # fmt: skip
    _add_places(command)
    _add_limits(command)
    _add_views(command)
    add_data_dir(command)
    point_at_settings(command)
    command.set_defaults(run=_run)


def _add_places(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--storage", metavar="URL", default=os.environ.get(_STORAGE_VARIABLE) or None,
        help="the database that workers share: postgresql://user@host/database, or "
        "sqlite:///file for one machine; default: NET_STUDIES_URL, else a file in the study's "
        "folder. Leave the password to PGPASSWORD or ~/.pgpass",
    )  # fmt: skip
    command.add_argument(
        "--output", type=Path, default=Path(os.environ.get(_FOLDER_VARIABLE) or _STUDIES),
        metavar="DIR",
        help="where each study has its folder with trials.csv, epochs.csv, best.json and the "
        "plots; default: NET_STUDIES_DIR, else studies/ in the project",
    )  # fmt: skip


def _add_limits(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--timeout", type=_positive, default=math.inf, metavar="MINUTES",
        help="begin no trial here after this time; the one that is running is finished",
    )  # fmt: skip
    command.add_argument(
        "--pruner", choices=PRUNERS, default="median",
        help="which trials are ended early: those worse after an epoch than the median of the "
        "complete ones (default), all but the best third, stage by stage (hyperband), or none",
    )  # fmt: skip
    command.add_argument(
        "--grace", type=_positive, metavar="SECONDS",
        help="of silence, after which a worker counts as dead and its trial is run again; "
        "decided when the study is begun; default: 60",
    )  # fmt: skip


def _add_views(command: argparse.ArgumentParser) -> None:
    views = command.add_mutually_exclusive_group()
    views.add_argument(
        "--show", metavar="STUDY", help="print what a study has found, and write its files anew"
    )
    views.add_argument("--list", action="store_true", help="print all studies")
    command.add_argument(
        "--json", action="store_true",
        help="with --show or --list: print JSON instead of a table, and write nothing",
    )  # fmt: skip
    command.add_argument(
        "--importance", action="store_true",
        help="with --show and --json: also tell how much each setting matters, which takes seconds",
    )  # fmt: skip


def _run(options: argparse.Namespace) -> int:
    url = options.storage or None
    if options.list or options.show:
        from trainer.search.overview import list_studies, show_study

        console = None if options.json else table_console()
        if options.list:
            return list_studies(url, options.output, console)
        return show_study(
            options.show, url, options.output, console,
            with_importance=options.importance,
        )  # fmt: skip
    if options.recipe is None or options.trials is None or options.trials < 1:
        raise SettingsError("name a recipe and how many trials, 1 or more: tune RECIPE --trials 30")
    from trainer.search.session import Wish, tune

    return tune(
        Wish(
            recipe=options.recipe,
            trials=options.trials,
            assignments=options.assignments,
            study=options.study,
            url=url,
            output=options.output,
            pruner=options.pruner,
            minutes=options.timeout,
            grace=options.grace,
            data_dir=options.data_dir,
        ),
        table_console(),
    )


def _positive(text: str) -> float:
    value = float(text)
    if not 0 < value < float("inf"):
        raise argparse.ArgumentTypeError(f"{text} is not a positive number")
    return value


_positive.__name__ = float.__name__  # which the standard library's message names
