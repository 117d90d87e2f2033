"""What ``resnet`` can be told."""

from __future__ import annotations

from dataclasses import dataclass

from trainer.training.common_settings import CommonSettings
from trainer.training.settings import Span, setting


@dataclass(frozen=True)
class Settings(CommonSettings):
    """Everything that decides what the recipe gives."""

    epochs: int = setting(14, "passes over the training images", low=1, high=1_000)
    batch_size: int = setting(
        256, "images a step", low=1, high=8_192, search=(128, 256, 512)
    )  # fmt: skip
    depth: int = setting(
        1, "residual blocks of each width", low=1, high=9, search=Span(1, 3, 1)
    )  # fmt: skip
    filters: int = setting(
        32, "of the first block; the width doubles where the picture is halved", low=1, high=256,
        search=(16, 24, 32),
    )  # fmt: skip
    dropout: float = setting(
        0.2, "share of features left out before the last layer", high=0.9, search=Span(0, 0.5)
    )
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
    averaging: float = setting(
        0.998, "of the weights that are kept, the share that one step keeps of their history",
        high=0.99999,
    )  # fmt: skip
    validation_images: int = setting(
        2_000, "held out of MNIST's training images, the last ones", low=10, high=30_000
    )
