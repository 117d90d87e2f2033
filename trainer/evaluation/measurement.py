"""A set of samples with a run's answers to them, and all the numbers that this comes to."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trainer.evaluation import measures
from trainer.evaluation.answers import Answers
from trainer.evaluation.hard_samples import confidently_wrong, hardest
from trainer.evaluation.intervals import wilson_interval
from trainer.evaluation.robustness import Robustness
from trainer.evaluation.samples import Samples
from trainer.evaluation.writers import WriterSpread, writer_spread

_NAMED = 10  # hard samples and writers that are named


@dataclass(frozen=True, eq=False)
class Measurement:
    """A run's answers to one set of samples.

    Attributes:
        samples: what was asked.
        answers: to them, in their order.
        robustness: the accuracy after each change; empty for the parts of a set, of which only
            the plain figures are told.
    """

    samples: Samples
    answers: Answers
    robustness: Sequence[Robustness] = ()

    @property
    def key(self) -> str:
        """What run.json calls the set."""
        return self.samples.key

    @property
    def right(self) -> int:
        """Samples answered right."""
        return int(self.answers.right.sum())

    @property
    def total(self) -> int:
        """Samples, at least one."""
        return len(self.samples)

    @property
    def accuracy(self) -> float:
        """Share of the samples answered right, 0-1."""
        return self.right / self.total

    @property
    def interval(self) -> tuple[float, float]:
        """95 % interval of the accuracy, the samples taken as independent."""
        return wilson_interval(self.right, self.total)

    @property
    def writers(self) -> WriterSpread | None:
        """The accuracy by writer; None where the samples are images."""
        if not self.samples.drawings:
            return None
        return writer_spread(self.samples.drawings, self.answers.right)

    def take(self, key: str, places: NDArray[np.int64]) -> Measurement:
        """The same of some of the samples, without changing them again."""
        answers = Answers(key, self.answers.probabilities[places], self.answers.labels[places])
        return Measurement(self.samples.take(key, places), answers)

    def as_json(self) -> dict[str, Any]:
        """As run.json holds it; the keys are explained in docs/evaluation.md."""
        low, high = (round(bound, 5) for bound in self.interval)
        plain = {
            "accuracy": round(self.accuracy, 5),
            "interval": [low, high],
            "right": self.right,
            "total": self.total,
            "loss": round(measures.cross_entropy(self.answers), 5),
            "top_2_accuracy": round(measures.top_2_accuracy(self.answers), 5),
            "expected_calibration_error": round(
                measures.expected_calibration_error(self.answers), 5
            ),
        }
        return {**plain, **self._details()} if self.robustness else plain

    def _details(self) -> dict[str, Any]:
        details: dict[str, Any] = {
            "confusion_matrix": measures.confusion_matrix(self.answers),
            "per_class": measures.per_class(self.answers),
            "reliability": [_rounded(group) for group in measures.reliability(self.answers)],
            "robustness": [change.as_json() for change in self.robustness],
            "hardest": self._named(hardest(self.answers, _NAMED)),
            "confidently_wrong": self._named(confidently_wrong(self.answers, _NAMED)),
        }
        if spread := self.writers:
            details["writers"] = _spread_as_json(spread)
        return details

    def _named(self, places: list[int]) -> list[dict[str, Any]]:
        return [self._name(place) for place in places]

    def _name(self, place: int) -> dict[str, Any]:
        return {
            "row": int(self.samples.rows[place]),
            "label": int(self.answers.labels[place]),
            "answer": int(self.answers.digits[place]),
            "confidence": round(float(self.answers.confidences[place]), 4),
            "label_probability": round(float(self.answers.label_probabilities[place]), 4),
        }


def _rounded(group: measures.Bin) -> dict[str, float]:
    return {name: round(value, 5) for name, value in dataclasses.asdict(group).items()}


def _spread_as_json(spread: WriterSpread) -> dict[str, Any]:
    shares = {"min": 0.0, "first_quartile": 0.25, "median": 0.5, "third_quartile": 0.75, "max": 1.0}
    return {
        "number": len(spread.writers),
        **{name: round(spread.quantile(share), 5) for name, share in shares.items()},
        "worst": [
            {**dataclasses.asdict(writer), "accuracy": round(writer.accuracy, 5)}
            for writer in spread.writers[:_NAMED]
        ],
    }
