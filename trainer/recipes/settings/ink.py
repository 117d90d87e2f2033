"""What ``ink`` can be told."""

from __future__ import annotations

from dataclasses import dataclass

from trainer.training.common_settings import CommonSettings
from trainer.training.settings import Span, setting


@dataclass(frozen=True)
class Settings(CommonSettings):
    """Everything that decides what the recipe gives."""

    epochs: int = setting(
        16, "Number of epochs; samples_per_epoch says how long one is.", low=1, high=1_000
    )
    samples_per_epoch: int = setting(
        120_000,
        "Samples in an epoch: half of them pictures, half of them drawings.",
        low=2,
        high=10_000_000,
    )
    batch_size: int = setting(
        256,
        "Samples in a batch, an even number: the weights change once after each batch.",
        low=2,
        high=8_192,
        search=(128, 256, 512),
    )
    learning_rate: float = setting(
        0.003,
        "AdamW's largest step size, reached after the warm-up; then it falls smoothly to 0.",
        low=1e-7,
        high=1,
        search=Span(5e-4, 1e-2, logarithmic=True),
    )
    weight_decay: float = setting(
        0.02,
        "How strongly large weights are pulled towards 0, against overfitting.",
        high=10,
        search=Span(1e-3, 0.2, logarithmic=True),
    )
    warmup_epochs: float = setting(
        1.0, "Epochs in which the learning rate rises to its largest value.", high=100
    )
    label_smoothing: float = setting(
        0.02,
        "Part of each label spread over all ten digits, so that a wrong label does less harm.",
        high=0.5,
    )
    dropout: float = setting(
        0.2,
        "Dropout: part of the features left out at random before the last layer, against "
        "overfitting.",
        high=0.9,
        search=Span(0, 0.5),
    )
    averaging: float = setting(
        0.999,
        "The stored weights are a running average; this is the part of it that each step "
        "keeps. 0: no averaging.",
        high=0.99999,
    )
    validation_images: int = setting(
        2_000,
        "How many MNIST training images (the last ones) are kept aside to check each epoch.",
        low=10,
        high=30_000,
    )
    site_epochs: int = setting(
        3,
        "Epochs of extra networks, each trained without one place of collection, to see "
        "how well unknown ones are read. 0: none.",
        high=1_000,
    )
