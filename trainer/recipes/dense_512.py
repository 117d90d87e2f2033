"""The recipe ``dense-512``.

97.92 % on MNIST's test images and 94.85 % on drawings by held-out writers after the fifth and last
epoch; 45 seconds on two cores of a Xeon, busy with other work, measuring included:
``python -m trainer train dense-512``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from trainer.settings.common import CommonSettings
from trainer.settings.definition import N_, Span, setting

if TYPE_CHECKING:
    import keras

    from trainer.batches.base import Batches, Material

SUMMARY = N_("One hidden layer of 512 units: the simplest network, as a yardstick.")
USES_DRAWINGS = False
READS_DIRECTIONS = False
LEARNS_TO_REFUSE = False
MILLISECONDS_A_SAMPLE = 0.07


@dataclass(frozen=True)
class Settings(CommonSettings):
    """Everything that decides what the recipe gives."""

    precision: str = setting(
        "float32",
        N_("Number format for the calculations. auto: the fastest this processor or GPU supports."),
        choices=("auto", "float32", "mixed_bfloat16"),
    )
    validation_images: int = setting(
        2_000,
        N_("How many training images (the last ones) are kept aside to check each epoch."),
        low=10,
        high=30_000,
    )
    epochs: int = setting(
        5,
        N_("Number of epochs: in each, the network sees every training image once."),
        low=1,
        high=1_000,
    )
    batch_size: int = setting(
        128,
        N_("Images in a batch: the weights change once after each batch."),
        low=1,
        high=8_192,
        search=(32, 64, 128, 256),
    )
    units: int = setting(
        512, N_("Units of the hidden layer."), low=1, high=8_192, search=Span(64, 1_024, 64)
    )
    learning_rate: float = setting(
        0.001,
        N_("Step size of the RMSprop optimizer: how much each step changes the weights."),
        low=1e-7,
        high=1,
        search=Span(1e-4, 1e-2, logarithmic=True),
    )


def build_network(settings: Settings) -> keras.Model:
    """Pixels, one layer of rectified units, probabilities; 407,050 parameters."""
    import keras
    from keras import layers

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
    from trainer.batches.pictures import ImageBatches

    return ImageBatches(material, settings.batch_size, settings.seed, epoch)


def compile_network(
    network: keras.Model, settings: Settings, epochs: int, steps_per_epoch: int
) -> None:
    """RMSprop on integer labels."""
    import keras

    optimizer = keras.optimizers.RMSprop(settings.learning_rate)
    network.compile(optimizer, "sparse_categorical_crossentropy", metrics=["accuracy"])


def make_callbacks(settings: Settings) -> list[keras.callbacks.Callback]:
    """None: five epochs, whatever they give."""
    return []
