"""Read strokes as one digit or as several: which strokes make each, in reading order.

Groups of strokes that may be a digit are proposed by where the strokes lie, the network is asked
about them, and the division of the strokes for which most speaks is taken.  Most drawings are one
digit, so the network is asked about all strokes together first, and about the groups only if it
could say anything on them that would make a number of the drawing.  What may be a number but is
none for sure is read and doubted, rather than refused as one digit.
What the answer is called is for :mod:`recognizer.verdicts`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Generator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from recognizer.boxes import Boxes
from recognizer.geometry import Ink, Points
from recognizer.numbers.candidates import Group, Links, keep_drawable, propose
from recognizer.numbers.links import weigh_links
from recognizer.numbers.lookalikes import find_lookalikes
from recognizer.numbers.order import reading_order
from recognizer.numbers.partition import best_partition
from recognizer.numbers.scores import (
    may_be_number,
    measure_overlap,
    measure_smallness,
    number_log_odds,
    score_groups,
)
from recognizer.numbers.signs import find_signs, find_slashes
from recognizer.numbers.weights import GroupingWeights
from recognizer.outputs import NetworkOutputs
from recognizer.prediction import Box, LeftOut
from recognizer.reading import ReadDigit, Reading
from recognizer.strokes import Mode

_LIKELIER_THAN_NOT = 0.5  # a digitness
_APART = 0.2  # heights that digits overlap at most; those of a letter or a scribble do more
_DOUBTED = -2.0  # log odds: what is no digit but a number with one in eight is read and doubted
# Added to the log odds of a number: who asks for one expects one.
_EXPECTATION: dict[Mode, float] = {"auto": 0.0, "number": 1.5}

Questions = Sequence[Sequence[Points]]
Answers = tuple[list[Ink], NetworkOutputs]
AskDrawings = Callable[[Questions], Answers]
# Yields drawings that the network shall be asked about, and is sent what it answers.
_Steps = Generator[Questions, Answers, "_Division"]


@dataclass(frozen=True, eq=False)
class _Division:
    """How strokes are divided into digits, and what the network saw and said of each.

    ``lookalikes`` are places of digits that may be signs.
    """

    groups: Sequence[Group]
    inks: Sequence[Ink]
    outputs: NetworkOutputs
    is_doubtful: bool = False
    lookalikes: Collection[int] = ()

    def take(self, places: Sequence[int]) -> _Division:
        return replace(
            self,
            groups=[self.groups[place] for place in places],
            inks=[self.inks[place] for place in places],
            outputs=self.outputs.take(places),
        )


def read_strokes(
    strokes: Sequence[Points], ask: AskDrawings, mode: Mode, weights: GroupingWeights | None
) -> Reading:
    """Find the digits in a drawing, and the signs between them.

    Args:
        strokes: arrays (n, 2), x and y (downwards), any unit; in the order they were drawn.
        ask: draws strokes and gives the network's outputs for each drawing; called once, and once
            more where it may be a number.
        mode: ``digit`` reads all strokes as one; ``auto`` and ``number`` read one digit or
            several, and differ in how soon they believe in several.
        weights: the run's; without any all strokes are read as one digit.
    """
    return read_all_strokes([(strokes, mode)], ask, weights)[0]


def read_all_strokes(
    drawings: Sequence[tuple[Sequence[Points], Mode]],
    ask: AskDrawings,
    weights: GroupingWeights | None,
) -> list[Reading]:
    """Find the digits in many drawings; the network is asked about all of them together.

    Args:
        drawings: of each its strokes, and the mode; see :func:`read_strokes`.
        ask: draws strokes and gives the network's outputs for each drawing; called as often as the
            drawing with the most questions needs.
        weights: the run's; without any all strokes of a drawing are read as one digit.
    """
    readings: list[Reading | None] = [None] * len(drawings)
    steps = [_read(strokes, mode, weights) for strokes, mode in drawings]
    asking = [(at, step, next(step)) for at, step in enumerate(steps)]
    while asking:
        inks, outputs = ask([one for *_, questions in asking for one in questions])
        end, still = 0, []
        for at, step, questions in asking:
            start, end = end, end + len(questions)
            answers = inks[start:end], outputs.take(range(start, end))
            try:
                still.append((at, step, step.send(answers)))
            except StopIteration as finished:
                readings[at] = finished.value
        asking = still
    return [reading for reading in readings if reading is not None]


def _read(
    strokes: Sequence[Points], mode: Mode, weights: GroupingWeights | None
) -> Generator[Questions, Answers, Reading]:
    inked = [place for place, stroke in enumerate(strokes) if len(stroke)]
    drawn = [strokes[place] for place in inked]
    if not drawn:
        yield []
        return Reading(())
    boxes = Boxes.around(drawn)
    if len(drawn) == 1 or mode == "digit" or weights is None:
        division = yield from _take_for_one(drawn)
        return _tell(division, boxes, inked, [])
    signs = find_signs(boxes)
    left_out = {stroke for sign in signs for stroke in sign}
    others = [stroke for stroke in range(len(drawn)) if stroke not in left_out]
    division = yield from _divide(
        [drawn[stroke] for stroke in others], boxes.take(others), mode, weights
    )
    groups = [tuple(others[stroke] for stroke in group) for group in division.groups]
    slashes = find_slashes(drawn, boxes, groups)
    digits = [place for place in range(len(groups)) if place not in slashes]
    division = replace(division, groups=groups).take(digits)
    lookalikes = find_lookalikes(
        drawn, boxes, division.groups, division.outputs.digits.tolist(), mode
    )
    division = replace(division, lookalikes=lookalikes)
    return _tell(division, boxes, inked, [*signs, *(groups[place] for place in slashes)])


def _tell(
    division: _Division, boxes: Boxes, inked: Sequence[int], signs: Sequence[Group]
) -> Reading:
    """Tell a division of the strokes that have points, as a record for each digit and sign."""
    outputs = division.outputs
    records = zip(
        division.groups,
        _boxes(boxes, division.groups),
        division.inks,
        outputs.probabilities,
        outputs.digitness.tolist(),
        strict=True,
    )
    digits = [
        ReadDigit(
            _of_drawing(group, inked),
            box,
            ink,
            probabilities,
            digitness,
            place in division.lookalikes,
        )
        for place, (group, box, ink, probabilities, digitness) in enumerate(records)
    ]
    left_out = [
        LeftOut(_of_drawing(sign, inked), box)
        for sign, box in zip(signs, _boxes(boxes, signs), strict=True)
    ]
    return Reading(tuple(digits), tuple(left_out), outputs.can_refuse, division.is_doubtful)


def _of_drawing(group: Group, inked: Sequence[int]) -> Group:
    return tuple(inked[stroke] for stroke in group)


def _boxes(boxes: Boxes, groups: Sequence[Group]) -> list[Box]:
    return [Box(*row) for row in boxes.of_groups(groups).tolist()] if groups else []


def _take_for_one(strokes: list[Points]) -> _Steps:
    return _Division([tuple(range(len(strokes)))], *(yield [strokes]))


def _divide(strokes: list[Points], boxes: Boxes, mode: Mode, weights: GroupingWeights) -> _Steps:
    """Read strokes as one digit or as several."""
    whole = yield from _take_for_one(strokes)
    if len(strokes) == 1:
        return whole
    links = weigh_links(_scale(strokes, boxes), weights.links)
    digitness = float(whole.outputs.digitness[0])
    least = _least_log_odds(mode, digitness)
    if not may_be_number(links, digitness, _EXPECTATION[mode] - least, weights.numbers):
        return whole
    proposed = keep_drawable(propose(links), strokes)
    groups = [group for group in proposed if group != whole.groups[0]]
    parts = _Division(groups, *(yield [[strokes[at] for at in group] for group in groups]))
    division, log_odds = _divided(parts, links, boxes, digitness, weights)
    log_odds += _EXPECTATION[mode]
    if log_odds > 0:
        return division
    stand_apart = measure_overlap(boxes.of_groups(division.groups)) <= _APART
    return replace(division, is_doubtful=True) if log_odds > least and stand_apart else whole


def _least_log_odds(mode: Mode, whole: float) -> float:
    """The log odds from where strokes are read as a number in doubt; 0 if they may be one digit.

    Args:
        mode: who asks for a number is told one rather than that it is no digit.
        whole: digitness of all strokes together.
    """
    if whole >= _LIKELIER_THAN_NOT:
        return 0.0
    return -math.inf if mode == "number" else _DOUBTED


def _divided(
    parts: _Division, links: Links, boxes: Boxes, whole: float, weights: GroupingWeights
) -> tuple[_Division, float]:
    """The best division of the strokes, in reading order, and the log odds of its being a number.

    Args:
        parts: every group of strokes that may be a digit.
        links: log odds of each two strokes being of one digit.
        boxes: of the strokes.
        whole: digitness of all strokes together.
        weights: the run's.
    """
    groups = parts.groups
    scores = score_groups(groups, links, boxes, parts.outputs, weights.groups)
    best = best_partition(groups, scores.tolist(), len(links))
    divided = [groups[place] for place in best]
    log_odds = number_log_odds(
        divided, links, boxes, parts.outputs.take(best), whole, weights.numbers
    )
    order = reading_order(boxes.of_groups(divided))
    return _doubt_small_ones(parts.take([best[place] for place in order]), boxes), log_odds


def _doubt_small_ones(division: _Division, boxes: Boxes) -> _Division:
    wholeness = 1 - measure_smallness(division.groups, boxes)
    outputs = division.outputs
    return replace(division, outputs=replace(outputs, digitness=outputs.digitness * wholeness))


def _scale(strokes: list[Points], boxes: Boxes) -> list[Points]:
    """Scale strokes into a square of side 1: whatever the unit, squares of lengths are finite."""
    low = np.minimum.reduce(boxes.low)
    longest = max((np.maximum.reduce(boxes.high) - low).tolist()) or 1.0
    return [(stroke - low) / longest for stroke in strokes]
