"""What each data set gave to a run, and how well the run reads it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from trainer.data.collection import Data
from trainer.data.fetch.sources import SOURCES
from trainer.data.splits import sites
from trainer.evaluation.measurement import Measurement
from trainer.evaluation.samples import HELD_OUT_SITES, HELD_OUT_WRITERS, MNIST_TEST, writer_id
from trainer.report.language import gettext

Labels = list[int]


@dataclass(frozen=True)
class Contribution:
    """One data set, or one site of a stroke file.

    Attributes:
        name: of it.
        trained: the labels (0-9) of the samples that were trained on.
        held_out: of those that were held out to watch the training and to calibrate.
        test: of those kept for the test alone.
        measured: on what was held out (of MNIST: on the test), if it was measured.
        without: the same site as read by a network that never saw it, if there is one.
    """

    name: str
    trained: Labels
    held_out: Labels
    test: Labels
    measured: Measurement | None
    without: Measurement | None = None


def contributions(
    details: Mapping[str, Any], data: Data, measurements: Sequence[Measurement]
) -> list[Contribution]:
    """MNIST first, then every site whose drawings there are.

    Args:
        details: what the run's run.json holds.
        data: the data sets it was made from.
        measurements: of the run.
    """
    measured = {measurement.key: measurement for measurement in measurements}
    splits = details.get("splits", {})
    return [
        _mnist(splits.get("mnist", {}), data, measured),
        *(_site(site, splits.get("writers", {}), data, measured) for site in sites(data.drawings)),
    ]


def _mnist(
    split: Mapping[str, int], data: Data, measured: Mapping[str, Measurement]
) -> Contribution:
    labels = data.mnist.train.labels.tolist()
    return Contribution(
        "MNIST",
        trained=labels[: split.get("train", len(labels))],
        held_out=labels[len(labels) - split.get("validation", 0) :],
        test=data.mnist.test.labels.tolist(),
        measured=measured.get(MNIST_TEST),
    )


def _site(
    site: str,
    writers: Mapping[str, Sequence[str]],
    data: Data,
    measured: Mapping[str, Measurement],
) -> Contribution:
    trained, held_out = (set(writers.get(side, ())) for side in ("train", "validation"))
    drawings = [drawing for drawing in data.drawings if drawing.source == site]
    return Contribution(
        site,
        trained=[drawing.label for drawing in drawings if writer_id(drawing) in trained],
        held_out=[drawing.label for drawing in drawings if writer_id(drawing) in held_out],
        test=[],
        measured=measured.get(f"{HELD_OUT_WRITERS}/{site}"),
        without=measured.get(f"{HELD_OUT_SITES}/{site}"),
    )


def credits_of(details: Mapping[str, Any]) -> list[str]:
    """Who made the data sets that a run names, and under which licence; own data is named too."""
    named: dict[str, None] = {}
    for name, origin in details.get("datasets", {}).items():
        named[_credit(name, str(origin.get("file", "")))] = None
    return list(named)


def _credit(name: str, file: str) -> str:
    for source in SOURCES:
        if name == source.name or file in source.gives:
            return source.credit
    return gettext("%(name)s: own data", name=name)
