"""What ``conv-100`` can be told."""

from __future__ import annotations

from dataclasses import dataclass

from trainer.training.common_settings import CommonSettings
from trainer.training.settings import Span, setting


@dataclass(frozen=True)
class Settings(CommonSettings):
    """Everything that decides what the recipe gives."""

    epochs: int = setting(
        100,
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
    filters: int = setting(
        32,
        "Filters of the first convolution; the second has twice as many.",
        low=1,
        high=512,
        search=(16, 32, 64),
    )
    kernel_size: int = setting(
        5,
        "Side of the filters of the first convolution, in pixels.",
        low=1,
        high=11,
        search=(3, 5, 7),
    )
    units: int = setting(
        128, "Units of the hidden layer.", low=1, high=4_096, search=(64, 128, 256)
    )
    learning_rate: float = setting(
        0.001,
        "Step size of the Adam optimizer: how much each step changes the weights.",
        low=1e-7,
        high=1,
        search=Span(1e-4, 1e-2, logarithmic=True),
    )
