"""What is refused as no digit, what passes, and the thresholds that decide it.

Thresholds are chosen on drawings of writers that were held out, so that one real digit in a
hundred is refused.  What shall be refused is for :mod:`trainer.evaluation.not_digits`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit

from recognizer.engine import DIGITS
from recognizer.geometry import draw
from recognizer.outputs import NetworkOutputs
from recognizer.runs.calibration import Thresholds
from recognizer.runs.loaded_run import LoadedRun
from trainer.data.outliers import Outlier
from trainer.data.people import authors
from trainer.data.stroke_files import LabelledDrawing
from trainer.evaluation.not_digits import Strokes, not_digits
from trainer.evaluation.samples import held_out_writers
from trainer.evaluation.separation import Scores, Separation, separation
from trainer.evaluation.writers import odd_half

REFUSED = 0.01  # share of the real digits that is refused, at most
UNSURE = 0.01  # share of the others that is told as a guess only, at most
_FEWEST = 50  # drawings of a digit that say where its lowest scores are
_HIGHEST = 0.999  # score that a threshold is made of
SURE = 0.9  # a confidence that is never told as a guess: nine in ten are right


def thresholds_of(digits: NetworkOutputs, others: Mapping[str, NetworkOutputs]) -> dict[str, Any]:
    """The thresholds to store with a run, and both error rates there.

    Args:
        digits: on real digits that were held out; at least one.
        others: on what is not a digit, by kind.

    Returns:
        What run.json's ``refusal`` holds of drawings, or of pictures: ``digitness`` and
        ``confidence``, below which a drawing is no digit and an answer unsure; ``by_digit``, the
        first of them for each of the ten digits; ``digits_refused``
        and ``digits_unsure``, shares of the digits; ``others_accepted``, the share of each kind
        that is taken for a digit.
    """
    digitness = threshold_for(digits.digitness, REFUSED)
    by_digit = _by_digit(digits, digitness)
    thresholds = Thresholds(tuple(by_digit))
    accepted = thresholds.accept(digits)
    confidence = min(SURE, threshold_for(digits.confidences[accepted], UNSURE))
    unsure = accepted & (digits.confidences < confidence)
    return {
        "digitness": digitness,
        "by_digit": by_digit,
        "confidence": confidence,
        "digits_refused": _rounded(~accepted),
        "digits_unsure": _rounded(unsure),
        "others_accepted": {
            kind: _rounded(thresholds.accept(outputs)) for kind, outputs in others.items()
        },
    }


def _by_digit(digits: NetworkOutputs, digitness: float) -> list[float]:
    """The threshold of each digit: higher than that of all where nearly all of its own score so.

    It lies halfway, in log odds, between the threshold of all and the digit's own lowest score,
    so that those of strangers have room.  On sites that a network had not seen it lets a fifth to
    a half less of letters and symbols pass, and refuses 0.05 to 0.25 % more digits.
    """
    thresholds = [digitness] * DIGITS
    for digit in range(DIGITS):
        scores = digits.digitness[digits.digits == digit]
        if len(scores) < _FEWEST:
            continue
        lowest = min(threshold_for(scores, 0), _HIGHEST)
        if 0 < digitness < lowest:
            halfway = float(expit((logit(digitness) + logit(lowest)) / 2))
            thresholds[digit] = math.floor(halfway * 1e7) / 1e7
    return thresholds


def _rounded(counted: NDArray[np.bool_]) -> float:
    return round(float(counted.mean()), 5)


def threshold_for(scores: Scores, share: float) -> float:
    """The highest threshold, of seven digits, below which at most this share of scores lies.

    Args:
        scores: (n,) in [0, 1]; at least one.
        share: 0-1, of the scores.
    """
    at = int(share * len(scores))
    # Rounded downwards: a score must not fall below a threshold that was made from it.
    return math.floor(float(np.partition(scores, at)[at]) * 1e7) / 1e7


def refused_by_others(scores: Scores, people: Sequence[str]) -> NDArray[np.bool_]:
    """Which real digits are refused by a threshold that others' digits chose.

    The people are divided into two halves, and each half's threshold is put to the other, so
    that the share refused is one for strangers, and not the one that the threshold was made for.

    Args:
        scores: (n,) digitness of real digits.
        people: n names, of who drew them; at least two different ones.
    """
    is_odd = odd_half(people)
    limits = [threshold_for(scores[is_odd], REFUSED), threshold_for(scores[~is_odd], REFUSED)]
    refused: NDArray[np.bool_] = scores < np.where(is_odd, limits[1], limits[0])
    return refused


@dataclass(frozen=True)
class RefusedKind:
    """One kind of what is not a digit.

    Attributes:
        kind: as ``clear capitals``.
        total: drawings of it.
        accepted: of them, taken for a digit.
        told: of them, taken for a digit with a confidence that is no guess.
        separation: of the digits' digitness from theirs.
    """

    kind: str
    total: int
    accepted: int
    told: int
    separation: Separation


@dataclass(frozen=True, eq=False)
class RefusalMeasurement:
    """How a run tells digits from what is none.

    Attributes:
        digits: outputs for real digits by held-out writers.
        authors: of these, a name for each person.
        others: outputs for what is not a digit, by kind.
        thresholds: the run's, or those that would be stored with it.
        is_stored: whether they are the run's.
    """

    digits: NetworkOutputs
    authors: Sequence[str]
    others: Mapping[str, NetworkOutputs]
    thresholds: Thresholds
    is_stored: bool

    @property
    def digits_refused(self) -> int:
        """Digits that are called none."""
        return int((~self.thresholds.accept(self.digits)).sum())

    @property
    def digits_unsure(self) -> int:
        """Digits that are told as a guess."""
        return self._accepted(self.digits) - self._told(self.digits)

    @property
    def kinds(self) -> list[RefusedKind]:
        """One for each kind of what is not a digit."""
        return [
            RefusedKind(
                kind,
                len(outputs),
                self._accepted(outputs),
                self._told(outputs),
                separation(self.digits.digitness, outputs.digitness),
            )
            for kind, outputs in self.others.items()
        ]

    def _accepted(self, outputs: NetworkOutputs) -> int:
        return int(self.thresholds.accept(outputs).sum())

    def _told(self, outputs: NetworkOutputs) -> int:
        is_digit = self.thresholds.accept(outputs)
        return int((is_digit & (outputs.confidences >= self.thresholds.confidence)).sum())


def measure_refusal(
    run: LoadedRun,
    drawings: Sequence[LabelledDrawing],
    outliers: Sequence[Outlier],
    *,
    as_pictures: bool = False,
) -> RefusalMeasurement | None:
    """Ask a run about real digits and about what is none, all of it held out.

    Args:
        run: to ask; where its run.json has no ``refusal``, the thresholds are chosen here.
        drawings: of digits, all of them.
        outliers: letters and symbols, all of them; may be none.
        as_pictures: whether to ask about the drawings' pictures, as if somebody had sent these.

    Returns:
        None where no digit was held out.
    """
    digits = held_out_writers(run.details, drawings)
    if not digits:
        return None
    outputs = _ask(run, [digit.strokes for digit in digits], as_pictures)
    others = {
        kind: _ask(run, strokes, as_pictures)
        for kind, strokes in not_digits(run.details, drawings, outliers).items()
    }
    is_stored = run.details.get("refusal") is not None
    stored = run.picture_thresholds if as_pictures else run.thresholds
    chosen = None if is_stored else thresholds_of(outputs, others)
    thresholds = Thresholds.read(run.name, chosen) if chosen else stored
    return RefusalMeasurement(outputs, authors(digits), others, thresholds, is_stored)


def _ask(run: LoadedRun, drawings: Sequence[Strokes], as_pictures: bool) -> NetworkOutputs:
    if as_pictures:
        return run.ask_pictures([draw(strokes) for strokes in drawings])
    return run.ask_drawings(drawings)[1]
