"""``python -m trainer train``: begin a run, or go on with one that ended early."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from recognizer.errors import reason_of
from recognizer.text_files import decode_text
from trainer.commands.options import Commands, add_data_dir, add_models, point_at_settings
from trainer.errors import SettingsError

_DESCRIPTION = """\
Train a recipe.  Makes a run, a folder under models/ that holds everything about it: run.json
(watch it while it trains), training_log.csv with a line an epoch, the networks, the figures.

Ctrl-C, SIGTERM, or `python -m trainer stop RUN` end it cleanly; --resume goes on.
`python -m trainer recipes` lists the recipes and every setting with its limits.
"""


def add_to(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add the command's parser."""
    command = commands.add_parser(
        "train",
        help="train a recipe; makes a run under models/",
        description=_DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("recipe", nargs="?", help="name of the recipe, as ink")
    command.add_argument(
        "--preset", metavar="NAME",
        help="try (about a minute), lesson (about ten) or full (the recipe as it stands); --set "
        "changes it further; `python -m trainer recipes RECIPE` tells the times on this machine",
    )  # fmt: skip
    command.add_argument(
        "--set", action="append", default=[], dest="assignments", metavar="NAME=VALUE",
        help="change a setting of the recipe; may be given several times",
    )  # fmt: skip
    command.add_argument(
        "--settings", type=Path, metavar="FILE",
        help="take settings from the best.json that `tune` wrote; --set changes them further",
    )  # fmt: skip
    command.add_argument(
        "--seed", type=int, metavar="N",
        help="short for --set seed=N: the same seed and settings repeat the training",
    )  # fmt: skip
    command.add_argument(
        "--add", action="append", default=[], type=Path, metavar="PATH",
        help="train on your own data too: JSON lines of drawings, or a folder of pictures by "
        "label; may be given several times",
    )  # fmt: skip
    command.add_argument(
        "--resume", metavar="RUN",
        help="go on with a run that was stopped, killed or failed, or begin a queued one",
    )  # fmt: skip
    command.add_argument(
        "--queue", action="store_true",
        help="only make the run's folder and print its name; --resume begins it",
    )  # fmt: skip
    command.add_argument(
        "--tensorboard", type=Path, metavar="DIR",
        help="write TensorBoard's events to DIR/RUN",
    )  # fmt: skip
    add_data_dir(command)
    add_models(command)
    point_at_settings(command)
    command.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    if (options.recipe is None) == (options.resume is None):
        raise SettingsError("name a recipe, or a run behind --resume")
    settings = None if options.resume else _settings(options)

    from trainer.training import session

    place = session.Place(options.data_dir, options.models, options.tensorboard)
    if options.resume:
        _check_nothing_else(options)
        return session.resume(options.resume, place)
    if options.queue:
        print(session.queue(options.recipe, settings, options.add, place).folder.name)
        return 0
    return session.begin(options.recipe, settings, options.add, place)


def _check_nothing_else(options: argparse.Namespace) -> None:
    """A run goes on with the settings and the data that it has."""
    given = {
        "--preset": options.preset, "--set": options.assignments, "--settings": options.settings,
        "--seed": options.seed, "--add": options.add,
    }  # fmt: skip
    if options.queue:
        raise SettingsError("--queue makes a new run; --resume begins one that is there")
    for name, value in given.items():
        if value not in (None, []):
            raise SettingsError(f"{name} cannot be changed for a run that exists; begin a new one")


def _settings(options: argparse.Namespace) -> Any:
    from trainer.recipes import find_recipe
    from trainer.settings.definition import apply_settings
    from trainer.training.presets import preset_settings

    settings = find_recipe(options.recipe).Settings()
    found = preset_settings(options.recipe, options.preset) if options.preset else {}
    if options.settings:
        found |= _found_settings(options.settings, options.recipe)
    assignments = [f"{name}={value}" for name, value in found.items()] + options.assignments
    if options.seed is not None:
        assignments.append(f"seed={options.seed}")
    return apply_settings(settings, assignments)


def _found_settings(path: Path, recipe: str) -> dict[str, Any]:
    try:
        found = json.loads(decode_text(path.read_bytes()))
        settings = dict(found["settings"])
    except OSError as error:
        raise SettingsError(f"{path} cannot be read: {reason_of(error)}") from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise SettingsError(f"{path} holds no settings, as tune writes them") from error
    if found.get("recipe") != recipe:
        raise SettingsError(f"{path} holds settings of {found.get('recipe')!r}, not of {recipe!r}")
    return settings
