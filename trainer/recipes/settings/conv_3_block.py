"""What ``conv-3-block`` can be told."""

from __future__ import annotations

from dataclasses import dataclass

from trainer.training.common_settings import CommonSettings
from trainer.training.settings import Span, setting


@dataclass(frozen=True)
class Settings(CommonSettings):
    """Everything that decides what the recipe gives."""

    epochs: int = setting(
        30,
        "Number of epochs at most; the training ends earlier when nothing improves.",
        low=1,
        high=1_000,
    )
    batch_size: int = setting(
        128,
        "Images in a batch: the weights change once after each batch.",
        low=1,
        high=8_192,
        search=(64, 128, 256),
    )
    filters: int = setting(
        32,
        "Filters of the first block; each further block has twice as many.",
        low=1,
        high=256,
        search=(16, 32, 48),
    )
    dropout: float = setting(
        0.15,
        "Dropout: part of the values left out at random behind each block; twice as much "
        "behind the hidden layer.",
        low=0,
        high=0.45,
        search=Span(0, 0.4),
    )
    learning_rate: float = setting(
        0.002,
        "Adam's starting step size; it is divided by 4 when nothing improves.",
        low=1e-7,
        high=1,
        search=Span(3e-4, 1e-2, logarithmic=True),
    )
    patience: int = setting(
        3,
        "Epochs without a lower validation loss before the step size is divided by 4.",
        low=1,
        high=100,
    )
    stop_patience: int = setting(
        8, "Epochs without a lower validation loss before the training ends.", low=1, high=1_000
    )
