from __future__ import annotations

import pytest

from trainer.figures import wording
from trainer.figures.figure import POINTS, SHARE, Figure, count


@pytest.mark.parametrize(
    ("figure", "value", "interval"),
    [
        (Figure("", 0.9956, 0.9941, 0.9967, 10_000, SHARE), "99.56 %", "99.41–99.67 %"),
        (Figure("", -0.0017, -0.004, 0.0001, 1, POINTS), "−0.17", "−0.40 to +0.01"),
        (Figure("", -0.00001, -0.001, 0.001, 1, POINTS), "0.00", "−0.10 to +0.10"),
        (Figure("", 0.98765, 0.98, 1.0, 9, ""), "0.9877", "0.9800–1.00"),
        (Figure("", 0.5312, 0.52, 0.541, 100, "ms"), "0.531 ms", "0.520–0.541 ms"),
        (Figure("", 88.24, 70.0, 101.2, 100, "times"), "88.24 times", "70.00–101 times"),
        (count("", 280_234, ""), "280,234", ""),
    ],
)
def test_figures_are_written_in_their_unit(figure: Figure, value: str, interval: str) -> None:
    assert wording.value(figure) == value
    assert wording.interval(figure) == interval


def test_the_unit_need_not_be_named_twice() -> None:
    assert wording.interval(Figure("", 0.5, 0.4, 0.6, 9, "ms"), unit=False) == "0.400–0.600"
