"""The options that several commands have: where data and runs lie, and who wants something."""

from __future__ import annotations

import argparse
import os
import re
from pathlib import Path

from recognizer.command_line.parser import Parser
from trainer.recipes import RECIPE_NAMES, find_recipe
from trainer.settings.definition import limits_of

# What other trainers call them.
_OTHER_NAMES = {"lr": "learning_rate", "lr0": "learning_rate", "batch": "batch_size",
                "bs": "batch_size", "epoch": "epochs", "n_epochs": "epochs"}  # fmt: skip
_MODELS = Path(__file__).resolve().parents[2] / "models"

Commands = argparse._SubParsersAction  # of ArgumentParser; what `add_to` is given


def add_data_dir(command: argparse.ArgumentParser) -> None:
    """Add ``--data-dir``, for :func:`trainer.data.location.data_folder`."""
    command.add_argument(
        "--data-dir", type=Path, metavar="DIR",
        help="where the data sets lie; default: NET_DATA_DIR, else data/ in the project",
    )  # fmt: skip


def add_models(command: argparse.ArgumentParser) -> None:
    """Add ``--models``, the folder of the runs and of ``current``."""
    command.add_argument(
        "--models", type=Path, default=_models(), metavar="DIR",
        help="where the runs lie; default: NET_MODELS_DIR, else models/ in the project",
    )  # fmt: skip


def add_run(command: argparse.ArgumentParser) -> None:
    """Add the name of a run, for commands that take the served one where none is named."""
    command.add_argument(
        "name", nargs="?", default="current", metavar="RUN",
        help="name of the run; current: the served one; default: current",
    )  # fmt: skip


def add_store(command: argparse.ArgumentParser) -> None:
    """Add ``--store``, which other machines serve from."""
    command.add_argument(
        "--store", default=os.environ.get("NET_MODELS_STORE", ""), metavar="URL",
        help="where machines without a common folder have their runs from, as s3://bucket/prefix; "
        "default: NET_MODELS_STORE, else none",
    )  # fmt: skip


def add_by(command: argparse.ArgumentParser) -> None:
    """Add ``--by``, for whoever runs a command in somebody else's name, as the admin pages do."""
    command.add_argument(
        "--by", metavar="NAME",
        help="who wants it, kept in the history; default: the user of this process",
    )  # fmt: skip


def point_at_settings(command: argparse.ArgumentParser) -> None:
    """Let the command answer ``--epochs 3`` or ``epochs=3`` with ``--set epochs=3``."""
    if isinstance(command, Parser):
        command.hint = _setting_hint


def _setting_hint(argument: str, following: str | None) -> str | None:
    word, equals, value = argument.partition("=")
    if not equals and following is not None and re.fullmatch(r"-?[\d.][\d._e-]*", following):
        value = following
    name = word.lstrip("-").replace("-", "_").lower()
    name = _OTHER_NAMES.get(name, name)
    known = {key for recipe in RECIPE_NAMES for key in limits_of(find_recipe(recipe).Settings)}
    if name not in known:
        return None
    return f"{word} is a setting of the recipe: say --set {name}={value or 'VALUE'}"


def _models() -> Path:
    return Path(os.environ.get("NET_MODELS_DIR") or _MODELS)
