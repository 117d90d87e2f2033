"""POST /api/v1/predictions: a drawing in, what it says out.

The rules of a drawing are enforced by :func:`recognizer.strokes.parse_drawing`
alone, so the body goes there as it came.
"""

from collections.abc import Mapping

import msgspec
from apiflask import APIBlueprint
from flask import Response
from werkzeug.exceptions import UnsupportedMediaType

from recognizer.limits import MAX_DRAWING_BYTES, in_mebibytes
from recognizer.strokes import parse_drawing
from webapp.api.documentation import NO_MODEL, TOO_OFTEN, problem_responses
from webapp.api.schemas import PREDICTION_EXAMPLE, Prediction
from webapp.dynamic_batching import recognize_in_batch
from webapp.limiting import rate_limit
from webapp.limiting.concurrency import COMPUTING
from webapp.services import services
from webapp.telemetry.metrics import stage
from webapp.tracked_request import TrackedRequest, current_request

_MEANINGS = {
    400: "The body is not JSON.",
    413: f"The body is larger than {in_mebibytes(MAX_DRAWING_BYTES)}.",
    415: "The body is not sent as JSON.",
    422: "A field breaks a rule; `field` names it.",
    429: TOO_OFTEN,
    503: NO_MODEL,
}

bp = APIBlueprint("predictions", __name__, url_prefix="/api/v1", tag="Predictions")


@bp.post("/predictions")
@bp.output(Prediction, description="What the drawing says.", example=PREDICTION_EXAMPLE)
@bp.doc(operation_id="createPrediction", responses=problem_responses(_MEANINGS))
def create_prediction() -> Response:
    """Recognise a drawing.

    Send the strokes as they were drawn, in any unit and size: position, scale and the
    number of points do not change the answer. Nothing is stored.
    """
    request = current_request()
    rate_limit.consume(request)
    with COMPUTING:
        with stage(request, "drawing", "parse"):
            drawing = parse_drawing(read_json_body(request))
        with stage(request, "drawing", "recognise"):
            prediction = recognize_in_batch(services().recognizer, drawing)
    request.predictions = (prediction,)
    request.facts.update(run=prediction.model.run, verdict=prediction.verdict)
    with stage(request, "drawing", "serialise"):
        return write_json(prediction.to_json())


def read_json_body(request: TrackedRequest) -> bytes:
    """The body as it came, if it is said to be JSON.

    Raises:
        UnsupportedMediaType: it is said to be something else, or compressed.
    """
    if not request.is_json or request.is_encoded:
        raise UnsupportedMediaType
    return request.get_data(cache=False)


def write_json(answer: Mapping[str, object]) -> Response:
    """An answer as JSON."""
    return Response(_encode(answer) + b"\n", content_type="application/json")


_encode = msgspec.json.Encoder().encode
