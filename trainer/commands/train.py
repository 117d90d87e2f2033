"""``python -m trainer train``: start a run, or go on with a stopped one."""

from __future__ import annotations

import argparse

from trainer.commands.options import Commands, add_data_dir, add_models


def add_to(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add the command's parser."""
    command = commands.add_parser("train", help="train a recipe; makes a run under models/")
    command.add_argument("recipe", nargs="?", help="name of the recipe, as ink")
    command.add_argument(
        "--set", action="append", default=[], dest="assignments", metavar="NAME=VALUE",
        help="change a setting of the recipe; may be given several times",
    )  # fmt: skip
    command.add_argument("--resume", metavar="RUN", help="go on with a run that stopped")
    add_data_dir(command)
    add_models(command)
    command.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from trainer.training.session import train

    return train(
        options.recipe, options.assignments, options.resume, options.data_dir, options.models
    )
