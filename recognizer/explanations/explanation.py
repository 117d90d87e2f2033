"""How an answer came about, as the contract's JSON.

Plain data: how it comes about is for :mod:`recognizer.recognizer`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from recognizer.directions import DirectionMaps
from recognizer.explanations.explainer import Workings
from recognizer.explanations.feature_maps import FeatureMaps
from recognizer.prediction import Box, Prediction
from recognizer.runs.calibration import Thresholds
from recognizer.verdicts import refused_below

_DECIMALS = 7  # of the evidence: sums over all places are right to 1e-5


@dataclass(frozen=True, eq=False)
class Explanation:
    """What a network made of one digit of a drawing or a picture.

    Attributes:
        prediction: the answer, by the network that is explained.
        digit: which of its digits, from 0.
        workings: what the network computed.
        directions: (14, 14, 8) float32: the direction maps it read; None where it read none.
        temperature: by which logits are divided before their softmax is told.
        thresholds: by which the answer was judged.
        frame: the square of the drawing that the 28x28 picture shows, in the drawing's unit; None
            for a picture, and for a dot, which has no size.
        images: whether sprite sheets are wanted.
    """

    prediction: Prediction
    digit: int
    workings: Workings
    directions: DirectionMaps | None
    temperature: float
    thresholds: Thresholds
    frame: Box | None = None
    images: bool = True

    def to_json(self) -> dict[str, Any]:
        """The answer to ``POST /api/v1/explanations``, ready for ``json.dumps``."""
        workings, directions = self.workings, None
        explained = self.prediction.digits[self.digit]
        if self.directions is not None:
            maps = np.ascontiguousarray(self.directions.transpose(2, 0, 1))
            directions = FeatureMaps("directions", maps).to_json(self.images)
        return {
            "prediction": self.prediction.to_json(),
            "digit": self.digit,
            "evidence": workings.evidence.round(_DECIMALS).tolist(),
            "bias": workings.bias.round(_DECIMALS).tolist(),
            "logits": workings.logits.round(_DECIMALS).tolist(),
            "temperature": self.temperature,
            "digitness": explained.digitness,
            "thresholds": {
                "not_a_digit": refused_below(self.thresholds, explained.digit),
                "digitness": self.thresholds.digitness[explained.digit],
                "confidence": self.thresholds.confidence,
            },
            "directions": directions,
            "layers": [
                FeatureMaps(name, maps).to_json(self.images)
                for name, maps in workings.layers.items()
            ],
            "frame": None if self.frame is None else vars(self.frame).copy(),
        }
