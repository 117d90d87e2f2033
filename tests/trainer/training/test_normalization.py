from __future__ import annotations

import keras
import numpy as np
import pytest

from trainer.batches.base import Batches, Ink, Labels
from trainer.training.normalization import Statistics


class Greys(Batches):
    """Batch after batch darker, so that it matters which ones are looked at, and how much each."""

    def _shuffle(self, random: np.random.Generator) -> None:
        pass

    def _make(self, index: int, random: np.random.Generator) -> tuple[Ink, Labels]:
        ink = np.full((self.batch_size, 28, 28), 20 * index, np.uint8)
        return ink, np.zeros(self.batch_size, np.int64)


@pytest.mark.parametrize(
    ("batch_size", "samples", "batches"),
    [(100, 10_000, 7), (100, 300, 3), (300, 10_000, 7), (16, 16, 1)],
    ids=["an epoch, the last ones alone", "some batches", "large batches", "one batch"],
)
def test_the_mean_is_that_of_all_samples(batch_size: int, samples: int, batches: int) -> None:
    layer = keras.layers.BatchNormalization(momentum=0.9)
    network = keras.Sequential([keras.Input((28, 28, 1)), layer])

    Statistics(Greys(batch_size, 7, seed=1, epoch=0)).measure(network, samples)

    mean = keras.ops.convert_to_numpy(layer.moving_mean)
    assert mean == pytest.approx(np.arange(batches).mean() * 20 / 255, abs=1e-5)
    assert layer.momentum == 0.9
