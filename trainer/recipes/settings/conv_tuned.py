"""What ``conv-tuned`` can be told."""

from __future__ import annotations

from dataclasses import dataclass

from trainer.training.common_settings import CommonSettings
from trainer.training.settings import Span, setting


@dataclass(frozen=True)
class Settings(CommonSettings):
    """Everything that decides what the recipe gives."""

    epochs: int = setting(12, "passes over the training images", low=1, high=1_000)
    batch_size: int = setting(
        128, "images a step", low=1, high=8_192, search=(64, 128, 256)
    )  # fmt: skip
    depth: int = setting(
        3, "blocks of a convolution and a pooling", low=1, high=4, search=Span(1, 3, 1)
    )
    filters: int = setting(
        24, "of the first block; each block has twice as many", low=1, high=256,
        search=(16, 24, 32, 48),
    )  # fmt: skip
    kernel_size: int = setting(7, "side of a filter, pixels", low=1, high=11, search=(3, 5, 7))
    units: int = setting(
        256, "of the hidden layer", low=1, high=4_096, search=(64, 128, 256)
    )  # fmt: skip
    dropout: float = setting(
        0.26, "share left out before and behind the hidden layer", low=0, high=0.9,
        search=Span(0, 0.6),
    )  # fmt: skip
    learning_rate: float = setting(
        0.0036, "Adam's at the start; goes down along a cosine", low=1e-7, high=1,
        search=Span(2e-4, 1e-2, logarithmic=True),
    )  # fmt: skip
