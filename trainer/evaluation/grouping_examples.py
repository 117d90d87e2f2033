"""What the weights that decide which strokes make a digit are fitted to.

Digits, letters and numbers by writers that the run did not hold out; numbers are made of their
digits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from recognizer.numbers.candidates import Group
from recognizer.runs.loaded_run import LoadedRun
from trainer.data.collection import Data
from trainer.data.outliers import Outlier, split_outliers
from trainer.data.splits import main_split
from trainer.data.stroke_files import LabelledDrawing
from trainer.evaluation.samples import held_out_writers
from trainer.synthesis.numbers import Layout, Points, WrittenNumber, write_numbers

# Layouts, and how many numbers of each at most.
MIXTURE = (
    (Layout(), 500),
    (Layout(gap=(-0.2, 0.1)), 500),
    (Layout(size=0.3, slope=15), 250),
    (Layout(lines=2, digits=(4, 8)), 200),
    (Layout(crosses_last=True, gap=(0.0, 0.4)), 250),
)
SINGLES = 1_200  # digits of two strokes or more
OTHERS = 1_200  # letters and symbols of two strokes or more
WORDS = 400  # of two letters or more, none of which may be taken for a digit
_DRAWINGS_A_NUMBER = 20  # at least, of those that the numbers of a layout are made of
_SEED = 1
_MOST_STROKES = 16


@dataclass(frozen=True, eq=False)
class Example:
    """Strokes, and how they are truly divided; not at all, where they are no digit."""

    strokes: Sequence[Points]
    groups: tuple[Group, ...]


def collect_examples(
    run: LoadedRun, data: Data
) -> tuple[list[Example], list[Example], list[Example]]:
    """Digits, numbers, and what is neither, by writers that neither split holds out."""
    split = main_split(data.drawings)
    held_out = {(one.source, one.writer) for one in held_out_writers(run.details, data.drawings)}
    train = [one for one in split.train if (one.source, one.writer) not in held_out]
    outliers = split_outliers(data.outliers, split)[0]
    random = np.random.default_rng(_SEED)
    numbers = [
        Example(number.strokes, number.groups)
        for seed, (layout, count) in enumerate(MIXTURE)
        for number in _write(train, layout, count, seed)
        if len(number.strokes) <= _MOST_STROKES
    ]
    digits = [one.strokes for one in train]
    return (
        _of_several_strokes(digits, SINGLES, random, is_digit=True),
        numbers,
        [
            *_of_several_strokes(
                [one.strokes for one in outliers if not one.is_look_alike],
                OTHERS,
                random,
                is_digit=False,
            ),
            *_words(outliers),
        ],
    )


def _words(outliers: Sequence[Outlier]) -> list[Example]:
    letters = [
        LabelledDrawing(0, one.source, one.writer, one.strokes)
        for one in outliers
        if one.kind != "symbol" and not one.is_look_alike
    ]
    written = _write(letters, Layout(digits=(2, 7)), WORDS, len(MIXTURE))
    return [Example(one.strokes, ()) for one in written if len(one.strokes) <= _MOST_STROKES]


def _write(
    train: Sequence[LabelledDrawing], layout: Layout, most: int, seed: int
) -> list[WrittenNumber]:
    count = min(most, len(train) // _DRAWINGS_A_NUMBER)
    return write_numbers(train, layout, count, seed) if count else []


def _of_several_strokes(
    drawings: Sequence[Sequence[Points]], count: int, random: np.random.Generator, *, is_digit: bool
) -> list[Example]:
    inked = [[stroke for stroke in strokes if len(stroke)] for strokes in drawings]
    several = [strokes for strokes in inked if 1 < len(strokes) <= _MOST_STROKES]
    chosen = [several[place] for place in random.permutation(len(several))[:count]]
    return [
        Example(strokes, (tuple(range(len(strokes))),) if is_digit else ()) for strokes in chosen
    ]
