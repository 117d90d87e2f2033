"""Read the contract's JSON into a correction, and enforce every rule of it, once.

The drawing in it is read by :mod:`recognizer.strokes`, under the same rules as one that is to be
recognised; what is kept of it is written anew, so that nothing else that was sent is stored.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeGuard, get_args

from recognizer.errors import PictureError
from recognizer.photos.kept_ink import read_ink
from recognizer.picture import to_data_uri
from recognizer.prediction import Verdict
from recognizer.strokes import Drawing, Mode, Stroke, parse_document, read_drawing
from webapp.corrections.errors import CorrectionError
from webapp.corrections.tables import (
    ANSWER_LENGTH,
    CORRECTION,
    LABEL_LENGTH,
    ORIGINS,
    PREDICTION_LENGTH,
    RUN_LENGTH,
)

SHORTEST_PREDICTION = 16  # nobody shall replace another's by guessing

_VERDICTS: tuple[str, ...] = get_args(Verdict)
_PREDICTION = re.compile(rf"[0-9A-Za-z_-]{{{SHORTEST_PREDICTION},{PREDICTION_LENGTH}}}")
_RUN = re.compile(rf"[0-9A-Za-z._-]{{1,{RUN_LENGTH}}}")
_NOTHING_DRAWN = {"strokes": [], "mode": "digit"}  # what a picture's digit comes with
_EXACT = 2**53  # from here on, not every whole number is a float


@dataclass(frozen=True)
class GivenAnswer:
    """What had been answered, as far as the sender says; None for what was not said."""

    text: str | None = None
    verdict: str | None = None
    confidence: float | None = None
    run: str | None = None


@dataclass(frozen=True)
class GivenCorrection:
    """A correction that keeps to the rules.

    Attributes:
        label: the digits, or empty for what is not a digit.
        strokes: JSON of a list of ``{"x", "y"}``, with ``t`` and ``p`` where they were sent; of no
            stroke where there is an image.
        mode: as the drawing was to be read.
        image: ink of 28x28 as a ``data:`` address, where a digit of a picture was corrected.
        prediction: id of the answer; None where it was not said.
        origin: one of ORIGINS: how the drawing came to be.
    """

    label: str
    strokes: str
    mode: Mode
    prediction: str | None
    answer: GivenAnswer
    origin: str = CORRECTION
    image: str | None = None


def parse_correction(text: bytes) -> GivenCorrection:
    """Read one correction from its JSON text.

    Raises:
        TooManyBytesError, JsonError, DrawingError: as for a drawing.
        CorrectionError: another field breaks a rule; names it.
    """
    document = parse_document(text)
    image = _image(document)
    drawing = read_drawing(document if image is None else _NOTHING_DRAWN)
    if image is None and not any(len(stroke.points) for stroke in drawing.strokes):
        raise CorrectionError("strokes", "no_points")
    return GivenCorrection(
        label=_label(document),
        strokes=strokes_as_json(drawing),
        mode=drawing.mode,
        image=image,
        prediction=_prediction(document.get("prediction")),
        answer=_answer(document.get("answer")),
        origin=_origin(document.get("origin")),
    )


def _image(document: Mapping[str, Any]) -> str | None:
    """Write a picture's digit anew: its ink, and nothing else that the file held."""
    given = document.get("image")
    if given is None:
        return None
    if document.get("strokes") is not None:
        raise CorrectionError("image", "not_both")
    if not isinstance(given, str):
        raise CorrectionError("image", "image")
    try:
        return to_data_uri(read_ink(given))
    except PictureError as error:
        raise CorrectionError("image", "image") from error


def is_label(value: object) -> TypeGuard[str]:
    """Say whether something is what a drawing may be said to be: digits, or empty for none."""
    return _is_digits(value, LABEL_LENGTH)


def strokes_as_json(drawing: Drawing) -> str:
    """A drawing's strokes as the contract has them, in as few bytes as that takes."""
    return json.dumps([_columns(stroke) for stroke in drawing.strokes], separators=(",", ":"))


def _columns(stroke: Stroke) -> dict[str, list[float]]:
    columns = {"x": stroke.points[:, 0], "y": stroke.points[:, 1]}
    columns |= {"t": stroke.times} if stroke.times is not None else {}
    columns |= {"p": stroke.pressures} if stroke.pressures is not None else {}
    return {name: list(map(_shortest, column.tolist())) for name, column in columns.items()}


def _shortest(value: float) -> float:
    return int(value) if value.is_integer() and abs(value) < _EXACT else value


def _label(document: dict[str, Any]) -> str:
    if "label" not in document:
        raise CorrectionError("label", "missing")
    label = document["label"]
    if not is_label(label):
        raise CorrectionError("label", "label", longest=LABEL_LENGTH)
    return label


def _prediction(value: object) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str) or not _PREDICTION.fullmatch(value):
        raise CorrectionError(
            "prediction", "prediction", shortest=SHORTEST_PREDICTION, longest=PREDICTION_LENGTH
        )
    return value


def _origin(value: object) -> str:
    if value is None:
        return CORRECTION
    if value not in ORIGINS:
        raise CorrectionError("origin", "origin", choices=", ".join(ORIGINS))
    return str(value)


def _answer(value: object) -> GivenAnswer:
    if value is None:
        return GivenAnswer()
    if not isinstance(value, dict):
        raise CorrectionError("answer", "not_an_object")
    return GivenAnswer(
        _text(value.get("text")),
        _verdict(value.get("verdict")),
        _confidence(value.get("confidence")),
        _run(value.get("run")),
    )


def _text(value: object) -> str | None:
    if value is not None and not _is_digits(value, ANSWER_LENGTH):
        raise CorrectionError("answer.text", "text", longest=ANSWER_LENGTH)
    return value


def _is_digits(value: object, longest: int) -> TypeGuard[str]:
    return isinstance(value, str) and re.fullmatch(f"[0-9]{{0,{longest}}}", value) is not None


def _verdict(value: object) -> str | None:
    if value is not None and value not in _VERDICTS:
        raise CorrectionError("answer.verdict", "verdict", choices=", ".join(_VERDICTS))
    return value  # type: ignore[return-value]  # it is one of them


def _confidence(value: object) -> float | None:
    if value is None:
        return None
    if type(value) not in (int, float) or not 0 <= value <= 1:  # type: ignore[operator]
        raise CorrectionError("answer.confidence", "confidence")
    return float(value)  # type: ignore[arg-type]


def _run(value: object) -> str | None:
    if value is not None and not (isinstance(value, str) and _RUN.fullmatch(value)):
        raise CorrectionError("answer.run", "run")
    return value
