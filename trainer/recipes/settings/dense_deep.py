"""What ``dense-deep`` can be told."""

from __future__ import annotations

from dataclasses import dataclass

from trainer.training.common_settings import CommonSettings
from trainer.training.settings import Span, setting


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
