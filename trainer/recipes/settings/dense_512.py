"""What ``dense-512`` can be told."""

from __future__ import annotations

from dataclasses import dataclass

from trainer.training.common_settings import CommonSettings
from trainer.training.settings import Span, setting


@dataclass(frozen=True)
class Settings(CommonSettings):
    """Everything that decides what the recipe gives."""

    precision: str = setting(
        "float32",
        "Number format for the calculations. auto: the fastest this processor or GPU supports.",
        choices=("auto", "float32", "mixed_bfloat16"),
    )
    validation_images: int = setting(
        2_000,
        "How many training images (the last ones) are kept aside to check each epoch.",
        low=10,
        high=30_000,
    )
    epochs: int = setting(
        5,
        "Number of epochs: in each, the network sees every training image once.",
        low=1,
        high=1_000,
    )
    batch_size: int = setting(
        128,
        "Images in a batch: the weights change once after each batch.",
        low=1,
        high=8_192,
        search=(32, 64, 128, 256),
    )
    units: int = setting(
        512, "Units of the hidden layer.", low=1, high=8_192, search=Span(64, 1_024, 64)
    )
    learning_rate: float = setting(
        0.001,
        "Step size of the RMSprop optimizer: how much each step changes the weights.",
        low=1e-7,
        high=1,
        search=Span(1e-4, 1e-2, logarithmic=True),
    )
