"""The recipe ``ink``.

99.56 % on MNIST's test images, 99.33 % on drawings by held-out writers and 98.11 % on drawings from
held-out sites after the last epoch; 33 minutes on two idle cores of a Xeon with bfloat16 units, the
networks without a site included: ``python -m trainer train ink``, and ``evaluate``.  That run was
made before writers who share a drawing were one writer, so its held-out writers were others.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from recognizer.geometry import IMAGE_SIZE
from trainer.settings.common import CommonSettings
from trainer.settings.definition import N_, Span, setting

if TYPE_CHECKING:
    import keras

    from trainer.batches.base import Batches, Material

SUMMARY = N_("One CNN for pictures and drawings alike, trained on MNIST and on strokes.")
USES_DRAWINGS = True
READS_DIRECTIONS = False
LEARNS_TO_REFUSE = False
MILLISECONDS_A_SAMPLE = 0.55


@dataclass(frozen=True)
class Settings(CommonSettings):
    """Everything that decides what the recipe gives."""

    epochs: int = setting(
        16, N_("Number of epochs; samples_per_epoch says how long one is."), low=1, high=1_000
    )
    samples_per_epoch: int = setting(
        120_000,
        N_("Samples in an epoch: half of them pictures, half of them drawings."),
        low=2,
        high=10_000_000,
    )
    batch_size: int = setting(
        256,
        N_("Samples in a batch, an even number: the weights change once after each batch."),
        low=2,
        high=8_192,
        search=(128, 256, 512),
    )
    learning_rate: float = setting(
        0.003,
        N_("AdamW's largest step size, reached after the warm-up; then it falls smoothly to 0."),
        low=1e-7,
        high=1,
        search=Span(5e-4, 1e-2, logarithmic=True),
    )
    weight_decay: float = setting(
        0.02,
        N_("How strongly large weights are pulled towards 0, against overfitting."),
        high=10,
        search=Span(1e-3, 0.2, logarithmic=True),
    )
    warmup_epochs: float = setting(
        1.0, N_("Epochs in which the learning rate rises to its largest value."), high=100
    )
    label_smoothing: float = setting(
        0.02,
        N_("Part of each label spread over all ten digits, so that a wrong label does less harm."),
        high=0.5,
    )
    dropout: float = setting(
        0.2,
        N_(
            "Dropout: part of the features left out at random before the last layer, against "
            "overfitting."
        ),
        high=0.9,
        search=Span(0, 0.5),
    )
    averaging: float = setting(
        0.999,
        N_(
            "The stored weights are a running average; this is the part of it that each step "
            "keeps. 0: no averaging."
        ),
        high=0.99999,
    )
    validation_images: int = setting(
        2_000,
        N_("How many MNIST training images (the last ones) are kept aside to check each epoch."),
        low=10,
        high=30_000,
    )
    site_epochs: int = setting(
        3,
        N_(
            "Epochs of extra networks, each trained without one place of collection, to see "
            "how well unknown ones are read. 0: none."
        ),
        high=1_000,
    )


def build_network(settings: Settings) -> keras.Model:
    """Picture in, probabilities out; 280,234 parameters.

    Five convolutions, each with batch normalisation.  Pooling stands before normalisation and
    activation, which gives the same kind of network at a quarter of their cost.
    """
    import keras
    from keras import layers

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
    from keras import layers

    x = layers.Conv2D(filters, size, padding="same", use_bias=False)(x)
    if pool:
        x = layers.MaxPooling2D()(x)
    x = layers.BatchNormalization(momentum=0.95)(x)
    return layers.ReLU()(x)


def make_batches(settings: Settings, material: Material, epoch: int) -> Batches:
    """Half pictures, half strokes, all changed at random, new ones each epoch."""
    from trainer.batches.pictures import MixedBatches

    steps = max(1, settings.samples_per_epoch // settings.batch_size)
    return MixedBatches(material, settings.batch_size, settings.seed, epoch, steps=steps)


def compile_network(
    network: keras.Model, settings: Settings, epochs: int, steps_per_epoch: int
) -> None:
    """AdamW with a warm-up and a cosine, on labels that are smoothed a little."""
    import keras

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
    network.compile(
        optimizer, _smoothed_cross_entropy(settings.label_smoothing), metrics=["accuracy"]
    )


def _smoothed_cross_entropy(smoothing: float) -> Callable[[Any, Any], Any]:
    """Cross-entropy of integer labels against targets with a little of every class in them."""
    import keras

    def cross_entropy(labels: Any, probabilities: Any) -> Any:
        """Loss of each sample, (batch,) float32, for (batch,) labels and (batch, classes)."""
        labels = keras.ops.cast(keras.ops.reshape(labels, (-1,)), "int32")
        targets = keras.ops.one_hot(labels, probabilities.shape[-1])
        return keras.losses.categorical_crossentropy(
            targets, probabilities, label_smoothing=smoothing
        )

    return cross_entropy


def make_callbacks(settings: Settings) -> list[keras.callbacks.Callback]:
    """None: the cosine ends where the epochs do."""
    return []
