"""``python -m trainer rollback``: serve the run that was served before."""

from __future__ import annotations

import argparse

from trainer.commands.options import Commands, add_by, add_models, add_store

_DESCRIPTION = """\
Serve the run that was served before, at once: the release checks are not run, since it has been
served already. Called again it goes one run further back, as the back button of a browser does,
not to and fro. Runs that were removed or changed since are skipped, and it says so. To go forward
again, activate the run. The way back is read from activations.jsonl beside the runs.
"""


def add_to(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add the command's parser."""
    command = commands.add_parser(
        "rollback", help="serve the run that was served before", description=_DESCRIPTION
    )
    command.add_argument("--reason", metavar="TEXT", help="kept in the history")
    add_by(command)
    add_models(command)
    add_store(command)
    command.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from trainer.release.activation import roll_back
    from trainer.release.store.run_store import open_store

    store = open_store(options.store)
    done = roll_back(options.models, options.reason, options.by, store)
    for reason in done.skipped.values():
        print(f"skipped {reason}")
    print(f"{done.run} is served again; until now it was {done.before or 'nothing'}")
    return 0
