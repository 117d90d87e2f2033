"""The gate about numbers: of several digits in one drawing no fewer are read than now."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from recognizer.numbers.reading import read_strokes
from recognizer.runs.loaded_run import LoadedRun
from trainer.data.stroke_files import LabelledDrawing
from trainer.release.gate import Gate, not_measurable
from trainer.release.quality import SIGNIFICANT, no_worse
from trainer.synthesis.numbers import Layout, WrittenNumber, write_numbers

_NAME = "numbers_no_worse"
_WORDS = "numbers made of held-out writers' digits"
_NUMBERS = 300
_SEED = 5  # of the numbers: the same ones for all runs that held out the same writers


def numbers_gate(
    run: LoadedRun,
    current: LoadedRun | None,
    drawings: Sequence[LabelledDrawing] | None,
    why_not: str,
) -> Gate:
    """Whether a run reads numbers of 2 to 6 digits no worse than the served one.

    Args:
        run: that shall be served.
        current: that is served; None where there is none.
        drawings: of single digits by writers that neither was trained on; None where there is no
            data.
        why_not: why there is no data, or no run to compare with.
    """
    if not drawings:
        missing = why_not if drawings is None else "there are no drawings by held-out writers"
        return not_measurable(_NAME, "p", SIGNIFICANT, missing)
    numbers = write_numbers(drawings, Layout(), _NUMBERS, _SEED)
    served = None if current is None else _right(current, numbers)
    return no_worse(_NAME, _right(run, numbers), served, _WORDS, why_not)


def _right(run: LoadedRun, numbers: Sequence[WrittenNumber]) -> NDArray[np.bool_]:
    return np.array([_read(run, number) == number.text for number in numbers])


def _read(run: LoadedRun, number: WrittenNumber) -> str:
    return read_strokes(number.strokes, run.ask_drawings, "auto", run.grouping).text
