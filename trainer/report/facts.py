"""What run.json says about how a run was made, as names and values for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Facts = list[tuple[str, str]]


def summary(details: Mapping[str, Any]) -> str:
    """A run in a sentence: recipe, state, when, how long, how large."""
    times = details.get("times", {})
    network = details.get("networks", {}).get("model", {})
    parts = [f"Recipe {details.get('recipe')}, {details.get('status')}"]
    if started := times.get("started"):
        parts.append(f"started {started.replace('T', ' ').replace('Z', ' UTC')}")
    if seconds := times.get("seconds"):
        parts.append(f"{duration(seconds)} of work")
    if parameters := network.get("parameters"):
        parts.append(f"{parameters:,} parameters, {network.get('epochs')} epochs")
    return ", ".join(parts) + "."


def duration(seconds: float) -> str:
    """As "33 min 5 s"."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def sections(details: Mapping[str, Any]) -> Iterator[tuple[str, Facts]]:
    """The tables of the report's last part, by heading; those that would be empty are left out."""
    settings = details.get("settings", {})
    tables = {
        "Settings": settings.items(),
        "Networks": _networks(details.get("networks", {})),
        "Times": _times(details),
        "Versions": details.get("versions", {}).items(),
        "Hardware": details.get("hardware", {}).items(),
        "Data files": _files(details.get("datasets", {})),
        "The rest": _rest(details),
    }
    for heading, values in tables.items():
        facts = [(key.replace("_", " "), _text(value)) for key, value in values]
        if facts:
            yield heading, facts


def _networks(networks: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, network in networks.items():
        difference = network.get("largest_difference_to_keras")
        parity = f", differs from Keras by {difference:.1e} at most" if difference else ""
        words = f"{network.get('parameters', 0):,} parameters, {network.get('epochs')} epochs"
        yield name, words + parity


def _times(details: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in details.get("times", {}).items():
        if value is not None:
            yield (name, duration(value)) if name == "seconds" else (name, value)
    for resumed in details.get("resumes", []):
        yield "resumed", resumed.get("at")


def _files(datasets: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, origin in datasets.items():
        checksum = f", SHA-256 {origin['sha256']}" if "sha256" in origin else ""
        yield name, f"{origin.get('file')}{checksum}"


def _rest(details: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    yield "git_commit", details.get("git_commit") or "not known"
    for key in ("preprocessing_version", "calibration", "refusal"):
        if details.get(key) is not None:
            yield key, details[key]


def _text(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_text(entry)}" for key, entry in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(map(_text, value)) or "none"
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)
