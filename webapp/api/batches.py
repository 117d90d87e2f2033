"""POST /api/v1/predictions/batch: several drawings in, an answer to each out.

For programs that have many drawings: one request costs what HTTP costs once, and the network is
asked about many drawings together.
"""

from apiflask import APIBlueprint
from flask import Response

from recognizer.batches import parse_drawings
from recognizer.limits import MAX_DRAWING_BYTES, in_mebibytes
from webapp.api.documentation import NO_MODEL, TOO_OFTEN, problem_responses
from webapp.api.predictions import read_json_body, write_json
from webapp.api.schemas import PREDICTION_EXAMPLE, Predictions
from webapp.limiting import rate_limit
from webapp.limiting.concurrency import COMPUTING
from webapp.request_log import note
from webapp.services import services
from webapp.telemetry.metrics import stage
from webapp.tracked_request import current_request

_MEANINGS = {
    400: "The body is not JSON.",
    413: f"The body is larger than {in_mebibytes(MAX_DRAWING_BYTES)}.",
    415: "The body is not sent as JSON.",
    422: "A field breaks a rule; `field` names it, as in `drawings[3].strokes[0].x`.",
    429: TOO_OFTEN,
    503: NO_MODEL,
}

bp = APIBlueprint("batches", __name__, url_prefix="/api/v1", tag="Predictions")


@bp.post("/predictions/batch")
@bp.output(
    Predictions,
    description="What each drawing says, in their order, all by the same run.",
    example={"predictions": [PREDICTION_EXAMPLE]},
)
@bp.doc(operation_id="createPredictions", responses=problem_responses(_MEANINGS))
def create_predictions() -> Response:
    """Recognise several drawings.

    At most 64 of them, which together may have the strokes, points and bytes that a single one
    may have. If one cannot be read, none is answered. Nothing is stored.
    """
    request = current_request()
    with stage(request, "batch", "parse"):
        drawings = parse_drawings(read_json_body(request))
    rate_limit.consume(request, max(1, len(drawings)))
    with COMPUTING, stage(request, "batch", "recognise"):
        predictions = services().recognizer.recognize_all(drawings)
    request.predictions = predictions
    note(drawings=len(predictions))
    with stage(request, "batch", "serialise"):
        return write_json({"predictions": [prediction.to_json() for prediction in predictions]})
