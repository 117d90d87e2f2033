"""``python -m trainer upgrade``: make a new run of a run's networks, with all that is missing."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from trainer.commands.options import Commands, add_data_dir, add_models

if TYPE_CHECKING:
    from trainer.data.collection import Wanted

_DESCRIPTION = """\
Make a new run of the networks of one that was made by an older trainer and is not served any more:
it lacks the weights that decide which strokes make a digit, or a checksum of its run.json. What is
fitted to the networks (calibration, thresholds, these weights) is fitted anew, on the data sets the
run was made from, within a minute or two; nothing is trained. The new run is tried on known
drawings and then stands beside the old one, which is left as it is. It is not served before it is
activated.
"""


def add_to(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add the command's parser."""
    command = commands.add_parser(
        "upgrade", help="make a new run of an older run's networks", description=_DESCRIPTION
    )
    command.add_argument("name", metavar="RUN", help="name of the run; current: the served one")
    add_data_dir(command)
    add_models(command)
    command.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from trainer.commands.run_data import load_run_data
    from trainer.data.outliers import OUTLIER_FILES
    from trainer.release.upgrade import details_to_upgrade, upgrade_run
    from trainer.runs.listing import resolve_run

    name = resolve_run(options.models, options.name).name
    details = details_to_upgrade(options.models, name)
    files = {str(origin.get("file")) for origin in details.get("datasets", {}).values()}
    learned: Wanted = "required" if files & set(OUTLIER_FILES.values()) else "optional"
    data = load_run_data(options.data_dir, details, outliers=learned)
    done = upgrade_run(options.models, name, data)
    for path, old, new in done.changes:
        print(f"{path}: {new} was fitted, {name} has {old}")
    print(f"{done.name} is made of the networks of {name}")
    print(f"serve it with: python -m trainer activate {done.name}")
    return 0
