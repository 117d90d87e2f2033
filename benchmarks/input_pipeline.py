"""Does the network wait for its data? Steps a second with fresh batches and with one repeated.

Run as ``python -m benchmarks.input_pipeline``; prints both, alternating three times, and the
ratio of the medians.  At 1 the pipeline costs nothing; on a machine without a GPU both share the
processor, so the rate at which one thread makes batches alone is printed too.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

from trainer.quiet_start import DEVICES  # isort: skip  # noqa: F401  # before Keras

import keras
import numpy as np

from trainer.batches.base import Batches, EpochOrder, Material
from trainer.data.collection import load_data
from trainer.data.location import data_folder
from trainer.recipes import ink
from trainer.settings.definition import apply_settings
from trainer.training.hardware import dtype_policy, find_hardware, resolve_precision

STEPS = 120
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
    argparse.ArgumentParser(description=__doc__.split("\n")[0]).parse_args()
    batch_size = ink.Settings().batch_size
    settings = apply_settings(ink.Settings(), [f"samples_per_epoch={STEPS * batch_size}"])
    data = load_data(data_folder())
    fresh = ink.make_batches(settings, Material(data.mnist.train, data.drawings), 0)
    network = _network(settings)
    repeated = OneBatch(fresh[0])
    network.fit(repeated, verbose=0)  # compiles
    rates: dict[str, list[float]] = {"one batch repeated": [], "fresh batches": []}
    for epoch in range(ROUNDS):
        rates["one batch repeated"].append(_rate(network, repeated, epoch))
        rates["fresh batches"].append(_rate(network, fresh, epoch))
    medians = {name: statistics.median(values) for name, values in rates.items()}
    for name, median in medians.items():
        print(f"{name:20} {median:6.2f} steps/s of {settings.batch_size} samples")
    print(f"{'batches alone':20} {_rate_alone(fresh):6.2f} a second, one thread")
    print(f"{'ratio':20} {medians['fresh batches'] / medians['one batch repeated']:6.2f}")


def _network(settings: ink.Settings) -> keras.Model:
    with dtype_policy(resolve_precision(settings.precision, find_hardware())):
        network = ink.build_network(settings)
    ink.compile_network(network, settings, ROUNDS, STEPS)
    network.jit_compile = find_hardware().has_gpu
    return network


def _rate(network: keras.Model, batches: keras.utils.PyDataset, epoch: int) -> float:
    order = [EpochOrder(batches)] if isinstance(batches, Batches) else []
    started = time.perf_counter()
    network.fit(
        batches, initial_epoch=epoch, epochs=epoch + 1, callbacks=order, shuffle=False, verbose=0
    )
    return STEPS / (time.perf_counter() - started)


def _rate_alone(batches: Batches) -> float:
    started = time.perf_counter()
    for index in range(STEPS):
        batches[index]
    return STEPS / (time.perf_counter() - started)


if __name__ == "__main__":
    main()
