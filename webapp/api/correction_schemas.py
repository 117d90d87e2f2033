"""The contract's JSON of corrections as pydantic models, for the OpenAPI document.

They describe and do not check: a correction is checked once, by :mod:`webapp.corrections.reading`.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from recognizer.limits import MAX_STROKES
from recognizer.photos.kept_ink import MAX_ADDRESS
from webapp.api.schemas import Probability, Stroke

CORRECTION_EXAMPLE: JsonDict = {
    "prediction": "0d6f3c1e9a7b45c8",
    "label": "1",
    "strokes": [{"x": [20, 80, 76, 60, 48], "y": [20, 20, 34, 70, 110]}],
    "answer": {
        "text": "7",
        "verdict": "digit",
        "confidence": 0.998,
        "run": "20261120T231500Z-ink",
    },
}

KEPT_EXAMPLE = {
    "id": "9f0c6a55b1d14e0c8f3b7d2a60e1c4aa",
    "token": "q0vJ8n1Yl3mXx9oGm3m0b1mDq3S2n5yKqk7fXo8d2aE",
}


class CorrectedAnswer(BaseModel):
    """What had been answered; every field may be left out."""

    text: str | None = Field(None, description="Digits, or empty.")
    verdict: Literal["digit", "number", "unsure", "not_a_digit", "blank"] | None = None
    confidence: Probability | None = None
    run: str | None = Field(None, description="The `run` of the answer's `model`.")


class Correction(BaseModel):
    """What a drawing was, said by whoever drew it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [CORRECTION_EXAMPLE],
            "oneOf": [{"required": ["strokes"]}, {"required": ["image"]}],
        }
    )

    label: str = Field(
        description="1 to 32 digits, or empty: it is not a digit.", pattern="^[0-9]{0,32}$"
    )
    strokes: Annotated[list[Stroke], Field(max_length=MAX_STROKES)] | None = Field(
        None, description="As for a prediction, with at least one point."
    )
    image: str | None = Field(
        None,
        description="In place of strokes: the `image` of a digit in the answer to a picture. Its "
        "ink is kept, 28x28 pixels, and nothing else of it.",
        max_length=MAX_ADDRESS,
    )
    mode: Literal["auto", "digit", "number"] | None = Field(
        "auto", description="As for a prediction."
    )
    prediction: str | None = Field(
        None,
        description="The `id` of the answer: of several with the same, the last one counts.",
        pattern="^[0-9A-Za-z_-]{16,64}$",
    )
    answer: CorrectedAnswer | None = None
    origin: Literal["correction", "practice"] | None = Field(
        "correction",
        description="`practice`: written on the practice page, where the label was asked for.",
    )


class KeptCorrection(BaseModel):
    """A correction that is kept."""

    id: str
    token: str = Field(description="A secret that takes it back; it is told only here.")
