"""Compare runs on the same samples, so that "better" means more than a lucky draw of them."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from recognizer.runs.folder import verify
from trainer.data.collection import Data
from trainer.evaluation.answers import CalibratedNetwork
from trainer.evaluation.measurement import Measurement
from trainer.evaluation.samples import main_samples
from trainer.evaluation.significance import holm, mcnemar
from trainer.runs.details import RunDetails, parse_details

LEVEL = 0.05  # a difference counts as shown when chance alone makes such a one more rarely


@dataclass(frozen=True, eq=False)
class ComparedRun:
    """One of the runs.

    Attributes:
        details: what its run.json holds.
        measurements: by set, of its main network.
    """

    details: Mapping[str, Any]
    measurements: Mapping[str, Measurement]

    @property
    def name(self) -> str:
        """Of the run."""
        return self.facts.name

    @cached_property
    def facts(self) -> RunDetails:
        """The same as a record."""
        return parse_details(self.details)


@dataclass(frozen=True)
class PairedTest:
    """McNemar's exact test of a run against the first one, on the samples both were asked.

    Attributes:
        key: of the set of samples.
        first, second: names of the runs.
        samples: that neither was trained on.
        only_first, only_second: samples that only this one got right.
        p: how often chance alone would tell equally good runs so far apart, 0-1.
        p_adjusted: the same after Holm's correction for the number of runs compared.
    """

    key: str
    first: str
    second: str
    samples: int
    only_first: int
    only_second: int
    p: float
    p_adjusted: float

    @property
    def is_shown(self) -> bool:
        """Whether the difference is too large for chance."""
        return self.p_adjusted < LEVEL

    @property
    def verdict(self) -> str:
        """What it means, as "no difference can be shown (p = 0.34)"."""
        p = f"p = {self.p_adjusted:.2g}" if self.p_adjusted >= 0.001 else "p < 0.001"
        if not self.is_shown:
            return f"no difference can be shown ({p})"
        word = "better" if self.only_second > self.only_first else "worse"
        return f"{word} than {self.first} ({p})"

    def as_json(self) -> dict[str, Any]:
        """As ``compare --json`` prints it."""
        return {**dataclasses.asdict(self), "is_shown": self.is_shown, "verdict": self.verdict}


def ask_runs(folders: Sequence[Path], data: Data) -> list[ComparedRun]:
    """Ask each run's main network for all that it never saw.

    Raises:
        RunError: a run is not at its end, or its files are not what they were.
    """
    return [_ask(folder, verify(folder), data) for folder in folders]


def _ask(folder: Path, details: Mapping[str, Any], data: Data) -> ComparedRun:
    network = CalibratedNetwork.load(folder, details)
    measurements = {
        samples.key: Measurement(samples, network.answer(samples))
        for samples in main_samples(details, data)
    }
    return ComparedRun(details, measurements)


def compare_with_first(runs: Sequence[ComparedRun]) -> list[PairedTest]:
    """Every other run against the first, set by set.

    P-values are corrected within a set (Holm), as many tests as there are other runs. Sets of
    which two runs have no sample in common are left out.
    """
    first, *others = runs
    tests = []
    for key in first.measurements:
        pairs = [_test(key, first, other) for other in others if key in other.measurements]
        found = [pair for pair in pairs if pair.samples]
        adjusted = holm([pair.p for pair in found])
        tests += [
            dataclasses.replace(pair, p_adjusted=p) for pair, p in zip(found, adjusted, strict=True)
        ]
    return tests


def _test(key: str, first: ComparedRun, second: ComparedRun) -> PairedTest:
    one, other = first.measurements[key], second.measurements[key]
    _, places, other_places = np.intersect1d(
        one.samples.rows, other.samples.rows, assume_unique=True, return_indices=True
    )
    right, other_right = one.answers.right[places], other.answers.right[other_places]
    p = mcnemar(right, other_right)
    only_first, only_second = int((right & ~other_right).sum()), int((other_right & ~right).sum())
    return PairedTest(key, first.name, second.name, len(places), only_first, only_second, p, p)
