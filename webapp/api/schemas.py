"""The contract's JSON as pydantic models: what the OpenAPI document says about it.

They describe and do not check: a drawing is checked once, by
:mod:`recognizer.strokes`, whose limits are quoted here.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from recognizer.limits import (
    MAX_BATCH_DRAWINGS,
    MAX_PICTURE_BYTES,
    MAX_PICTURE_MEGAPIXELS,
    MAX_POINTS,
    MAX_STROKES,
    in_mebibytes,
)

Coordinates = Annotated[list[float], Field(max_length=MAX_POINTS)]
Probability = Annotated[float, Field(ge=0, le=1)]
Pressures = Annotated[list[Probability], Field(max_length=MAX_POINTS)]

DRAWING_EXAMPLE: JsonDict = {
    "strokes": [
        {"x": [20, 80, 76, 60, 48], "y": [20, 20, 34, 70, 110], "t": [0, 90, 120, 180, 260]}
    ],
    "mode": "auto",
}

PREDICTION_EXAMPLE = {
    "id": "0d6f3c1e9a7b45c8",
    "verdict": "digit",
    "text": "7",
    "confidence": 0.998,
    "digits": [
        {
            "digit": 7,
            "confidence": 0.998,
            "digitness": 0.999,
            "doubtful": False,
            "probabilities": [0, 0.001, 0.0005, 0, 0, 0, 0, 0.998, 0, 0.0005],
            "strokes": [0],
            "box": {"x": 20, "y": 20, "width": 60, "height": 90},
            "image": "data:image/png;base64,iVBORw0KGgo=",
        }
    ],
    "left_out": [],
    "model": {"run": "20261120T231500Z-ink", "recipe": "ink"},
}

PICTURE_PREDICTION_EXAMPLE = {
    **PREDICTION_EXAMPLE,
    "verdict": "number",
    "text": "42",
    "confidence": 0.991,
    "digits": [
        {
            "digit": digit,
            "confidence": 0.995,
            "digitness": 0.998,
            "doubtful": False,
            "probabilities": [0.995 if other == digit else 0.0005 for other in range(9)] + [0.001],
            "strokes": [],
            "box": {"x": left, "y": 402, "width": 96, "height": 171},
            "image": "data:image/png;base64,iVBORw0KGgo=",
        }
        for digit, left in ((4, 310), (2, 425))
    ],
}


class Stroke(BaseModel):
    """One movement of the pen, from pen down to pen up; one point is a dot."""

    x: Coordinates = Field(description="Left to right, in any unit.")
    y: Coordinates = Field(description="Top to bottom, as many as x.")
    t: Coordinates | None = Field(None, description="Milliseconds, as many as x.")
    p: Pressures | None = Field(None, description="Pressure of the pen, as many as x.")


class Drawing(BaseModel):
    """Strokes in the order they were drawn."""

    model_config = ConfigDict(json_schema_extra={"examples": [DRAWING_EXAMPLE]})

    strokes: Annotated[list[Stroke], Field(max_length=MAX_STROKES)] = Field(
        description=f"With at most {MAX_POINTS:,} points in all; none at all is a blank drawing."
    )
    mode: Literal["auto", "digit", "number"] | None = Field(
        "auto",
        description="`digit`: one digit, whatever it looks like; `number`: several digits.",
    )
    images: bool | None = Field(
        True, description="Whether the answer shall hold a picture of each digit."
    )


class Drawings(BaseModel):
    """Several drawings in one request."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"drawings": [DRAWING_EXAMPLE]}]})

    drawings: Annotated[list[Drawing], Field(max_length=MAX_BATCH_DRAWINGS)] = Field(
        description=f"With at most {MAX_STROKES} strokes and {MAX_POINTS:,} points in all."
    )
    images: bool | None = Field(
        True, description="Whether the answers shall hold pictures; `false` is for all drawings."
    )


