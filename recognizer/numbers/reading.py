"""Read strokes as one digit or as several: which strokes make each, in reading order.

Groups of strokes that may be a digit are proposed by where the strokes lie, the network is asked
about them, and the division of the strokes for which most speaks is taken.  Most drawings are one
digit, so the network is asked about all strokes together first, and about the groups only if it
could say anything on them that would make a number of the drawing.
What the answer is called is for :mod:`recognizer.verdicts`.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from recognizer.geometry import Ink, Points
from recognizer.numbers.candidates import Group, Links, propose
from recognizer.numbers.links import Boxes, weigh_links
from recognizer.numbers.order import reading_order
from recognizer.numbers.partition import best_partition
from recognizer.numbers.scores import (
    may_be_number,
    measure_smallness,
    number_log_odds,
    score_groups,
)
from recognizer.numbers.signs import find_signs
from recognizer.numbers.weights import GroupingWeights
from recognizer.opinions import Opinions
from recognizer.strokes import Mode

# Added to the log odds of a number: who asks for one expects one.
_EXPECTATION: dict[Mode, float] = {"auto": 0.0, "number": 1.5}

Questions = Sequence[Sequence[Points]]
Answers = tuple[list[Ink], Opinions]
AskDrawings = Callable[[Questions], Answers]


@dataclass(frozen=True, eq=False)
class Reading:
    """The digits of a drawing in reading order.

    Attributes:
        groups: of each digit the indices of its strokes, ascending; strokes without points are in
            none.
        inks: of each (28, 28) uint8, 0 = paper and 255 = ink: what the network saw.
        opinions: the network's on each; but the digitness of a decimal point or a minus sign is
            0, and that of any group too low for a digit beside the others is lowered.
    """

    groups: tuple[Group, ...]
    inks: list[Ink]
    opinions: Opinions


# Yields drawings that the network shall be asked about, and is sent what it answers.
_Steps = Generator[Questions, Answers, Reading]


def read_strokes(
    strokes: Sequence[Points], ask: AskDrawings, mode: Mode, weights: GroupingWeights | None
) -> Reading:
    """Find the digits in a drawing.

    Args:
        strokes: arrays (n, 2), x and y (downwards), any unit; in the order they were drawn.
        ask: draws strokes and gives the network's opinion on each drawing; called once, once
            more where it may be a number, and once where there are signs beside the digits.
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
        ask: draws strokes and gives the network's opinion on each drawing; called as often as the
            drawing with the most questions needs.
        weights: the run's; without any all strokes of a drawing are read as one digit.
    """
    readings: list[Reading | None] = [None] * len(drawings)
    steps = [_read(strokes, mode, weights) for strokes, mode in drawings]
    asking = [(at, step, next(step)) for at, step in enumerate(steps)]
    while asking:
        inks, opinions = ask([one for *_, questions in asking for one in questions])
        end, still = 0, []
        for at, step, questions in asking:
            start, end = end, end + len(questions)
            answers = inks[start:end], opinions.take(range(start, end))
            try:
                still.append((at, step, step.send(answers)))
            except StopIteration as finished:
                readings[at] = finished.value
        asking = still
    return [reading for reading in readings if reading is not None]


def _read(strokes: Sequence[Points], mode: Mode, weights: GroupingWeights | None) -> _Steps:
    inked = [place for place, stroke in enumerate(strokes) if len(stroke)]
    drawn = [strokes[place] for place in inked]
    if len(drawn) < 2 or mode == "digit" or weights is None:
        together = [tuple(inked)] if drawn else []
        return Reading(tuple(together), *(yield [drawn] if drawn else []))
    reading = yield from _read_beside_signs(drawn, _EXPECTATION[mode], weights)
    groups = tuple(tuple(inked[stroke] for stroke in group) for group in reading.groups)
    return replace(reading, groups=groups)


def _read_beside_signs(
    strokes: list[Points], expectation: float, weights: GroupingWeights
) -> _Steps:
    """Read two strokes or more; each that is a sign makes a digit that is certainly none."""
    boxes = Boxes.around(strokes)
    signs = find_signs(boxes)
    others = [stroke for stroke in range(len(strokes)) if stroke not in signs]
    reading = yield from _divide([strokes[stroke] for stroke in others], expectation, weights)
    if not signs:
        return reading
    inks, opinions = yield [[strokes[sign]] for sign in signs]
    digits = [tuple(others[stroke] for stroke in group) for group in reading.groups]
    groups = [*digits, *((sign,) for sign in signs)]
    both = Reading(
        tuple(groups),
        [*reading.inks, *inks],
        replace(
            opinions,
            probabilities=np.concatenate([reading.opinions.probabilities, opinions.probabilities]),
            digitness=np.concatenate([reading.opinions.digitness, np.zeros(len(signs))]),
        ),
    )
    return _take(both, reading_order(boxes.of_groups(groups)))


def _divide(strokes: list[Points], expectation: float, weights: GroupingWeights) -> _Steps:
    """Read strokes as one digit or as several."""
    together = tuple(range(len(strokes)))
    if len(strokes) == 1:
        return Reading((together,), *(yield [strokes]))
    boxes = Boxes.around(strokes)
    links = weigh_links(_scale(strokes, boxes), weights.links)
    whole = Reading((together,), *(yield [strokes]))
    score = float(score_groups(whole.groups, links, boxes, whole.opinions, weights.groups)[0])
    groups = [group for group in propose(links) if group != together]
    if may_be_number(groups, links, boxes, score, expectation, weights):
        questions = [[strokes[stroke] for stroke in group] for group in groups]
        parts = Reading(tuple(groups), *(yield questions))
        whole = _divided(parts, links, boxes, score, expectation, weights) or whole
    return _doubt_small_ones(whole, boxes)


def _divided(
    parts: Reading,
    links: Links,
    boxes: Boxes,
    whole: float,
    expectation: float,
    weights: GroupingWeights,
) -> Reading | None:
    """The best division of the strokes, if it is rather a number than one digit of this score."""
    groups = parts.groups
    scores = score_groups(groups, links, boxes, parts.opinions, weights.groups)
    best = best_partition(groups, scores.tolist(), len(links))
    divided = [groups[place] for place in best]
    difference = float(scores[best].sum() - whole)
    log_odds = number_log_odds(
        divided, links, parts.opinions.take(best), difference, weights.numbers
    )
    if log_odds + expectation <= 0:
        return None
    order = reading_order(boxes.of_groups(divided))
    return _take(parts, [best[place] for place in order])


def _take(reading: Reading, places: list[int]) -> Reading:
    return Reading(
        tuple(reading.groups[place] for place in places),
        [reading.inks[place] for place in places],
        reading.opinions.take(places),
    )


def _doubt_small_ones(reading: Reading, boxes: Boxes) -> Reading:
    wholeness = 1 - measure_smallness(reading.groups, boxes)
    opinions = reading.opinions
    return replace(reading, opinions=replace(opinions, digitness=opinions.digitness * wholeness))


def _scale(strokes: list[Points], boxes: Boxes) -> list[Points]:
    """Into a square of side 1: whatever the unit, squares of lengths are numbers then."""
    low = np.minimum.reduce(boxes.low)
    longest = max((np.maximum.reduce(boxes.high) - low).tolist()) or 1.0
    return [(stroke - low) / longest for stroke in strokes]
