"""The recipe ``dense-deep``.

98.64 % on MNIST's test images and 95.35 % on drawings by held-out writers after the last epoch;
2.5 minutes on two cores of a Xeon, busy with other work: ``python -m trainer train dense-deep``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from trainer.settings.common import CommonSettings
from trainer.settings.definition import N_, Span, setting

if TYPE_CHECKING:
    import keras

    from trainer.batches.base import Batches, Material

SUMMARY = N_(
    "Dense layers only: about the best without convolutions, which know which pixels are "
    "neighbours."
)
USES_DRAWINGS = False
READS_DIRECTIONS = False
LEARNS_TO_REFUSE = False
MILLISECONDS_A_SAMPLE = 0.13


@dataclass(frozen=True)
class Settings(CommonSettings):
    """Everything that decides what the recipe gives."""

    epochs: int = setting(
        20,
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
        512, N_("Units of the first hidden layer."), low=8, high=8_192, search=Span(128, 1_024, 128)
    )
    depth: int = setting(
        4,
        N_("Hidden layers; each has half as many units as the one before."),
        low=1,
        high=8,
        search=Span(2, 5, 1),
    )
    dropout: float = setting(
        0.2,
        N_(
            "Dropout: part of the units left out at random behind each hidden layer, against "
            "overfitting."
        ),
        low=0,
        high=0.9,
        search=Span(0, 0.5),
    )
    learning_rate: float = setting(
        0.001,
        N_("Adam's starting step size; it then falls smoothly to 0."),
        low=1e-7,
        high=1,
        search=Span(1e-4, 1e-2, logarithmic=True),
    )


def build_network(settings: Settings) -> keras.Model:
    """Pixels, layers of rectified units, probabilities; 575,050 parameters."""
    import keras
    from keras import layers

    network = keras.Sequential([keras.Input((28, 28, 1), name="picture")], name="dense_deep")
    network.add(layers.Flatten())
    for level in range(settings.depth):
        network.add(layers.Dense(max(settings.units >> level, 10), activation="relu"))
        network.add(layers.Dropout(settings.dropout))
    network.add(layers.Dense(10, activation="softmax", dtype="float32"))
    return network


def make_batches(settings: Settings, material: Material, epoch: int) -> Batches:
    """The images as they are, with one-hot labels, in a new order each epoch."""
    from trainer.batches.pictures import ImageBatches

    return ImageBatches(material, settings.batch_size, settings.seed, epoch, one_hot=True)


def compile_network(
    network: keras.Model, settings: Settings, epochs: int, steps_per_epoch: int
) -> None:
    """Adam on one-hot labels."""
    import keras

    schedule = keras.optimizers.schedules.CosineDecay(
        settings.learning_rate, epochs * steps_per_epoch
    )
    network.compile(
        keras.optimizers.Adam(schedule), "categorical_crossentropy", metrics=["accuracy"]
    )


def make_callbacks(settings: Settings) -> list[keras.callbacks.Callback]:
    """None."""
    return []
