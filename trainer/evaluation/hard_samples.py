"""The samples to look at first: those hardest for a network, and those it is wrong about and sure.

Both are places in a set of answers; what they look like is for the report.
"""

from __future__ import annotations

import numpy as np

from trainer.evaluation.answers import Answers


def hardest(answers: Answers, number: int) -> list[int]:
    """The samples whose label seemed least likely, the least likely first.

    Args:
        answers: of a set.
        number: how many at most.
    """
    order = np.argsort(answers.label_probabilities, kind="stable")
    places: list[int] = order[:number].tolist()
    return places


def confidently_wrong(answers: Answers, number: int | None = None) -> list[int]:
    """The samples answered wrong, the surest answer first.

    Args:
        answers: of a set.
        number: how many at most; all, where nothing is given.
    """
    wrong = np.flatnonzero(~answers.right)
    order = np.argsort(-answers.confidences[wrong], kind="stable")
    places: list[int] = wrong[order][:number].tolist()
    return places
