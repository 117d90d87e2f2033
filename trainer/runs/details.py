"""What a run's run.json says, as one typed record: parsed once, and wrong once.

Reports, pages and command lines take a run's facts from here.  A run of an older version may lack
anything, so every field has a default; a value of another type than it must have makes the whole
run one that cannot be read.  What the keys mean stands in docs/run-folder.md.  What a server needs
of them is checked once more, and by other rules, when a run is loaded
(:mod:`recognizer.runs.calibration`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from recognizer.errors import RunError
from recognizer.runs.folder import read_details

if TYPE_CHECKING:  # or reading a run.json would load ONNX Runtime
    from recognizer.runs.loaded_run import LoadedRun

MAIN_NETWORK = "model"
_NETWORK_FOR_STROKES = "drawing"
_CHECKSUM_SHOWN = 12  # digits of a checksum that are told to people


@dataclass(frozen=True)
class ClassFigures:
    """How one digit was read, 0-1, and how many samples of it there were."""

    precision: float | None = None
    recall: float | None = None
    f1: float | None = None
    support: int | None = None


@dataclass(frozen=True)
class ReliabilityBin:
    """The answers whose confidence lies from ``low`` to ``high``."""

    low: float
    high: float
    count: int
    confidence: float | None = None
    accuracy: float | None = None


@dataclass(frozen=True)
class RobustnessFigures:
    """The samples after one change of one strength; before any, where ``change`` is empty."""

    change: str = ""
    strength: str = ""
    accuracy: float | None = None
    lost: int | None = None
    won: int | None = None
    same: int | None = None


@dataclass(frozen=True)
class WriterFigures:
    """How one writer's digits were read."""

    writer: str = ""
    accuracy: float | None = None
    right: int | None = None
    total: int | None = None


@dataclass(frozen=True)
class Writers:
    """The writers whose digits are read worst, the worst first."""

    worst: tuple[WriterFigures, ...] = ()


@dataclass(frozen=True)
class SetFigures:
    """What was measured on one set of samples; shares are 0-1."""

    accuracy: float | None = None
    interval: tuple[float, float] | None = None
    right: int | None = None
    total: int | None = None
    loss: float | None = None
    top_2_accuracy: float | None = None
    expected_calibration_error: float | None = None
    confusion_matrix: tuple[tuple[int, ...], ...] | None = None  # a row for each label
    per_class: dict[str, ClassFigures] = field(default_factory=dict)
    reliability: tuple[ReliabilityBin, ...] = ()
    robustness: tuple[RobustnessFigures, ...] = ()
    writers: Writers = Writers()


@dataclass(frozen=True)
class NetworkFacts:
    """One of a run's networks."""

    parameters: int | None = None
    epochs: int | None = None
    is_complete: bool = True
    largest_difference_to_keras: float | None = None  # of a probability


@dataclass(frozen=True)
class QuantizedFacts:
    """How the network in 8-bit integers answers beside its exact form."""

    same_answers: float | None = None
    largest_digitness_difference: float | None = None


@dataclass(frozen=True)
class RefusalFacts:
    """The thresholds for drawings, and what they do; those for pictures stand inside them."""

    digitness: float | None = None
    confidence: float | None = None
    digits_refused: float | None = None
    digits_unsure: float | None = None
    others_accepted: dict[str, float | None] = field(default_factory=dict)
    pictures: RefusalFacts | None = None


@dataclass(frozen=True)
class CalibrationFacts:
    """The temperatures of the main network and of the network for strokes."""

    temperature: float | None = None
    drawing_temperature: float | None = None


@dataclass(frozen=True)
class Times:
    """When, in UTC as ``2026-11-21T00:36:38Z``, and the seconds of work over all resumes."""

    queued: str | None = None
    started: str | None = None
    finished: str | None = None
    seconds: float | None = None


@dataclass(frozen=True)
class Resume:
    """When a run was gone on with."""

    at: str | None = None


@dataclass(frozen=True)
class DataFile:
    """A file that a run was made from."""

    file: str | None = None
    sha256: str | None = None


@dataclass(frozen=True)
class Progress:
    """How far a running training is."""

    network: str = ""
    epoch: int | None = None
    epochs: int | None = None
    step: int | None = None
    steps: int | None = None
    loss: float | None = None
    seconds_left: float | None = None


@dataclass(frozen=True)
class RunDetails:
    """A run's run.json."""

    name: str = ""
    status: str = ""
    recipe: str | None = None
    reason: str | None = None
    settings: dict[str, int | float | str | bool | None] = field(default_factory=dict)
    added: tuple[str, ...] = ()
    networks: dict[str, NetworkFacts] = field(default_factory=dict)
    metrics: dict[str, SetFigures] = field(default_factory=dict)
    quantized: QuantizedFacts | None = None
    calibration: CalibrationFacts | None = None
    refusal: RefusalFacts | None = None
    times: Times = Times()
    resumes: tuple[Resume, ...] = ()
    progress: Progress | None = None
    datasets: dict[str, DataFile] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)  # checksums by name
    hardware: dict[str, Any] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)
    git_commit: str | None = None
    preprocessing_version: int | None = None

    @property
    def main_network(self) -> NetworkFacts:
        """The network that reads pictures."""
        return self.networks.get(MAIN_NETWORK, NetworkFacts())

    def figures(self, key: str) -> SetFigures:
        """What was measured on a set, as ``held_out_writers``; nothing where nothing was."""
        return self.metrics.get(key, SetFigures())

    def comparable(self) -> dict[str, Any]:
        """What two runs may differ in by intention: recipe, settings, data, preprocessing."""
        files = {
            f"data {name}": (one.sha256 or str(one.file))[:_CHECKSUM_SHOWN]
            for name, one in self.datasets.items()
        }
        version = self.preprocessing_version
        return {"recipe": self.recipe, **self.settings, **files, "preprocessing_version": version}


NOTHING_KNOWN = RunDetails()  # of a run whose run.json cannot be read


def parse_details(details: Mapping[str, Any]) -> RunDetails:
    """Read what a run.json holds.

    Raises:
        RunError: something in it is of another type than it must be; names the place.
    """
    try:
        return msgspec.convert(dict(details), RunDetails)
    except msgspec.ValidationError as error:
        raise RunError(
            f"{details.get('name')}: run.json is not what it must be: {error}"
        ) from error


def read_run(folder: Path) -> RunDetails:
    """Read a run's run.json, in whatever state the run is.

    Raises:
        RunError: it cannot be read.
    """
    return parse_details(read_details(folder))


def facts_of_served_networks(run: LoadedRun) -> list[NetworkFacts]:
    """What run.json tells of the network for pictures, and of the one for strokes if it is another.

    Raises:
        RunError: run.json holds something of another type than it must.
    """
    networks = parse_details(run.details).networks
    names = [MAIN_NETWORK]
    if run.drawing_engine is not run.engine:
        names.append(_NETWORK_FOR_STROKES)
    return [networks.get(name, NetworkFacts()) for name in names]


def differing(runs: Sequence[RunDetails]) -> dict[str, list[Any]]:
    """Recipe, settings and data files that are not the same in all runs.

    Returns:
        For each name its value in each run, None where a run has no such setting.
    """
    described = [run.comparable() for run in runs]
    names = dict.fromkeys(name for values in described for name in values)
    rows = {name: [values.get(name) for values in described] for name in names}
    return {name: values for name, values in rows.items() if values != values[:1] * len(values)}
