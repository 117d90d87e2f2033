"""The JSON of explanations as pydantic models: what the OpenAPI document says about it."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from webapp.api.schemas import (
    DRAWING_EXAMPLE,
    PREDICTION_EXAMPLE,
    Box,
    Drawing,
    Picture,
    Prediction,
    Probability,
)

_TenNumbers = Annotated[list[float], Field(min_length=10, max_length=10)]
_EvidenceMaps = Annotated[list[list[list[float]]], Field(min_length=10, max_length=10)]
_WHICH = "Which of the answer's digits shall be explained, counted from 0."
_QUESTION_EXAMPLE: JsonDict = {**DRAWING_EXAMPLE, "digit": 0}


class ExplainedDrawing(Drawing):
    """A drawing, and which digit of its answer shall be explained."""

    model_config = ConfigDict(json_schema_extra={"examples": [_QUESTION_EXAMPLE]})

    digit: int | None = Field(0, ge=0, description=_WHICH)


class ExplainedPicture(Picture):
    """A form with a picture of digits, and which of them shall be explained."""

    digit: int = Field(0, ge=0, description=_WHICH)


class FeatureMap(BaseModel):
    """One map of a layer, in numbers."""

    channel: int = Field(ge=0, description="Its place on the sheet, row by row.")
    mean: float = Field(description="The mean of its numbers: how active it is.")
    largest: float = Field(description="The largest of its numbers.")
    row: int = Field(ge=0, description="Where that lies, from the top.")
    column: int = Field(ge=0, description="Where that lies, from the left.")


class Layer(BaseModel):
    """The feature maps of one layer; all of them show the same square as the 28x28 picture."""

    name: str
    channels: int = Field(description="How many maps there are.")
    height: int = Field(description="Of a map.")
    width: int = Field(description="Of a map.")
    columns: int = Field(description="How many maps stand beside each other on the sheet.")
    maps: list[FeatureMap] = Field(description="The most active first.")
    image: str | None = Field(
        None,
        description="All maps on one grey PNG, as a data URI: 0 is 0, and 255 the largest number "
        "of the layer. Left out where the request has `images: false`.",
    )


class Thresholds(BaseModel):
    """What decides between an answer, a doubt and a refusal."""

    not_a_digit: Probability = Field(description="A digitness below this is a refusal.")
    digitness: Probability = Field(description="Below this, the answer is `unsure`.")
    confidence: Probability = Field(description="Below this, the answer is `unsure`.")


class Explanation(BaseModel):
    """An answer, and how one of its digits came about."""

    prediction: Prediction = Field(
        description="By the float network alone, which is the one that is explained."
    )
    digit: int = Field(ge=0, description="Which of its digits is explained.")
    evidence: _EvidenceMaps = Field(
        description="For each of the digits 0 to 9 a map, in rows: what each place of the picture "
        "adds to the digit's logit; below 0 it speaks against the digit."
    )
    bias: _TenNumbers = Field(description="Of each digit, wherever the ink lies.")
    logits: _TenNumbers = Field(
        description="Of each digit: its bias and all numbers of its map together."
    )
    temperature: float = Field(
        description="softmax(logits / temperature) are the digit's probabilities."
    )
    digitness: Probability | None
    thresholds: Thresholds
    directions: Layer | None = Field(
        description="The direction maps: channel k is where the pen moved in the direction of "
        "k * 45 degrees, 0 to the right and 2 downwards. Null where the network read none."
    )
    layers: list[Layer] = Field(description="In the network's order.")
    frame: Box | None = Field(
        description="The square of the drawing that the 28x28 picture shows, in the drawing's own "
        "unit; null for a picture, and for a dot."
    )


_LAYER: dict[str, Any] = {
    "channels": 1, "height": 1, "width": 2, "columns": 1,
    "maps": [{"channel": 0, "mean": 0.6, "largest": 1.2, "row": 0, "column": 1}],
    "image": "data:image/png;base64,iVBORw0KGgo=",
}  # fmt: skip
EXPLANATION_EXAMPLE: dict[str, Any] = {
    "prediction": PREDICTION_EXAMPLE,
    "digit": 0,
    "evidence": [[[-0.5, -0.75]]] * 7 + [[[3.0, 1.25]]] + [[[-0.5, -1.0]]] * 2,
    "bias": [-0.25] * 7 + [0.25] + [-0.25] * 2,
    "logits": [-1.5] * 7 + [4.5] + [-1.75] * 2,
    "temperature": 0.66,
    "digitness": 0.999,
    "thresholds": {"not_a_digit": 0.5, "digitness": 0.832, "confidence": 0.9},
    "directions": {"name": "directions", **_LAYER},
    "layers": [{"name": "layer_1", **_LAYER}],
    "frame": {"x": 2.5, "y": 0, "width": 143, "height": 143},
}
