"""Several digits in one drawing, and what reading them costs single digits.

Numbers are made of real digits, each number's of one held-out writer, 2 to 6 of them; at natural
spacing the gap between the boxes of two digits is 10 to 40 % of a digit's height.  "Wholly right"
is the text; "strokes divided rightly" leaves out how each digit was read, and "digits known" how
the strokes were divided: it asks the network about the true groups, which bounds what any division
can reach.  Single digits are asked in mode `digit` and in mode `auto`; a drawing of one stroke is
the same in both.

A sign between two digits that looks like a 1 is "answered surely" where the verdict is `number`:
slashes and brackets as high as the digits, quotation marks and commas of a third to 0.6 of their
height, all by held-out writers.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from recognizer.geometry import Points
from recognizer.numbers.reading import read_strokes
from recognizer.reading import Reading
from recognizer.recognizer import Recognizer
from recognizer.runs.loaded_run import LoadedRun
from recognizer.strokes import Drawing, Mode, Stroke
from trainer.data.outliers import load_outliers
from trainer.data.stroke_files import LabelledDrawing, load_drawings
from trainer.evaluation.not_digits import held_out_outliers
from trainer.evaluation.samples import held_out_writers
from trainer.figures.figure import Figure, median, paired_difference, share
from trainer.synthesis.numbers import Layout, WrittenNumber, write_numbers
from trainer.synthesis.signs import write_signed_numbers

NATURAL = "natural spacing"
LAYOUTS = {
    NATURAL: Layout(),
    "touching, gaps of 0 to 10 %": Layout(gap=(0.0, 0.1)),
    "overlapping by up to 20 %": Layout(gap=(-0.2, 0.0)),
    "sloping up to 15° either way": Layout(slope=15),
    "digits of different size": Layout(size=0.3),
    "two lines of 2 to 4 digits": Layout(lines=2, digits=(4, 8)),
    "second strokes drawn last": Layout(crosses_last=True),
}
SIGNS = {"slash": "/", "bracket": "()", "quotation mark": '"', "comma": ",", "dollar": "$"}
HEADLINES = ((NATURAL, "wholly right"), ("held-out writers", "mode auto beside mode digit"))
_NUMBERS = 400  # of each layout
_SEED = 4


def measure(run: LoadedRun, data_folder: Path) -> list[Figure]:
    """Numbers of each layout, and single digits.

    Raises:
        DataError: a data set is missing or damaged.
    """
    drawings = load_drawings(data_folder)
    held_out = held_out_writers(run.details, drawings)
    if not held_out:
        return []
    figures: list[Figure] = []
    for row, layout in LAYOUTS.items():
        numbers = write_numbers(held_out, layout, _NUMBERS, _SEED)
        readings = [_read(run, number.strokes, "auto") for number in numbers]
        figures += _numbers(run, row, numbers, readings)
        if row == NATURAL:
            figures += _by_length(numbers, readings)
            figures += _times(run, numbers)
    figures += measure_signs(run, held_out, data_folder)
    figures += _singles(run, "held-out writers", held_out)
    figures += _singles(run, "all drawings", drawings)
    return figures


def measure_signs(
    run: LoadedRun, held_out: Sequence[LabelledDrawing], data_folder: Path, count: int = 150
) -> Iterator[Figure]:
    """How often a number with a sign in it is answered as a number, for sure.

    Args:
        run: to ask.
        held_out: drawings of digits.
        data_folder: of the data sets.
        count: of numbers with each sign.
    """
    recognizer = Recognizer(run)
    outliers = held_out_outliers(
        run.details, load_drawings(data_folder), load_outliers(data_folder)
    )
    for row, characters in SIGNS.items():
        signs = [one for one in outliers if one.character in characters]
        if not signs:
            continue
        numbers = write_signed_numbers(held_out, signs, count, _SEED)
        asked = [Drawing(tuple(map(Stroke, number.strokes)), images=False) for number in numbers]
        answers = recognizer.recognize_all(asked)
        sure = sum(answer.verdict in ("digit", "number") for answer in answers)
        yield share("answered surely", sure, count, f"a {row} between two digits")


def _read(run: LoadedRun, strokes: Sequence[Points], mode: Mode) -> Reading:
    return read_strokes(strokes, run.ask_drawings, mode, run.grouping)


def _numbers(
    run: LoadedRun, row: str, numbers: Sequence[WrittenNumber], readings: Sequence[Reading]
) -> Iterator[Figure]:
    pairs = list(zip(numbers, readings, strict=True))
    total = len(pairs)
    yield share("wholly right", sum(_is_right(*pair) for pair in pairs), total, row)
    divided = [reading.groups == number.groups for number, reading in pairs]
    yield share("strokes divided rightly", sum(divided), total, row)
    known = sum(_is_known(run, number) for number in numbers)
    yield share("digits known", known, total, row)
    several = [
        group in reading.groups
        for number, reading in pairs
        for group in number.groups
        if len(group) > 1
    ]
    if several:
        yield share("digits of several strokes kept whole", sum(several), len(several), row)


def _is_right(number: WrittenNumber, reading: Reading) -> bool:
    return reading.text == number.text


def _is_known(run: LoadedRun, number: WrittenNumber) -> bool:
    drawings = [[number.strokes[stroke] for stroke in group] for group in number.groups]
    _, outputs = run.ask_drawings(drawings)
    return "".join(map(str, outputs.digits)) == number.text


def _by_length(numbers: Sequence[WrittenNumber], readings: Sequence[Reading]) -> Iterator[Figure]:
    for length in sorted({len(number.text) for number in numbers}):
        right = [
            _is_right(number, reading)
            for number, reading in zip(numbers, readings, strict=True)
            if len(number.text) == length
        ]
        yield share("wholly right", sum(right), len(right), f"{NATURAL}, {length} digits")


def _times(run: LoadedRun, numbers: Sequence[WrittenNumber]) -> Iterator[Figure]:
    """Of the processor, since other work on the machine is not the number's."""
    modes: tuple[Mode, ...] = ("digit", "auto")
    spent: dict[Mode, list[float]] = {mode: [] for mode in modes}
    for number in numbers[: _NUMBERS // 4]:
        for mode in modes:
            start = time.thread_time()
            _read(run, number.strokes, mode)
            spent[mode].append((time.thread_time() - start) * 1e3)
    for mode, times in spent.items():
        yield median("processor time", times, "ms", f"{NATURAL}, mode {mode}")


def _singles(run: LoadedRun, row: str, drawings: Sequence[LabelledDrawing]) -> Iterator[Figure]:
    several = [one for one in drawings if sum(len(stroke) > 0 for stroke in one.strokes) > 1]
    modes: tuple[Mode, ...] = ("digit", "auto")
    readings = {mode: [_read(run, one.strokes, mode) for one in several] for mode in modes}
    whole = sum(len(reading.groups) == 1 for reading in readings["auto"])
    yield share("digits of several strokes kept whole", whole, len(several), row)
    before, after = (
        np.ones(len(drawings), bool),  # what has one stroke counts as equal
        np.ones(len(drawings), bool),
    )
    before[: len(several)] = _right(several, readings["digit"])
    after[: len(several)] = _right(several, readings["auto"])
    yield paired_difference("mode auto beside mode digit", before, after, row)


def _right(drawings: Sequence[LabelledDrawing], readings: Sequence[Reading]) -> list[bool]:
    return [
        reading.text == str(drawing.label)
        for drawing, reading in zip(drawings, readings, strict=True)
    ]
