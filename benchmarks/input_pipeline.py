"""Does the network wait for its data? Steps a second with fresh batches and with one repeated.

Run as ``python -m benchmarks.input_pipeline``; prints both, alternating three times, and the
ratio of the medians.  At 1 the pipeline costs nothing; on a machine without a GPU both share the
processor, so the rate at which one thread makes batches alone is printed too.
"""

from __future__ import annotations

import os
import statistics
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np

from trainer.data.collection import Data, load_data
from trainer.data.location import data_folder
from trainer.recipes.ink import Settings, build_network
from trainer.training.batches import MixedBatches

STEPS = 60
ROUNDS = 3


class OneBatch(keras.utils.PyDataset):
    """The same batch, again and again."""

    def __init__(self, batch: tuple[np.ndarray, np.ndarray]) -> None:
        super().__init__(workers=2, use_multiprocessing=False, max_queue_size=12)
        self._batch = batch

    def __len__(self) -> int:
        return STEPS

    def __getitem__(self, index: int) -> tuple[np.ndarray, np.ndarray]:
        return self._batch


def main() -> None:
    """Measure and print."""
    settings, data = Settings(), load_data(data_folder())
    network = build_network(settings.precision)
    network.compile("adamw", "sparse_categorical_crossentropy", jit_compile=False)
    repeated = OneBatch(_fresh(data, settings, 0)[0])
    network.fit(repeated, verbose=0)  # compiles
    rates: dict[str, list[float]] = {"one batch repeated": [], "fresh batches": []}
    for epoch in range(ROUNDS):
        rates["one batch repeated"].append(_rate(network, repeated))
        rates["fresh batches"].append(_rate(network, _fresh(data, settings, epoch)))
    medians = {name: statistics.median(values) for name, values in rates.items()}
    for name, median in medians.items():
        print(f"{name:20} {median:6.2f} steps/s of {settings.batch_size} samples")
    alone = _rate_alone(_fresh(data, settings, 0))
    print(f"{'batches alone':20} {alone:6.2f} a second, one thread")
    print(f"{'ratio':20} {medians['fresh batches'] / medians['one batch repeated']:6.2f}")


def _fresh(data: Data, settings: Settings, epoch: int) -> MixedBatches:
    return MixedBatches(
        data.mnist.train,
        data.drawings,
        batch_size=settings.batch_size,
        steps=STEPS,
        seed=settings.seed,
        epoch=epoch,
    )


def _rate_alone(batches: MixedBatches) -> float:
    started = time.perf_counter()
    for index in range(STEPS):
        batches[index]
    return STEPS / (time.perf_counter() - started)


def _rate(network: keras.Model, batches: keras.utils.PyDataset) -> float:
    started = time.perf_counter()
    network.fit(batches, verbose=0)
    return STEPS / (time.perf_counter() - started)


if __name__ == "__main__":
    main()
