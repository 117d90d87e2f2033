"""What ``dense-512`` can be told."""

from __future__ import annotations

from dataclasses import dataclass

from trainer.training.common_settings import CommonSettings
from trainer.training.settings import Span, setting


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
