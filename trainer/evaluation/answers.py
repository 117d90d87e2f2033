"""What a run answers to samples: the networks that are served, asked as they are served.

That is ONNX Runtime, the recognizer's geometry and the run's own calibration;
Keras has no part in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recognizer.runs.loaded_run import DRAWING_FILE, Files, LoadedRun, open_run
from trainer.data.collection import Data
from trainer.data.model_inputs import Labels
from trainer.evaluation.samples import Samples, main_samples


@dataclass(frozen=True, eq=False)
class Answers:
    """A network's answers to a set of samples.

    Attributes:
        key: of the set, as ``mnist_test``.
        probabilities: (n, 10) float32 of the digits 0 to 9, calibrated.
        labels: (n,) int64 in 0-9, what the samples are.
    """

    key: str
    probabilities: NDArray[np.float32]
    labels: Labels

    @property
    def digits(self) -> NDArray[np.int64]:
        """(n,) int64 in 0-9: the likeliest digits."""
        digits: NDArray[np.int64] = self.probabilities.argmax(axis=1)
        return digits

    @property
    def confidences(self) -> NDArray[np.float32]:
        """(n,) float32 in [0, 1]: the probability of the likeliest digit."""
        confidences: NDArray[np.float32] = self.probabilities.max(axis=1)
        return confidences

    @property
    def label_probabilities(self) -> NDArray[np.float32]:
        """(n,) float32 in [0, 1]: the probability of the label."""
        probabilities: NDArray[np.float32] = self.probabilities[
            np.arange(len(self.labels)), self.labels
        ]
        return probabilities

    @property
    def right(self) -> NDArray[np.bool_]:
        """(n,) bool: whether the likeliest digit is the label."""
        right: NDArray[np.bool_] = self.digits == self.labels
        return right

    def take(self, places: NDArray[np.int64]) -> Answers:
        """The answers to some of the samples, (m,) places from 0, in that order."""
        return Answers(self.key, self.probabilities[places], self.labels[places])


@dataclass(frozen=True, eq=False)
class CalibratedNetwork:
    """A run's networks, asked as the server asks them: for pictures, and for strokes."""

    run: LoadedRun

    @classmethod
    def load(
        cls, folder: Path, details: Mapping[str, Any], drawing_file: str = DRAWING_FILE
    ) -> CalibratedNetwork:
        """The networks of a run's folder.

        Args:
            folder: of the run.
            details: what its run.json holds, or will hold.
            drawing_file: the network for strokes; where there is none, the main one reads them.

        Raises:
            RunError: a network cannot be loaded.
        """
        return cls(open_run(folder, details, Files(drawing=drawing_file)))

    def __call__(self, samples: Samples) -> NDArray[np.float32]:
        """(n, 10) float32: calibrated probabilities, of drawings by their strokes."""
        if samples.drawings:
            _, outputs = self.run.ask_drawings([drawing.strokes for drawing in samples.drawings])
        else:
            outputs = self.run.ask_pictures(list(samples.inks))
        return outputs.probabilities.astype(np.float32)

    def answer(self, samples: Samples) -> Answers:
        """The answers to a set."""
        return Answers(samples.key, self(samples), samples.labels)


def answer_samples(folder: Path, details: Mapping[str, Any], data: Data) -> dict[str, Answers]:
    """Ask a run's main network for all that it never saw.

    Args:
        folder: of the run.
        details: what its run.json holds.
        data: the data sets it was made from.

    Returns:
        Answers by key: ``mnist_test``, and ``held_out_writers`` where the run held any out.

    Raises:
        RunError: the network cannot be loaded.
    """
    network = CalibratedNetwork.load(folder, details)
    return {samples.key: network.answer(samples) for samples in main_samples(details, data)}
