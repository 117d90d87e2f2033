"""``python -m trainer show``: everything that is known about one run."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from recognizer.errors import RunError
from recognizer.runs.folder import read_details, verify
from trainer.commands.options import Commands, add_models, add_run
from trainer.commands.printing.run_sheet import print_sheet
from trainer.runs.listing import current_name, resolve_run
from trainer.runs.plain_json import json_text
from trainer.runs.state import observe

_DESCRIPTION = """\
Show a run: its state, settings, figures, networks, files with their sizes, the data it was made
from, and whether it may be served, for which every checksum is verified now.
"""


def add_to(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add the command's parser."""
    command = commands.add_parser("show", help="show one run", description=_DESCRIPTION)
    add_run(command)
    command.add_argument(
        "--json", action="store_true", help="print run.json, with what is observed beside it"
    )
    add_models(command)
    command.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    folder = resolve_run(options.models, options.name)
    details = read_details(folder)
    status, reason = observe(folder, details)
    observed = {
        "status": status,
        "reason": reason,
        "is_current": folder.name == current_name(options.models),
        "why_not_servable": _fault(folder),
        "sizes": dict(_sizes(folder)),
    }
    if options.json:
        print(json_text({**details, "observed": observed}, indent=1, ensure_ascii=False))
    else:
        print_sheet(details, observed)
    return 0


def _fault(folder: Path) -> str | None:
    try:
        verify(folder)
    except RunError as error:
        return str(error)
    return None


def _sizes(folder: Path) -> Iterator[tuple[str, int]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.startswith("."):
            yield str(path.relative_to(folder)), path.stat().st_size
