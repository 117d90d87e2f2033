"""``python -m trainer activate``: serve a run, if it passes the release checks."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from trainer.commands.options import Commands, add_by, add_data_dir, add_models, add_store
from trainer.commands.printing.console import table_console
from trainer.errors import DataError, SettingsError
from trainer.runs.plain_json import json_text

if TYPE_CHECKING:
    from trainer.data.collection import Data
    from trainer.release.gate import Gate

_DESCRIPTION = """\
Make a run the one that is served: every worker of every server that watches the folder picks it up
within a second, and no request waits. First the run must pass the release checks, which are
measured now:

  parity, quantized_parity            ONNX Runtime answers as Keras does, the 8-bit network as the
                                      exact one
  mnist_floor, drawings_floor         no digit is read badly
  mnist_no_worse, drawings_no_worse,  not significantly worse than the served run (McNemar)
  numbers_no_worse, corrections_no_worse
  latency, parameters, file_size      within the budget

A check that cannot be measured, as on a machine without the data sets, is not passed. What the
limits are and why: docs/releasing.md. Who activated what, when and why is kept in
activations.jsonl beside the runs; `rollback` goes back. With --store the run is published there as
well, and machines that serve from it pick it up.
"""


def add_to(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add the command's parser."""
    command = commands.add_parser(
        "activate", help="serve a run, if it passes the release checks", description=_DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    command.add_argument("name", nargs="?", metavar="RUN", help="the run that shall be served")
    command.add_argument(
        "--check", action="store_true",
        help="only run the release checks; exit status 2 if one is not passed",
    )  # fmt: skip
    command.add_argument(
        "--force", metavar="REASON",
        help="serve the run although it did not pass; the reason is kept in the history. "
        "A run that is unfinished, changed or made for another geometry is never served",
    )  # fmt: skip
    command.add_argument(
        "--corrections", type=Path, metavar="FILE",
        help="what people corrected and nothing was trained on, as `flask --app webapp corrections "
        "export --held-out --all-labels FILE` writes it; asks corrections_no_worse, too",
    )  # fmt: skip
    add_by(command)
    command.add_argument(
        "--history", action="store_true", help="show what was activated when, by whom and why"
    )
    command.add_argument("--json", action="store_true", help="print JSON instead of tables")
    add_data_dir(command)
    add_models(command)
    add_store(command)
    command.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    if options.history:
        from trainer.commands.printing.activation_history import print_history

        print_history(options.models, options.name, as_json=options.json)
        return 0
    _check_options(options)
    from trainer.release.activation import RefusedError, activate_run
    from trainer.release.gates import run_gates
    from trainer.release.store.mirror import follow
    from trainer.release.store.run_store import open_store
    from trainer.runs.listing import current_name, resolve_run

    name = resolve_run(options.models, options.name).name
    store = open_store(options.store)
    if store is not None:
        follow(store, options.models)  # the gates compare with what everybody serves
    data, missing = _data(options.data_dir)
    served = current_name(options.models)
    gates = run_gates(options.models, name, data, options.corrections)
    closed = [gate.name for gate in gates if not gate.passed]
    is_activated = not options.check and not (closed and options.force is None)
    if is_activated:
        activate_run(options.models, name, gates, options.force, options.by, store, served)
    _report(options, name, gates, is_activated)
    if closed and not is_activated:
        verb = "would not be" if options.check else "is not"
        why = f"; {missing}" if missing else ""
        raise RefusedError(f"{name} {verb} activated: it did not pass {', '.join(closed)}{why}")
    return 0


def _check_options(options: argparse.Namespace) -> None:
    if options.name is None:
        raise SettingsError("name the run that shall be served, or say --history")
    if options.force is not None and not options.force.strip():
        raise SettingsError("--force needs a reason, which is kept in the history")


def _data(given: Path | None) -> tuple[Data | None, str]:
    """The data sets, or why there are none."""
    from trainer.data.collection import load_data
    from trainer.data.location import data_folder

    try:
        return load_data(data_folder(given), drawings="optional"), ""
    except DataError as error:
        return None, str(error)


def _report(options: argparse.Namespace, name: str, gates: list[Gate], is_activated: bool) -> None:
    if options.json:
        answers = [gate.as_json() for gate in gates]
        print(json_text({"run": name, "activated": is_activated, "gates": answers}, indent=1))
        return
    console = table_console()
    console.print(_table(name, gates))
    if is_activated:
        forced = "" if all(gate.passed for gate in gates) else f", by force: {options.force}"
        console.print(f"{name} is served from now on{forced}", soft_wrap=True)


def _table(name: str, gates: list[Gate]) -> Table:
    from trainer.release.gate import in_words

    table = Table(title=f"release checks of {name}", title_justify="left", box=None, pad_edge=False)
    for heading in ("", "check"):
        table.add_column(heading, no_wrap=True)
    for heading in ("figure", "limit"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("what was found")
    for gate in gates:
        verdict = Text("✓ passed", "green") if gate.passed else Text("✗ not passed", "red")
        figure, limit = in_words(gate.figure, gate.unit), in_words(gate.limit, gate.unit)
        table.add_row(verdict, gate.name, figure, limit, gate.sentence)
    return table
