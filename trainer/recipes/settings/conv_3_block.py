"""What ``conv-3-block`` can be told."""

from __future__ import annotations

from dataclasses import dataclass

from trainer.training.common_settings import CommonSettings
from trainer.training.settings import Span, setting


@dataclass(frozen=True)
class Settings(CommonSettings):
    """Everything that decides what the recipe gives."""

    epochs: int = setting(30, "at most; ends earlier when nothing improves", low=1, high=1_000)
    batch_size: int = setting(
        128, "images a step", low=1, high=8_192, search=(64, 128, 256)
    )  # fmt: skip
    filters: int = setting(
        32, "of the first block; each block has twice as many", low=1, high=256, search=(16, 32, 48)
    )
    dropout: float = setting(
        0.15,
        "share left out behind each block; twice as much behind the hidden layer",
        low=0,
        high=0.45,
        search=Span(0, 0.4),
    )
    learning_rate: float = setting(
        0.002, "Adam's at the start", low=1e-7, high=1,
        search=Span(3e-4, 1e-2, logarithmic=True),
    )  # fmt: skip
    patience: int = setting(
        3, "epochs without a lower held-out loss before the rate is cut by 4", low=1, high=100
    )
    stop_patience: int = setting(
        8, "epochs without a lower held-out loss before the training ends", low=1, high=1_000
    )
