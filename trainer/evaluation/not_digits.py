"""Drawings that are not one whole digit, by kind, none of which a network was trained on.

Letters and symbols are of writers and sites that were held out; what is spoilt was a digit by a
held-out writer; dots and ticks are drawn here, by other rules than those that networks learn from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trainer.augmentation.scribbles import draw_scribble
from trainer.augmentation.spoiling import put_side_by_side, strike_out
from trainer.data.outliers import Outlier, split_outliers
from trainer.data.splits import Split
from trainer.data.stroke_files import LabelledDrawing
from trainer.evaluation.samples import held_out_writers, writer_id

Strokes = Sequence[NDArray[np.float64]]

LOOK_ALIKES = "look-alikes"  # letters and symbols that may be taken for digits by anybody
CLEAR = ("clear capitals", "clear small letters", "clear symbols")
MADE_UP = ("scribbles", "dots and ticks", "crossed-out digits", "two digits")

_NUMBER = 500  # of each kind that is made up
_SEED = 20_261_121  # far from those that trainings begin with


def not_digits(
    details: Mapping[str, Any],
    drawings: Sequence[LabelledDrawing],
    outliers: Sequence[Outlier],
) -> dict[str, list[Strokes]]:
    """What a run shall refuse, by kind; kinds that nothing is known of are left out.

    Args:
        details: what the run's run.json holds; its ``splits`` say what was held out.
        drawings: of digits, all of them.
        outliers: letters and symbols, all of them.
    """
    held_out = held_out_writers(details, drawings)
    kinds: dict[str, list[Strokes]] = {}
    for outlier in held_out_outliers(details, drawings, outliers):
        kind = LOOK_ALIKES if outlier.is_look_alike else f"clear {outlier.kind}s"
        kinds.setdefault(kind, []).append(outlier.strokes)
    letters = {kind: kinds[kind] for kind in (*CLEAR, LOOK_ALIKES) if kind in kinds}
    return {**letters, **_made_up([drawing.strokes for drawing in held_out])}


def held_out_outliers(
    details: Mapping[str, Any],
    drawings: Sequence[LabelledDrawing],
    outliers: Sequence[Outlier],
) -> list[Outlier]:
    """Letters and symbols that a run's networks were not trained on; arguments as for all kinds."""
    trained = set(details.get("splits", {}).get("writers", {}).get("train", ()))
    seen = [drawing for drawing in drawings if writer_id(drawing) in trained]
    return split_outliers(outliers, Split(seen, held_out_writers(details, drawings)))[1]


def _made_up(digits: Sequence[Strokes]) -> dict[str, list[Strokes]]:
    random = np.random.default_rng(_SEED)
    made: dict[str, list[Strokes]] = {
        "scribbles": [draw_scribble(random) for _ in range(_NUMBER)],
        "dots and ticks": [_mark(random) for _ in range(_NUMBER)],
    }
    if digits:
        pairs = random.integers(len(digits), size=(_NUMBER, 2)).tolist()
        made["crossed-out digits"] = [strike_out(digits[at], random) for at, _ in pairs]
        made["two digits"] = [
            put_side_by_side(digits[left], digits[right], random) for left, right in pairs
        ]
    return made


def _mark(random: np.random.Generator) -> Strokes:
    """A dot, a blot of points that nearly coincide, or a tick, as a finger or a mouse leaves it."""
    place = random.uniform(0, 300, 2)
    kind = int(random.integers(3))
    if kind == 0:
        return [place[np.newaxis]]
    if kind == 1:
        return [place + random.normal(0, 1, (int(random.integers(3, 9)), 2))]
    corner = place + random.uniform((6, 10), (14, 20))
    end = corner + random.uniform((20, -50), (45, -25))
    return [np.array([place, (place + corner) / 2, corner, (corner + end) / 2, end])]
