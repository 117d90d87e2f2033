"""The numbers that a set of answers comes to, each a function of the answers alone.

Which answers are measured is for :mod:`trainer.evaluation.figures`; intervals
stand in :mod:`trainer.evaluation.intervals`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recognizer.engine import DIGITS
from trainer.evaluation.answers import Answers

BINS = 15  # of the reliability diagram and of the expected calibration error, equally wide
_SMALLEST = 1e-7  # probability; one impossible answer must not make the loss infinite


def cross_entropy(answers: Answers) -> float:
    """Mean of -ln(probability of the label), 0 or more; probabilities below 1e-7 count as 1e-7."""
    return -float(np.log(np.maximum(answers.label_probabilities, _SMALLEST), dtype=float).mean())


def top_2_accuracy(answers: Answers) -> float:
    """Share of the samples whose label is one of the two likeliest digits, 0-1."""
    likeliest = np.argsort(answers.probabilities, axis=1)[:, -2:]
    return float((likeliest == answers.labels[:, np.newaxis]).any(axis=1).mean())


def confusion_matrix(answers: Answers) -> list[list[int]]:
    """Ten rows of ten counts: row is the label, column the answer."""
    counts: list[list[int]] = _counts(answers).tolist()
    return counts


def _counts(answers: Answers) -> NDArray[np.int64]:
    counts = np.zeros((DIGITS, DIGITS), np.int64)
    np.add.at(counts, (answers.labels, answers.digits), 1)
    return counts


# scikit-learn's classification_report says the same, but loading it takes 1.4 s of each training.
def per_class(answers: Answers) -> dict[str, dict[str, float]]:
    """Precision, recall and F1 (0-1) and support (samples) of each digit, and their plain mean.

    A digit that was never answered has precision 0, one that never occurred recall 0.
    """
    counts = _counts(answers)
    right, answered, support = counts.diagonal(), counts.sum(axis=0), counts.sum(axis=1)
    shares = {
        "precision": right / np.maximum(answered, 1),
        "recall": right / np.maximum(support, 1),
        "f1": 2 * right / np.maximum(answered + support, 1),
    }
    rows: dict[str, dict[str, float]] = {
        str(digit): {
            **{name: round(float(values[digit]), 5) for name, values in shares.items()},
            "support": int(support[digit]),
        }
        for digit in range(DIGITS)
    }
    means = {name: round(float(values.mean()), 5) for name, values in shares.items()}
    return {**rows, "macro": {**means, "support": int(support.sum())}}


@dataclass(frozen=True)
class Bin:
    """The answers whose confidence lies in one stretch.

    Attributes:
        low, high: of the stretch, 0-1; ``low`` is outside of it and ``high`` inside.
        count: answers in it.
        confidence: their mean confidence, 0-1; 0 where there are none.
        accuracy: the share of them that is right, 0-1; 0 where there are none.
    """

    low: float
    high: float
    count: int
    confidence: float
    accuracy: float


def reliability(answers: Answers) -> list[Bin]:
    """The answers in :data:`BINS` equally wide bins by the confidence of the likeliest digit."""
    edges = np.linspace(0, 1, BINS + 1)
    places = np.clip(np.digitize(answers.confidences, edges, right=True) - 1, 0, BINS - 1)
    return [_bin(answers, places == at, edges[at], edges[at + 1]) for at in range(BINS)]


def _bin(answers: Answers, members: Any, low: float, high: float) -> Bin:
    count = int(members.sum())
    if count == 0:
        return Bin(float(low), float(high), 0, 0.0, 0.0)
    confidence = float(answers.confidences[members].mean(dtype=float))
    return Bin(float(low), float(high), count, confidence, float(answers.right[members].mean()))


def expected_calibration_error(answers: Answers) -> float:
    """How far confidence and accuracy lie apart, 0-1, on average over the answers.

    Of the likeliest digit, in :data:`BINS` equally wide bins (Naeini, Cooper, Hauskrecht:
    Obtaining well calibrated probabilities using Bayesian binning, AAAI 2015; Guo et al. 2017).
    """
    gaps = sum(
        group.count * abs(group.confidence - group.accuracy) for group in reliability(answers)
    )
    return gaps / len(answers.labels)
