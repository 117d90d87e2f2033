"""The pictures of what a run refuses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from trainer.evaluation.not_digits import LOOK_ALIKES
from trainer.evaluation.refusal import RefusalMeasurement
from trainer.evaluation.wording import percent
from trainer.report.pictures.picture import Picture
from trainer.report.plots.scores import plot_scores


def refusal_pictures(refusal: Mapping[str, RefusalMeasurement]) -> Iterator[Picture]:
    """The scores of digits and of everything else, for drawings and for pictures.

    Args:
        refusal: what was measured, by what was asked about: ``drawings``, ``pictures``.
    """
    for asked, measured in refusal.items():
        yield _scores(asked, measured)


def _scores(asked: str, measured: RefusalMeasurement) -> Picture:
    digits = measured.digits.digitness
    others = np.concatenate(
        [one.digitness for kind, one in measured.others.items() if kind != LOOK_ALIKES]
    )
    threshold = min(measured.thresholds.digitness)
    return Picture(
        f"digitness-{asked}", f"Digits and what is none: {asked}",
        "How sure the network is that it sees one whole digit. What lies left of the dotted line "
        f"is refused. Without the {LOOK_ALIKES}, which nobody can tell from digits.",
        f"{percent(float((digits < threshold).mean()))} of {len(digits):,} digits and "
        f"{percent(float((others < threshold).mean()))} of {len(others):,} others are refused.",
        lambda theme: plot_scores(
            theme, [("digits", digits), ("no digits", others)], threshold, "digitness"
        ),
    )  # fmt: skip
