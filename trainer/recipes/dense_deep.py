"""Four dense layers: as far as a network comes that does not know what a neighbour is.

98.64 % on MNIST's test images and 95.35 % on drawings by held-out writers after the last epoch;
2.5 minutes on two cores of a Xeon, busy with other work: ``python -m trainer train dense-deep``.
"""

from __future__ import annotations

from dataclasses import dataclass

import keras
from keras import layers

from trainer.training.batches import Batches, ImageBatches, Material
from trainer.training.common_settings import CommonSettings
from trainer.training.settings import Span, setting

USES_DRAWINGS = False
READS_DIRECTIONS = False
LEARNS_TO_REFUSE = False


@dataclass(frozen=True)
class Settings(CommonSettings):
    """Everything that decides what the recipe gives."""

    epochs: int = setting(20, "passes over the training images", low=1, high=1_000)
    batch_size: int = setting(
        128, "images a step", low=1, high=8_192, search=(32, 64, 128, 256)
    )  # fmt: skip
    units: int = setting(
        512, "of the first hidden layer", low=8, high=8_192, search=Span(128, 1_024, 128)
    )
    depth: int = setting(
        4, "hidden layers, each half as wide as the one before", low=1, high=8, search=Span(2, 5, 1)
    )
    dropout: float = setting(
        0.2, "share of units left out behind each", low=0, high=0.9, search=Span(0, 0.5)
    )
    learning_rate: float = setting(
        0.001, "Adam's at the start; goes down along a cosine", low=1e-7, high=1,
        search=Span(1e-4, 1e-2, logarithmic=True),
    )  # fmt: skip


def build_network(settings: Settings) -> keras.Model:
    """Pixels, layers of rectified units, probabilities; 575,050 parameters."""
    network = keras.Sequential([keras.Input((28, 28, 1), name="picture")], name="dense_deep")
    network.add(layers.Flatten())
    for level in range(settings.depth):
        network.add(layers.Dense(max(settings.units >> level, 10), activation="relu"))
        network.add(layers.Dropout(settings.dropout))
    network.add(layers.Dense(10, activation="softmax", dtype="float32"))
    return network


def make_batches(settings: Settings, material: Material, epoch: int) -> Batches:
    """The images as they are, with one-hot labels, in a new order each epoch."""
    return ImageBatches(material, settings.batch_size, settings.seed, epoch, one_hot=True)


def compile_network(
    network: keras.Model, settings: Settings, epochs: int, steps_per_epoch: int
) -> None:
    """Adam on one-hot labels."""
    schedule = keras.optimizers.schedules.CosineDecay(
        settings.learning_rate, epochs * steps_per_epoch
    )
    network.compile(
        keras.optimizers.Adam(schedule), "categorical_crossentropy", metrics=["accuracy"]
    )


def make_callbacks(settings: Settings) -> list[keras.callbacks.Callback]:
    """None."""
    return []
