"""Measure a run on all that its networks never saw, set by set.

One function gives everything that run.json, ``evaluate`` and the report tell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from trainer.data.collection import Data
from trainer.data.mnist import Images
from trainer.data.splits import sites
from trainer.data.stroke_files import LabelledDrawing
from trainer.evaluation.answers import Answers, CalibratedNetwork
from trainer.evaluation.measurement import Measurement
from trainer.evaluation.robustness import measure_robustness
from trainer.evaluation.samples import (
    HELD_OUT_SITES,
    OWN_DRAWINGS,
    OWN_IMAGES,
    Samples,
    drawings_as_samples,
    images_as_samples,
    main_samples,
)


def evaluate(folder: Path, details: Mapping[str, Any], data: Data) -> list[Measurement]:
    """Measure a run: MNIST's test images, writers held out, and sites held out.

    Args:
        folder: of the run.
        details: what its run.json holds, the calibration included.
        data: the data sets the run was made from.

    Returns:
        For MNIST's test set, for the held-out writers together and by site, and, where the run
        has networks that never saw a site, for these sites together and one by one. The first
        two are measured in detail, robustness included.

    Raises:
        RunError: a network cannot be loaded.
    """
    network = CalibratedNetwork.load(folder, details)
    whole = [_in_detail(network, samples) for samples in main_samples(details, data)]
    parts = [part for measurement in whole for part in by_site(measurement)]
    return [*whole, *parts, *measure_sites(folder, details, data.drawings)]


def evaluate_own(
    folder: Path, details: Mapping[str, Any], images: Images, drawings: Sequence[LabelledDrawing]
) -> list[Measurement]:
    """Measure a run's main network on somebody's own images and drawings, in detail.

    Args:
        folder: of the run.
        details: what its run.json holds.
        images: in MNIST's form; may be none.
        drawings: may be none.

    Returns:
        One for the images (``own_images``) and one for the drawings (``own_drawings``), where
        there are any.

    Raises:
        RunError: the network cannot be loaded.
    """
    sets = (
        images_as_samples(OWN_IMAGES, images),
        drawings_as_samples(OWN_DRAWINGS, drawings),
    )
    return evaluate_samples(folder, details, [samples for samples in sets if len(samples)])


def evaluate_samples(
    folder: Path, details: Mapping[str, Any], sets: Sequence[Samples]
) -> list[Measurement]:
    """Measure a run's main network on any sets of samples, in detail.

    Args:
        folder: of the run.
        details: what its run.json holds.
        sets: of at least one sample each.

    Raises:
        RunError: the network cannot be loaded.
    """
    network = CalibratedNetwork.load(folder, details)
    return [_in_detail(network, samples) for samples in sets]


def _in_detail(network: CalibratedNetwork, samples: Samples) -> Measurement:
    return Measurement(samples, network.answer(samples), measure_robustness(network, samples))


def by_site(whole: Measurement) -> Iterator[Measurement]:
    """The parts of a set of drawings, a site each; nothing of images."""
    drawings = whole.samples.drawings
    for site in sites(drawings):
        places = np.flatnonzero([drawing.source == site for drawing in drawings])
        yield whole.take(f"{whole.key}/{site}", places)


def measure_sites(
    folder: Path, details: Mapping[str, Any], drawings: Sequence[LabelledDrawing]
) -> list[Measurement]:
    """Each site as read by the network that never saw it, and all of them together before.

    Args:
        folder: of the run.
        details: what its run.json holds.
        drawings: of any sites.

    Returns:
        Nothing where the run has no such networks.

    Raises:
        RunError: a network cannot be loaded.
    """
    parts = []
    for site in sites(drawings):
        file = f"without-{site}.onnx"
        if (folder / file).exists():
            rows = [row for row, drawing in enumerate(drawings) if drawing.source == site]
            samples = drawings_as_samples(f"{HELD_OUT_SITES}/{site}", drawings, rows)
            network = CalibratedNetwork.load(folder, details, file)
            parts.append(Measurement(samples, network.answer(samples)))
    return [_joined(HELD_OUT_SITES, parts), *parts] if parts else []


def _joined(key: str, parts: Sequence[Measurement]) -> Measurement:
    samples = Samples(
        key,
        np.concatenate([part.samples.inputs for part in parts]),
        np.concatenate([part.samples.labels for part in parts]),
        np.concatenate([part.samples.rows for part in parts]),
        tuple(drawing for part in parts for drawing in part.samples.drawings),
    )
    probabilities = np.concatenate([part.answers.probabilities for part in parts])
    return Measurement(samples, Answers(key, probabilities, samples.labels))
