"""What ``python -m trainer activate --history`` prints: who served what, when and why."""

from __future__ import annotations

import json
from pathlib import Path

from rich.table import Table

from recognizer.runs.pointer import POINTER
from trainer.commands.printing.console import table_console
from trainer.release.history import Activation, read_history
from trainer.runs.listing import current_name


def print_history(models: Path, run_name: str | None, as_json: bool) -> None:
    """Print the history of activations, the newest last.

    Args:
        models: the folder of the runs.
        run_name: only what concerns this run, ``current`` for the served one; everything
            without it.
        as_json: print JSON, with what each gate answered.
    """
    wanted = current_name(models) if run_name == POINTER else run_name
    history = [
        activation
        for activation in read_history(models)
        if wanted in (None, activation.run, activation.before)
    ]
    if as_json:
        print(json.dumps([activation.as_json() for activation in history], indent=1))
    elif history:
        table_console().print(_table(history, current_name(models)))
    else:
        what = f"{wanted} has not" if wanted else "nothing has"
        print(f"{what} been activated here yet")


def _table(history: list[Activation], current: str | None) -> Table:
    table = Table(box=None, pad_edge=False, caption=f"served now: {current or 'nothing'}")
    for heading in ("when (UTC)", "what", "run", "before", "by", "why"):
        table.add_column(heading, overflow="fold")
    for activation in history:
        table.add_row(
            activation.at[:16].replace("T", " "),
            f"{activation.action} by force" if activation.is_forced else activation.action,
            activation.run,
            activation.before or "",
            activation.by,
            why(activation),
        )
    return table


def why(activation: Activation) -> str:
    """The reason of an activation, with the gates that it overrode."""
    closed = [str(gate.get("name")) for gate in activation.gates if not gate.get("passed")]
    forced = f" (not passed: {', '.join(closed)})" if closed else ""
    return f"{activation.reason or ''}{forced}"
