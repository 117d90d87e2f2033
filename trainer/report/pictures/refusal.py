"""The pictures of what a run refuses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from trainer.evaluation.not_digits import LOOK_ALIKES
from trainer.evaluation.refusal import RefusalMeasurement
from trainer.report.language import gettext as _
from trainer.report.language import number
from trainer.report.pictures.picture import Picture
from trainer.report.plots.scores import plot_scores
from trainer.report.wording import percent


def refusal_pictures(refusal: Mapping[str, RefusalMeasurement]) -> Iterator[Picture]:
    """The scores of digits and of everything else, for drawings and for pictures.

    Args:
        refusal: what was measured, by what was asked about: ``drawings``, ``pictures``.
    """
    for asked, measured in refusal.items():
        yield _scores(asked, measured)


def _scores(asked: str, measured: RefusalMeasurement) -> Picture:
    digits, thresholds = measured.digits.digitness, measured.thresholds
    none = [one for kind, one in measured.others.items() if kind != LOOK_ALIKES]
    others = np.concatenate([one.digitness for one in none])
    refused = np.concatenate([~thresholds.accept(one) for one in none])
    return Picture(
        f"digitness-{asked}", _("Digits and what is none: %(asked)s", asked=_(asked)),
        _("How sure the network is that it sees one whole digit. What lies left of the dotted line "
          "is refused. Without the look-alikes, which nobody can tell from digits."),
        _("%(share)s of %(digits)s digits and %(other_share)s of %(others)s others are refused.",
          share=percent(measured.digits_refused / len(digits)), digits=number(len(digits)),
          other_share=percent(float(refused.mean())), others=number(len(others))),
        lambda theme: plot_scores(
            theme, [(_("digits"), digits), (_("no digits"), others)],
            min(thresholds.digitness), _("digitness"),
        ),
    )  # fmt: skip
