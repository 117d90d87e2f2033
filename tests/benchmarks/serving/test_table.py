"""Figures are medians of rounds, ratios medians of the rounds' own ratios."""

from __future__ import annotations

import pytest

from benchmarks.growth import slope
from benchmarks.serving.contestants import BATCHES, EMPTY, KERAS, OURS, PLAIN
from benchmarks.serving.load import Answers
from benchmarks.serving.measured import Load, Round, middle, ratio
from benchmarks.serving.table import render


def a_round(per_second: float, megabytes: float = 60, first: float = 0.2) -> Round:
    return Round(first, megabytes, {8: Load(per_second, (2, 5, 9), 0.5)})


def test_a_load_is_counted_in_drawings_and_not_in_requests() -> None:
    answers = Answers(seconds=2, answered=4, milliseconds=(2.5, 3.0, 4.0))

    load = Load.of(answers, cpu_seconds=0.128, drawings=64)

    assert load.per_second == 128
    assert load.cpu_milliseconds == 0.5
    assert load.milliseconds[0] == 2.5


def test_a_ratio_compares_only_what_was_measured_in_the_same_round() -> None:
    slow, fast = [a_round(10), a_round(50), a_round(20)], [a_round(100), a_round(100), a_round(100)]

    def figure(one: Round) -> float:
        return one.loads[8].per_second

    assert middle(slow, figure) == 20
    assert ratio(slow, fast, figure) == 0.2


def test_the_table_says_what_is_reached_and_what_is_not() -> None:
    rounds = {
        EMPTY: [a_round(1000), a_round(1000)],
        PLAIN: [a_round(390), a_round(390)],
        OURS: [a_round(380, megabytes=190, first=0.9), a_round(400, megabytes=190, first=0.9)],
        BATCHES: [a_round(950), a_round(950)],
        KERAS: [a_round(8), a_round(8)],
    }

    text = render(rounds, [8], workers=2)

    assert "| 390 (0.39; 0.38-0.4) | 950 (0.95; 0.95-0.95) |" in text
    assert "- 0.39 of the empty endpoint's throughput, 8 clients (wanted: at least 0.4): NO" in text
    assert "- 1 of the 30 lines' throughput, 8 clients (wanted: at least 1): yes" in text
    assert "times model.predict's throughput, 8 clients (wanted: at least 40): yes" in text
    assert "- 0.95 of the empty endpoint's requests/s, in batches, 8 clients" in text
    assert "- 65 MB a worker beyond the empty endpoint (wanted: at most 70): yes" in text
    assert "- 0.9 s to the first right answer (wanted: at most 0.8): NO" in text
    assert "- 4.5 times the median for 99 of 100, 8 clients (wanted: at most 2): NO" in text


@pytest.mark.parametrize("power", [0, 1, 2])
def test_a_slope_is_the_power_of_the_growth(power: int) -> None:
    sizes = [1, 10, 100]

    assert slope(sizes, [3 * size**power for size in sizes]) == pytest.approx(power, abs=1e-9)
