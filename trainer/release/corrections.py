"""The gate about corrections: no fewer of them are read as people said than now."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recognizer.errors import ContractError, reason_of
from recognizer.photos.kept_ink import picture_in
from recognizer.recognizer import Recognizer
from recognizer.runs.loaded_run import LoadedRun
from recognizer.strokes import Drawing, read_drawing
from recognizer.text_files import decode_text
from trainer.errors import DataError
from trainer.release.gate import Gate
from trainer.release.quality import SIGNIFICANT, no_worse

FEWEST = 6  # of fewer, McNemar's test calls no difference significant, however they are read
_NAME = "corrections_no_worse"
_WORDS = "corrections that nothing was trained on"


@dataclass(frozen=True, eq=False)
class _Correction:
    """A drawing or a picture's digit, and what it is: digits, or empty for what is no digit."""

    label: str
    drawing: Drawing | None
    picture: bytes = b""


def corrections_gate(
    run: LoadedRun, current: LoadedRun | None, file: Path | None, why_alone: str
) -> Gate | None:
    """Whether a run reads corrections no worse than the served one; None where there is no file.

    They are read as drawings are answered, refusals and numbers included.

    Args:
        run: that shall be served.
        current: that is served; None where there is none.
        file: JSON lines, as the web app exports corrections, in UTF-8 or UTF-16; may be empty.
        why_alone: why there is no run to compare with.

    Raises:
        DataError: the file cannot be read.
    """
    if file is None:
        return None
    corrections = _read(file)
    if len(corrections) < FEWEST:
        sentence = f"too few {_WORDS}: {len(corrections)}; at least {FEWEST} are needed to judge"
        return Gate(_NAME, None, SIGNIFICANT, True, sentence, "p")
    served = None if current is None else _right(current, corrections)
    return no_worse(_NAME, _right(run, corrections), served, _WORDS, why_alone)


def _read(file: Path) -> list[_Correction]:
    try:
        lines = enumerate(decode_text(file.read_bytes()).split("\n"), 1)
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{file} cannot be read: {reason_of(error)}") from error
    return [_correction(line, f"{file}:{number}") for number, line in lines if line.strip()]


def _correction(line: str, place: str) -> _Correction:
    try:
        row: dict[str, Any] = json.loads(line)
        if "image" in row:
            return _Correction(str(row["label"]), None, picture_in(row["image"]))
        document = {"strokes": row["strokes"], "mode": row.get("mode", "auto")}
        return _Correction(str(row["label"]), read_drawing(document))
    except (
        AttributeError, KeyError, TypeError, ValueError, RecursionError, ContractError,
    ) as error:  # fmt: skip
        raise DataError(f"{place} is no correction: {error}") from error


def _right(run: LoadedRun, corrections: Sequence[_Correction]) -> NDArray[np.bool_]:
    recognizer = Recognizer(run)
    return np.array([_read_text(recognizer, one) == one.label for one in corrections])


def _read_text(recognizer: Recognizer, one: _Correction) -> str:
    if one.drawing is None:
        return recognizer.recognize_picture(one.picture, "digit", images=False).text
    return recognizer.recognize(one.drawing).text
