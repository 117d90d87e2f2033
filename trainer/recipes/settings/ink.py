"""What ``ink`` can be told."""

from __future__ import annotations

from dataclasses import dataclass

from trainer.training.common_settings import CommonSettings
from trainer.training.settings import Span, setting


@dataclass(frozen=True)
class Settings(CommonSettings):
    """Everything that decides what the recipe gives."""

    epochs: int = setting(16, "passes over samples_per_epoch", low=1, high=1_000)
    samples_per_epoch: int = setting(
        120_000, "pictures and drawings together, half of them each", low=2, high=10_000_000
    )
    batch_size: int = setting(256, "an even number", low=2, high=8_192, search=(128, 256, 512))
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
    dropout: float = setting(
        0.2, "share of features left out before the last layer", high=0.9, search=Span(0, 0.5)
    )
    averaging: float = setting(
        0.999, "of the weights that are kept, the share that one step keeps of their history",
        high=0.99999,
    )  # fmt: skip
    validation_images: int = setting(
        2_000, "held out of MNIST's training images, the last ones", low=10, high=30_000
    )
    site_epochs: int = setting(
        3, "of the networks that never see one site, which tell how good the recipe is at sites "
        "it does not know; 0: none", high=1_000,
    )  # fmt: skip
