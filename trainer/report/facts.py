"""What run.json says about how a run was made, as names and values for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from trainer.runs.details import RunDetails
from trainer.runs.wording import Facts, duration, fact_tables


def summary(run: RunDetails) -> str:
    """A run in a sentence: recipe, state, when, how long, how large."""
    parts = [f"Recipe {run.recipe}, {run.status}"]
    if run.times.started:
        parts.append(f"started {run.times.started.replace('T', ' ').replace('Z', ' UTC')}")
    if run.times.seconds:
        parts.append(f"{duration(run.times.seconds)} of work")
    if run.main_network.parameters:
        network = run.main_network
        parts.append(f"{network.parameters:,} parameters, {network.epochs} epochs")
    return ", ".join(parts) + "."


def sections(run: RunDetails) -> Iterator[tuple[str, Facts]]:
    """The tables of the report's last part, by heading; those that would be empty are left out."""
    if run.settings:
        yield "Settings", [(key.replace("_", " "), _text(one)) for key, one in run.settings.items()]
    yield from fact_tables(run)
    fitted = {"calibration": run.calibration, "refusal": run.refusal}
    rest = [(name, _text(asdict(one))) for name, one in fitted.items() if one is not None]
    if rest:
        yield "The rest", rest


def _text(value: Any) -> str:
    if isinstance(value, Mapping):
        told = {key: entry for key, entry in value.items() if entry is not None}
        return ", ".join(f"{key} {_text(entry)}" for key, entry in told.items())
    if isinstance(value, list | tuple):
        return ", ".join(map(_text, value)) or "none"
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)
