"""POST /api/v1/predictions: a drawing in, what it says out.

The rules of a drawing are enforced by :func:`recognizer.strokes.parse_drawing`
alone, so the body goes there as it came.
"""

from apiflask import APIBlueprint
from flask import Response, jsonify, request
from werkzeug.exceptions import UnsupportedMediaType

from recognizer.strokes import parse_drawing
from webapp.api.documentation import NO_MODEL, problem_responses
from webapp.api.schemas import PREDICTION_EXAMPLE, Prediction
from webapp.operations.metrics import count_prediction
from webapp.operations.request_log import note
from webapp.services import services

_MEANINGS = {
    400: "The body is not JSON.",
    413: "The body is larger than 1 MiB.",
    415: "The body is not sent as JSON.",
    422: "A field breaks a rule; `field` names it.",
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
    prediction = services().recognizer.recognize(parse_drawing(_json_body()))
    count_prediction(prediction)
    note(run=prediction.model.run, verdict=prediction.verdict)
    return jsonify(prediction.to_json())


def _json_body() -> bytes:
    if not request.is_json or request.headers.get("Content-Encoding", "identity") != "identity":
        raise UnsupportedMediaType
    return request.get_data(cache=False)
