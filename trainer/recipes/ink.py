"""One CNN for pictures and drawings alike, trained on MNIST and on strokes.

99.56 % on MNIST's test images, 99.33 % on drawings by held-out writers and 98.11 % on drawings from
held-out sites after the last epoch; 33 minutes on two idle cores of a Xeon with bfloat16 units, the
networks without a site included: ``python -m trainer train ink``, and ``evaluate``.  That run was
made before writers who share a drawing were one hand, so its held-out writers were others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import keras
from keras import layers

from recognizer.geometry import IMAGE_SIZE
from trainer.training.batches import Batches, Material, MixedBatches
from trainer.training.common_settings import CommonSettings
from trainer.training.settings import Span, setting

USES_DRAWINGS = True
READS_DIRECTIONS = False
LEARNS_TO_REFUSE = False


@dataclass(frozen=True)
class Settings(CommonSettings):
    """Everything that decides what the recipe gives."""

    epochs: int = setting(16, "passes over samples_per_epoch", low=1, high=1_000)
    samples_per_epoch: int = setting(
        120_000, "pictures and drawings together, half of them each", low=2, high=10_000_000
    )
    batch_size: int = setting(256, "an even number", low=2, high=8_192, search=(128, 256, 512))
    learning_rate: float = setting(
        0.003, "AdamW's highest, reached after the warm-up, then down along a cosine",
        low=1e-7, high=1, search=Span(5e-4, 1e-2, logarithmic=True),
    )  # fmt: skip
    weight_decay: float = setting(
        0.02, "of the kernels", high=10, search=Span(1e-3, 0.2, logarithmic=True)
    )
    warmup_epochs: float = setting(1.0, "until the learning rate is at its highest", high=100)
    label_smoothing: float = setting(
        0.02, "share of the target spread over all digits, since some labels are wrong", high=0.5
    )
    dropout: float = setting(
        0.2, "share of features left out before the last layer", high=0.9, search=Span(0, 0.5)
    )
    averaging: float = setting(
        0.999, "of the weights that are kept, the share that one step keeps of their history",
        high=0.99999,
    )  # fmt: skip
    validation_images: int = setting(
        2_000, "held out of MNIST's training images, the last ones", low=10, high=30_000
    )
    site_epochs: int = setting(
        3, "of the networks that never see one site, which tell how good the recipe is at sites "
        "it does not know; 0: none", high=1_000,
    )  # fmt: skip


def build_network(settings: Settings) -> keras.Model:
    """Picture in, probabilities out; 280,234 parameters.

    Five convolutions, each with batch normalisation.  Pooling stands before normalisation and
    activation, which gives the same kind of network at a quarter of their cost.
    """
    picture = keras.Input((IMAGE_SIZE, IMAGE_SIZE, 1), name="picture")
    x = _convolve(picture, 32, size=5, pool=True)
    x = _convolve(x, 64)
    x = _convolve(x, 64, pool=True)
    x = _convolve(x, 128)
    x = _convolve(x, 128)
    x = layers.GlobalAveragePooling2D()(x)
    x = layers.Dropout(settings.dropout)(x)
    probabilities = layers.Dense(10, activation="softmax", dtype="float32", name="probabilities")(x)
    return keras.Model(picture, probabilities, name="ink")


def _convolve(x: Any, filters: int, *, size: int = 3, pool: bool = False) -> Any:
    x = layers.Conv2D(filters, size, padding="same", use_bias=False)(x)
    if pool:
        x = layers.MaxPooling2D()(x)
    x = layers.BatchNormalization(momentum=0.95)(x)
    return layers.ReLU()(x)


def make_batches(settings: Settings, material: Material, epoch: int) -> Batches:
    """Half pictures, half strokes, all changed at random, new ones each epoch."""
    steps = max(1, settings.samples_per_epoch // settings.batch_size)
    return MixedBatches(material, settings.batch_size, settings.seed, epoch, steps=steps)


def compile_network(
    network: keras.Model, settings: Settings, epochs: int, steps_per_epoch: int
) -> None:
    """AdamW with a warm-up and a cosine, on labels that are smoothed a little."""
    steps = epochs * steps_per_epoch
    warmup = min(round(settings.warmup_epochs * steps_per_epoch), steps // 2)
    schedule = keras.optimizers.schedules.CosineDecay(
        0.0 if warmup else settings.learning_rate,
        steps - warmup,
        warmup_target=settings.learning_rate if warmup else None,
        warmup_steps=warmup,
    )
    optimizer = keras.optimizers.AdamW(schedule, weight_decay=settings.weight_decay)
    optimizer.exclude_from_weight_decay(var_names=["gamma", "beta", "bias"])
    network.compile(optimizer, SmoothedCrossEntropy(settings.label_smoothing), metrics=["accuracy"])


def make_callbacks(settings: Settings) -> list[keras.callbacks.Callback]:
    """None: the cosine ends where the epochs do."""
    return []


class SmoothedCrossEntropy(keras.losses.Loss):  # type: ignore[misc]
    """Cross-entropy of integer labels against targets with a little of every class in them."""

    def __init__(self, smoothing: float) -> None:
        super().__init__(name="cross_entropy")
        self._smoothing = smoothing

    def call(self, labels: Any, probabilities: Any) -> Any:
        """Loss of each sample, (batch,) float32, for (batch,) labels and (batch, classes)."""
        labels = keras.ops.cast(keras.ops.reshape(labels, (-1,)), "int32")
        targets = keras.ops.one_hot(labels, probabilities.shape[-1])
        return keras.losses.categorical_crossentropy(
            targets, probabilities, label_smoothing=self._smoothing
        )
