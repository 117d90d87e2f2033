"""Gates about what a run recognises: no digit badly, and none worse than the served run does.

Both runs are asked the same samples, in the way they are served.  The limits are
explained in docs/releasing.md.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from trainer.evaluation.answers import Answers
from trainer.release.gate import Gate, not_measurable

SETS = {
    "mnist": ("mnist_test", "MNIST's test images", 0.97),
    "drawings": ("held_out_writers", "drawings by held-out writers", 0.90),
}
"""By the beginning of a gate's name: the samples' key, the samples in words, the lowest recall."""

SIGNIFICANT = 0.05  # a p-value below it is not taken for chance
_DIGITS = 10


def quality_gates(
    answers: dict[str, Answers] | None, current: dict[str, Answers] | None, why_not: str
) -> list[Gate]:
    """The floor and the comparison, on MNIST and on drawings.

    Args:
        answers: the run's, by the samples' key; None where there is no data.
        current: the served run's answers to the same samples; None where there is no such run.
        why_not: why there are no answers, or why there is no run to compare with.
    """
    gates = []
    for name, (key, words, floor) in SETS.items():
        given = (answers or {}).get(key)
        if given is None or not len(given.labels):
            missing = why_not if answers is None else f"there are no {words}"
            gates.append(not_measurable(f"{name}_floor", "share", floor, missing))
            gates.append(not_measurable(f"{name}_no_worse", "p", SIGNIFICANT, missing))
            continue
        gates.append(_floor(f"{name}_floor", given, words, floor))
        before = (current or {}).get(key)
        served = None if before is None else before.right
        gates.append(no_worse(f"{name}_no_worse", given.right, served, words, why_not))
    return gates


def _floor(name: str, answers: Answers, words: str, floor: float) -> Gate:
    """Whether each digit is recalled in at least this share of its samples."""
    totals = np.bincount(answers.labels, minlength=_DIGITS)
    if not totals.all():
        missing = ", ".join(map(str, np.flatnonzero(totals == 0)))
        return not_measurable(name, "share", floor, f"no {missing} among the {words}")
    recalls = np.bincount(answers.labels[answers.right], minlength=_DIGITS) / totals
    worst = int(recalls.argmin())
    recall = float(recalls[worst])
    sentence = f"{words}: the {worst} is read worst, {recall:.2%} of {totals[worst]:,}"
    return Gate(name, recall, floor, recall >= floor, sentence, "share")


def no_worse(
    name: str,
    right: NDArray[np.bool_],
    served: NDArray[np.bool_] | None,
    words: str,
    why_not: str,
) -> Gate:
    """Whether chance explains that the run gets fewer right than the served one.

    Args:
        name: of the gate.
        right: (n,), which of the samples the run gets right.
        served: (n,), which of them the served run does; None where there is no such run.
        words: what the samples are.
        why_not: why there is no run to compare with.
    """
    if served is None:
        return Gate(name, None, SIGNIFICANT, True, why_not, "p")
    from trainer.evaluation.significance import mcnemar  # SciPy, which a server has not

    now, before = int(right.sum()), int(served.sum())
    # The p-value of being worse; a run that is better has nothing to explain.
    p = mcnemar(right, served) if now < before else 1.0
    sentence = f"{words}: {now:,} of {len(right):,} right, the served run {before:,}"
    return Gate(name, p, SIGNIFICANT, p >= SIGNIFICANT, sentence, "p")
