"""One hidden layer of 512 units: the network of the first chapter, for comparison.

97.92 % on MNIST's test images and 94.85 % on drawings by held-out writers after the fifth and last
epoch; 45 seconds on two cores of a Xeon, busy with other work, measuring included:
``python -m trainer train dense-512``.
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

    precision: str = setting(
        "float32", "of the arithmetic", choices=("auto", "float32", "mixed_bfloat16")
    )
    validation_images: int = setting(
        2_000, "held out of the training images, the last ones", low=10, high=30_000
    )
    epochs: int = setting(5, "passes over the training images", low=1, high=1_000)
    batch_size: int = setting(
        128, "images a step", low=1, high=8_192, search=(32, 64, 128, 256)
    )  # fmt: skip
    units: int = setting(512, "of the hidden layer", low=1, high=8_192, search=Span(64, 1_024, 64))
    learning_rate: float = setting(
        0.001, "RMSprop's", low=1e-7, high=1, search=Span(1e-4, 1e-2, logarithmic=True)
    )


def build_network(settings: Settings) -> keras.Model:
    """Pixels, one layer of rectified units, probabilities; 407,050 parameters."""
    return keras.Sequential(
        [
            keras.Input((28, 28, 1), name="picture"),
            layers.Flatten(),
            layers.Dense(settings.units, activation="relu"),
            layers.Dense(10, activation="softmax", dtype="float32"),
        ],
        name="dense_512",
    )


def make_batches(settings: Settings, material: Material, epoch: int) -> Batches:
    """The images as they are, in a new order each epoch."""
    return ImageBatches(material, settings.batch_size, settings.seed, epoch)


def compile_network(
    network: keras.Model, settings: Settings, epochs: int, steps_per_epoch: int
) -> None:
    """RMSprop on integer labels."""
    optimizer = keras.optimizers.RMSprop(settings.learning_rate)
    network.compile(optimizer, "sparse_categorical_crossentropy", metrics=["accuracy"])


def make_callbacks(settings: Settings) -> list[keras.callbacks.Callback]:
    """None: five epochs, whatever they give."""
    return []
