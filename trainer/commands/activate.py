"""``python -m trainer activate``: make a run the one that is served."""

from __future__ import annotations

import argparse

from trainer.commands.options import Commands, add_models


def add_to(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add the command's parser."""
    activate = commands.add_parser("activate", help="make a run the one that is served")
    activate.add_argument("name", metavar="RUN")
    add_models(activate)
    activate.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from recognizer.runs.pointer import activate

    activate(options.models, options.name)
    print(f"{options.name} is served from now on")
    return 0
