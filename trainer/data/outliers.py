"""Drawings of what is not a digit: letters and symbols, to learn refusing from.

UNIPEN's capitals, small letters and punctuation.  Some of them nobody can tell from a digit; these
are marked, and are neither learned nor counted among what must be refused.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

import numpy as np

from trainer.data.fragments import is_fragment
from trainer.data.rows import Points, Row
from trainer.data.splits import Split
from trainer.data.stroke_files import read_rows

Kind = Literal["capital", "small letter", "symbol"]

OUTLIER_FILES: dict[Kind, str] = {
    "capital": "unipen-upper-train.jsonl.gz",
    "small letter": "unipen-lower-train.jsonl.gz",
    "symbol": "unipen-symbols-train.jsonl.gz",
}

# O Q D o 0, l I i J j 1, S s 5, Z z 2, q g y 9, Y 4, b G 6, B 8; short and upright strokes 1.
LOOK_ALIKES = frozenset("OoQDlIiJjSsZzqgyYbBG|/\\'`,()")

_HELD_OUT_SHARE = 0.15  # of the writers at sites without digits
_SEED = 1  # of their choice
_MISLABELLED = ("kai", "symbol")  # its 1,542 rows all have one label, and hold anything


@dataclass(frozen=True, eq=False)
class Outlier:
    """One drawing of something else.

    Attributes:
        character: what the writer was to write.
        kind: which file it stands in.
        source: the site that collected it.
        writer: the person who drew it, unique within the site.
        strokes: arrays (n, 2) float64, x and y (downwards) in the tablet's unit.
    """

    character: str
    kind: Kind
    source: str
    writer: str
    strokes: tuple[Points, ...]

    @cached_property
    def is_look_alike(self) -> bool:
        """Whether it may be taken for a digit by anybody: by its character, or as a piece of it."""
        if self.character in LOOK_ALIKES:
            return True
        return is_fragment(self.character, self.strokes, self.source)


def load_outliers(folder: Path, names: Collection[str] | None = None) -> list[Outlier]:
    """Every usable letter and symbol of the files in ``folder``, in the files' order.

    Args:
        folder: where they lie.
        names: of the files to read; all, where nothing is given.

    Raises:
        DataError: a file is missing or cut off, or a row of it cannot be read.
    """
    return [
        outlier
        for kind, name in OUTLIER_FILES.items()
        if names is None or name in names
        for _, row in read_rows(folder / name)
        if (outlier := _outlier(row, kind)) is not None
    ]


def split_outliers(
    outliers: Sequence[Outlier], digits: Split
) -> tuple[list[Outlier], list[Outlier]]:
    """Divide letters and symbols as the digits are divided: to train on, and held out.

    A writer whose digits are held out is held out here too, and so is every site of which no digit
    is trained on; of the sites that have no digits, a share of the writers.
    """
    chosen = {(drawing.source, drawing.writer) for drawing in digits.validation}
    trained_sites = {drawing.source for drawing in digits.train}
    held_out_sites = {source for source, _ in chosen} - trained_sites
    chosen |= {(one.source, one.writer) for one in outliers if one.source in held_out_sites}
    for source in {outlier.source for outlier in outliers} - trained_sites - held_out_sites:
        writers = sorted({outlier.writer for outlier in outliers if outlier.source == source})
        random = np.random.default_rng([_SEED, *source.encode()])
        order = random.permutation(len(writers))[: round(_HELD_OUT_SHARE * len(writers))]
        chosen |= {(source, writers[place]) for place in order}
    return (
        [outlier for outlier in outliers if (outlier.source, outlier.writer) not in chosen],
        [outlier for outlier in outliers if (outlier.source, outlier.writer) in chosen],
    )


def _outlier(row: Row, kind: Kind) -> Outlier | None:
    if (row.source, kind) == _MISLABELLED:
        return None
    return Outlier(_character(row.label), kind, row.source, row.writer, row.strokes)


def _character(label: str) -> str:
    """UNIPEN puts a backslash before some symbols."""
    return label[1:] if len(label) == 2 and label[0] == "\\" else label