class Picture(BaseModel):
    """A form with a picture of digits."""

    image: Annotated[str, Field(json_schema_extra={"format": "binary"})] = Field(
        description=(
            f"The file: PNG, JPEG, WebP, BMP or GIF, of at most {in_mebibytes(MAX_PICTURE_BYTES)} "
            f"and {MAX_PICTURE_MEGAPIXELS} megapixels. "
            "What it is counts, not what it is called."
        )
    )
    mode: Literal["auto", "digit", "number"] = Field(
        "auto", description="`digit`: one digit; `number`: several digits."
    )
    images: bool = Field(True, description="Whether the answer shall hold a picture of each digit.")


class Box(BaseModel):
    """The smallest upright box around ink, in the drawing's own unit or in picture pixels."""

    x: float
    y: float
    width: float
    height: float


class Digit(BaseModel):
    """The best guess at one digit."""

    digit: int = Field(ge=0, le=9)
    confidence: Probability = Field(
        description="Calibrated: of ten answers at 0.9, nine are right."
    )
    digitness: Probability | None = Field(
        description="How likely it is one whole digit at all; null from a network that takes "
        "everything for one."
    )
    doubtful: bool = Field(description="Whether this digit is why the answer is `unsure`.")
    probabilities: list[Probability] = Field(
        description="Of the digits 0 to 9, of sum 1.", min_length=10, max_length=10
    )
    strokes: list[int] = Field(
        description="Which strokes make the digit, by index; none in a picture."
    )
    box: Box
    image: str | None = Field(
        None,
        description="What the network saw: a PNG of 28x28 pixels, as a data URI. Left out where "
        "the request has `images: false`.",
    )


class LeftOut(BaseModel):
    """Ink that is not read as a digit: a minus, a comma, a colon, a slash."""

    strokes: list[int] = Field(description="Which strokes it is, by index; none in a picture.")
    box: Box


class ModelName(BaseModel):
    """The run that answered, and the recipe it was trained by."""

    run: str
    recipe: str


class Prediction(BaseModel):
    """What a drawing or a picture says."""

    id: str = Field(description="A name for this answer that no other has.")
    verdict: Literal["digit", "number", "unsure", "not_a_digit", "blank"]
    text: str = Field(description="The digits read; empty for `blank` and `not_a_digit`.")
    confidence: Probability
    digits: list[Digit] = Field(
        description="The best guess, in reading order; empty only for `blank`."
    )
    left_out: list[LeftOut] = Field(
        description="Ink that is not read as a digit; with any the answer is `unsure`, or none."
    )
    model: ModelName


class Predictions(BaseModel):
    """What several drawings say."""

    predictions: list[Prediction] = Field(description="One for each drawing, in their order.")


class CurrentModel(BaseModel):
    """The run that answers; null stands for what its run.json does not tell."""

    run: str
    recipe: str
    parameters: int | None = Field(description="How many numbers its network learnt.")
    labels: list[str] = Field(description="What the ten outputs mean, in order.")
    metrics: dict[str, Any] | None = Field(description="The figures `trainer evaluate` measured.")
    preprocessing_version: int
    calibration: dict[str, Any] | None
    times: dict[str, Any] | None = Field(description="When it was trained, and for how long.")
    datasets: dict[str, dict[str, Any]] = Field(description="What it learnt from.")


class FieldError(BaseModel):
    """One field that cannot be used."""

    field: str = Field(description="Its path, as in `strokes[2].y`; `$` is the whole body.")
    detail: str


class Problem(BaseModel):
    """Problem details (RFC 9457), in the caller's language."""

    type: str = Field(
        description="`about:blank`, or an address that explains this sort of problem."
    )
    title: str
    status: int
    detail: str
    field: str | None = Field(
        None,
        description="With 422, and of pictures 400, 413 and 415: the field or header that cannot "
        "be used.",
    )
    errors: list[FieldError] | None = Field(None, description="With `field`: every such field.")


class Liveness(BaseModel):
    """This process answers."""

    status: Literal["alive"]


class Readiness(BaseModel):
    """Whether this process recognises a known digit."""

    status: Literal["ready", "unready"]
    reasons: list[str] = Field(description="Why it is not ready; empty when it is.")
    warnings: list[str] = Field(
        description="What is wrong though drawings are answered: run, database, queue, disk."
    )
