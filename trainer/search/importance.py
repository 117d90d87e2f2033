"""How much each setting of a search matters, as far as its complete trials can tell."""

from __future__ import annotations

import math

from optuna import Study
from optuna.importance import get_param_importances
from optuna.trial import TrialState


def importances(study: Study) -> dict[str, float]:
    """Share of each setting in what sets the better half of the complete trials apart, falling.

    By PED-ANOVA, Optuna's default (Watanabe, Bansal, Hutter, IJCAI 2023).  Empty where there are
    fewer than two complete trials, or all have the same accuracy.
    """
    trials = study.get_trials(deepcopy=False, states=(TrialState.COMPLETE,))
    if len({trial.value for trial in trials}) < 2:
        return {}
    found = get_param_importances(study)
    return {name: share for name, share in found.items() if math.isfinite(share)}
