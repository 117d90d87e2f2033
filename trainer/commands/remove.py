"""``python -m trainer remove``: remove runs for good."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from trainer.commands.options import Commands, add_models
from trainer.errors import SettingsError

_DESCRIPTION = """\
Remove runs with everything in their folders, for good. Refused for the run that is served and for
one that trains. All of the named runs are removed, or none. A run that was served once may be
removed too; `rollback` then skips it. On a terminal you are asked first.
"""


def add_to(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add the command's parser."""
    command = commands.add_parser(
        "remove", help="remove runs for good, but never the served one", description=_DESCRIPTION
    )
    command.add_argument("names", nargs="+", metavar="RUN", help="names of the runs")
    command.add_argument("--yes", action="store_true", help="do not ask")
    add_models(command)
    command.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from recognizer.file_lock import locked
    from trainer.runs.listing import resolve_run
    from trainer.runs.removal import check_removable, remove_runs

    names = dict.fromkeys(options.names)
    folders = [resolve_run(options.models, name) for name in names]
    check_removable(options.models, folders)
    if not options.yes and not _is_meant(folders):
        print("nothing was removed")
        return 1
    with locked(options.models):
        remove_runs(options.models, folders)
    for folder in folders:
        print(f"removed {folder.name}")
    return 0


def _is_meant(folders: Sequence[Path]) -> bool:
    if not sys.stdin.isatty():
        raise SettingsError("there is nobody to ask; --yes removes without asking")
    for folder in folders:
        print(f"  {folder.name}  {_megabytes(folder)}")
    which = "this run" if len(folders) == 1 else "these runs"
    try:
        answer = input(f"remove {which} for good? [y/N] ")
    except EOFError:  # Ctrl-D
        print()
        return False
    return answer.strip().lower() in ("y", "yes")


def _megabytes(folder: Path) -> str:
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return f"{size / 1e6:.1f} MB"
