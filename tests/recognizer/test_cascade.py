"""What the quick network is not sure of is asked of the exact one, and nothing else is."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pytest
from numpy.typing import NDArray

from recognizer.cascade import Cascade
from recognizer.directions import SHAPE
from recognizer.engine import INPUT_SHAPE

Floats = NDArray[np.float32]


@dataclass
class Answering:
    """Answers each picture with the probability and the digitness that its first pixels hold."""

    digit: int
    asked: list[int] = field(default_factory=list)
    reads_directions: bool = True
    tells_digitness: bool = True

    def ask(self, pictures: Floats, directions: Floats | None) -> tuple[Floats, Floats | None]:
        assert directions is None or len(directions) == len(pictures)
        self.asked.append(len(pictures))
        sure, digitness = pictures[:, 0, 0, 0], pictures[:, 0, 1, 0]
        probabilities = np.repeat((1 - sure[:, np.newaxis]) / 9, 10, axis=1)
        probabilities[:, self.digit] = sure
        return probabilities, digitness.copy() if self.tells_digitness else None


def pictures(*scores: tuple[float, float]) -> tuple[Floats, Floats]:
    """Pictures that are answered with these probabilities and digitnesses."""
    inputs = np.zeros((len(scores), *INPUT_SHAPE), np.float32)
    for row, (sure, digitness) in enumerate(scores):
        inputs[row, 0, :2, 0] = sure, digitness
    return inputs, np.zeros((len(scores), *SHAPE), np.float32)


@pytest.mark.parametrize(
    ("sure", "digitness", "answered_by"),
    [
        (0.99, 0.99, "quick"),  # plainly a digit
        (0.5, 0.01, "quick"),  # plainly none, whichever it would be
        (0.99, 0.01, "quick"),
        (0.9, 0.99, "exact"),  # which one?
        (0.99, 0.9, "exact"),  # one at all?
        (0.99, 0.1, "exact"),
        (0.4, 0.5, "exact"),
    ],
)
def test_only_what_is_not_plain_is_asked_of_the_exact_network(
    sure: float, digitness: float, answered_by: str
) -> None:
    quick, exact = Answering(1), Answering(2)

    probabilities, said = Cascade(quick, exact).ask(*pictures((sure, digitness)))

    assert probabilities[0, {"quick": 1, "exact": 2}[answered_by]] == pytest.approx(sure)
    assert said is not None
    assert said[0] == pytest.approx(digitness)
    assert exact.asked == ([] if answered_by == "quick" else [1])


def test_of_many_pictures_those_in_doubt_are_asked_together() -> None:
    quick, exact = Answering(1), Answering(2)
    asked = pictures((0.99, 0.99), (0.6, 0.99), (0.99, 0.02), (0.99, 0.6))

    probabilities, _ = Cascade(quick, exact).ask(*asked)

    assert (quick.asked, exact.asked) == ([4], [2])
    assert probabilities.argmax(axis=1).tolist() == [1, 2, 1, 2]


def test_a_network_that_never_refuses_is_asked_again_where_digits_are_in_doubt() -> None:
    quick, exact = (Answering(digit, tells_digitness=False) for digit in (1, 2))

    probabilities, digitness = Cascade(quick, exact).ask(pictures((0.99, 0), (0.6, 0))[0], None)

    assert probabilities.argmax(axis=1).tolist() == [1, 2]
    assert digitness is None


def test_nothing_is_asked_about_no_pictures() -> None:
    probabilities, _ = Cascade(Answering(1), Answering(2)).ask(*pictures())

    assert probabilities.shape == (0, 10)
