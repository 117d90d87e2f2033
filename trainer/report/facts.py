"""What run.json says about how a run was made, as names and values for people."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any

from trainer.runs.details import DataFile, NetworkFacts, RunDetails

Facts = list[tuple[str, str]]


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


def duration(seconds: float) -> str:
    """As "33 min 5 s"."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def sections(run: RunDetails) -> Iterator[tuple[str, Facts]]:
    """The tables of the report's last part, by heading; those that would be empty are left out."""
    tables = {
        "Settings": run.settings.items(),
        "Networks": ((name, _network(one)) for name, one in run.networks.items()),
        "Times": _times(run),
        "Versions": run.versions.items(),
        "Hardware": run.hardware.items(),
        "Data files": ((name, _file(one)) for name, one in run.datasets.items()),
        "The rest": _rest(run),
    }
    for heading, values in tables.items():
        facts = [(key.replace("_", " "), _text(value)) for key, value in values]
        if facts:
            yield heading, facts


def _network(network: NetworkFacts) -> str:
    difference = network.largest_difference_to_keras
    parity = f", differs from Keras by {difference:.1e} at most" if difference else ""
    return f"{network.parameters or 0:,} parameters, {network.epochs} epochs{parity}"


def _times(run: RunDetails) -> Iterator[tuple[str, str]]:
    times = run.times
    for name in ("queued", "started", "finished"):
        if value := getattr(times, name):
            yield name, value
    if times.seconds is not None:
        yield "seconds", duration(times.seconds)
    for resumed in run.resumes:
        yield "resumed", str(resumed.at)


def _file(origin: DataFile) -> str:
    return f"{origin.file}, SHA-256 {origin.sha256}" if origin.sha256 else str(origin.file)


def _rest(run: RunDetails) -> Iterator[tuple[str, Any]]:
    yield "git_commit", run.git_commit or "not known"
    if run.preprocessing_version is not None:
        yield "preprocessing_version", run.preprocessing_version
    for name, section in (("calibration", run.calibration), ("refusal", run.refusal)):
        if section is not None:
            yield name, dataclasses.asdict(section)


def _text(value: Any) -> str:
    if isinstance(value, Mapping):
        told = {key: entry for key, entry in value.items() if entry is not None}
        return ", ".join(f"{key} {_text(entry)}" for key, entry in told.items())
    if isinstance(value, list | tuple):
        return ", ".join(map(_text, value)) or "none"
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)
