"""The flagship: one CNN for pictures and drawings, trained on MNIST and on strokes.

What it reached, how long it took and on what stands in README.md, with the commands.
"""

from __future__ import annotations

from dataclasses import dataclass

import keras
from keras import layers

from recognizer.geometry import IMAGE_SIZE


@dataclass(frozen=True)
class Settings:
    """Everything that decides what the recipe gives.

    Attributes:
        seed: of the split, the first weights and every batch.
        epochs: passes over ``samples_per_epoch``, half of them pictures and half strokes.
        samples_per_epoch: pictures and drawings together.
        batch_size: an even number.
        learning_rate: the highest; reached after ``warmup_epochs``, then down to 0 along a cosine.
        weight_decay: of the kernels, AdamW's.
        label_smoothing: share of the target spread over all digits; some labels are wrong.
        averaging: of the weights that are kept, the share that one step keeps of their history.
        validation_share: of each site's writers, held out.
        validation_images: of MNIST's training images, the last ones, held out.
        site_epochs: epochs of the networks that never see one site, which tell how good the
            recipe is at sites it does not know; 0 trains none.
        precision: "mixed_bfloat16" (fast where the processor has it), "mixed_float16", "float32".
    """

    seed: int = 1
    epochs: int = 16
    samples_per_epoch: int = 120_000
    batch_size: int = 256
    learning_rate: float = 0.003
    weight_decay: float = 0.02
    warmup_epochs: float = 1.0
    label_smoothing: float = 0.02
    averaging: float = 0.999
    validation_share: float = 0.12
    validation_images: int = 2_000
    site_epochs: int = 3
    precision: str = "mixed_bfloat16"


def build_network(precision: str = "float32") -> keras.Model:
    """Picture in, probabilities out; 280,234 parameters.

    Five convolutions, each with batch normalisation.  Pooling stands before normalisation and
    activation, which gives the same kind of network at a quarter of their cost.

    Args:
        precision: a Keras dtype policy for all but the softmax.

    Returns:
        (batch, 28, 28, 1) in [0, 1] -> (batch, 10) float32, probabilities of 0-9.
    """
    picture = keras.Input((IMAGE_SIZE, IMAGE_SIZE, 1), name="picture")
    x = _convolve(picture, 32, size=5, precision=precision, pool=True)
    x = _convolve(x, 64, precision=precision)
    x = _convolve(x, 64, precision=precision, pool=True)
    x = _convolve(x, 128, precision=precision)
    x = _convolve(x, 128, precision=precision)
    x = layers.GlobalAveragePooling2D(dtype=precision)(x)
    x = layers.Dropout(0.2, dtype=precision)(x)
    probabilities = layers.Dense(10, activation="softmax", dtype="float32", name="probabilities")(x)
    return keras.Model(picture, probabilities, name="ink")


def _convolve(x, filters: int, *, precision: str, size: int = 3, pool: bool = False):  # type: ignore[no-untyped-def]
    x = layers.Conv2D(filters, size, padding="same", use_bias=False, dtype=precision)(x)
    if pool:
        x = layers.MaxPooling2D(dtype=precision)(x)
    x = layers.BatchNormalization(momentum=0.95, dtype=precision)(x)
    return layers.ReLU(dtype=precision)(x)
