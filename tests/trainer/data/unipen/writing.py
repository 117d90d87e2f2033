"""Write UNIPEN files, so that what is read can be compared with what was written."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from trainer.data.rows import Points, Row


def components(strokes: Sequence[Points]) -> str:
    """Pen-down components; UNIPEN's y grows upwards, ours downwards."""
    return "".join(
        ".PEN_DOWN\n"
        + "".join(f" {number(x)} {number(-y)}\n" for x, y in stroke.tolist())
        + ".PEN_UP\n.DT 100\n"
        for stroke in strokes
    )


def number(value: float) -> str:
    return f"{value:.0f}" if value == round(value) else repr(value)


def segments_then_pen_data(rows: Sequence[Row]) -> str:
    """As pendigits-orig is written: each segment before its components, the writer in a comment."""
    text, first = ' .INCLUDE dene.doc\n.LEXICON "0" "1"\n.HIERARCHY DIGIT\n', 0
    for at, row in enumerate(rows):
        last = first + len(row.strokes) - 1
        delineation = f"{first}" if last == first else f"{first}-{last}"
        text += f'.SEGMENT DIGIT {delineation} ? "{row.label}"\n.COMMENT {row.label} {row.writer} '
        text += f"{at}\n{components(row.strokes)}"
        first = last + 1
    return text


def random_rows(number: int, source: str = "pendigits") -> list[Row]:
    random = np.random.default_rng(11)
    return [
        Row(
            str(at % 10), source, str(at % 3),
            tuple(
                random.integers(0, 500, (length, 2)).astype(np.float64)
                for length in random.integers(1, 40, 1 + at % 3)
            ),
        )
        for at in range(number)
    ]  # fmt: skip
