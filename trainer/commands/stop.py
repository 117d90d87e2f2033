"""``python -m trainer stop``: ask a training for a clean stop, from any terminal."""

from __future__ import annotations

import argparse

from trainer.commands.options import Commands, add_models


def add_to(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add the command's parser."""
    command = commands.add_parser(
        "stop",
        help="ask a running training for a clean stop",
        description="Ask a training for a clean stop: it ends within a batch, is measured, and "
        "leaves a run that can be served or gone on with.",
    )
    command.add_argument("name", metavar="RUN")
    add_models(command)
    command.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from recognizer.runs.folder import read_details
    from trainer.errors import TrainerError
    from trainer.runs.listing import resolve_run
    from trainer.runs.state import observed_status, request_stop

    run = resolve_run(options.models, options.name)
    status = observed_status(run, read_details(run))
    if status != "running":
        raise TrainerError(f"{run.name} is {status}; there is no training to stop")
    request_stop(run)
    print(f"asked {run.name} to stop")
    return 0
