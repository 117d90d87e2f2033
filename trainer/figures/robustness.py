"""What it costs to move, resize, resample, tilt, shake, reorder, shift, blur or fade a sample.

Accuracy after each change, its difference to the same samples unchanged, and how many answers
stayed the same.  Drawings by held-out writers are changed as strokes, MNIST's test images (2,000)
as images, which go to the network as the change left them.  "Drawn as a picture" asks the network
for pictures about a drawing drawn by another pen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from recognizer.runs.loaded_run import LoadedRun
from trainer.data.collection import load_data
from trainer.evaluation.answers import CalibratedNetwork
from trainer.evaluation.robustness import Robustness, measure_robustness
from trainer.evaluation.samples import main_samples
from trainer.evaluation.stroke_changes import UNDONE
from trainer.evaluation.wording import change_name
from trainer.figures.figure import POINTS, Figure, share
from trainer.runs.wording import set_name

SAME = "same answer wherever, however large and however densely sampled, the worst of them"
HEADLINES = (("", SAME),)


def measure(run: LoadedRun, data_folder: Path) -> list[Figure]:
    """Three figures for each change of each set.

    Raises:
        DataError: a data set is missing or damaged.
    """
    data = load_data(data_folder)
    network = CalibratedNetwork(run)
    measured = {
        samples.key: measure_robustness(network, samples)
        for samples in main_samples(run.details, data)
    }
    figures = [one for key, changes in measured.items() for one in _set(set_name(key), changes)]
    return [*_worst_undone(measured), *figures]


def _worst_undone(measured: dict[str, list[Robustness]]) -> Iterator[Figure]:
    """Of the changes that the geometry undoes, the one that changed most answers."""
    undone = [one for changes in measured.values() for one in changes if one.change in UNDONE]
    if undone:
        worst = min(undone, key=lambda one: one.same)
        yield share(SAME, worst.same, worst.total)


def _set(name: str, changes: Sequence[Robustness]) -> Iterator[Figure]:
    for one in changes:
        row = f"{name} · {change_name(one)}"
        yield share("accuracy", one.right, one.total, row)
        if one.change:
            yield Figure("difference", one.gain, *one.gain_interval, one.total, POINTS, row)
            yield share("same answer", one.same, one.total, row)
