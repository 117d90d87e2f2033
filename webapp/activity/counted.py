"""What of a request is counted: names of counts, and nothing of the drawing or who sent it."""

from __future__ import annotations

from collections.abc import Mapping

from recognizer.prediction import Prediction
from webapp.activity.scales import CONFIDENCE_STEPS, confidence_step, latency_step

KINDS: Mapping[str, str] = {
    "/api/v1/predictions": "drawing",
    "/api/v1/predictions/image": "picture",
}
"""By the route of a prediction: what was sent."""

EXPLAINED = "sent.explanation"  # what an explanation counts as, of a drawing or of a picture
VERDICTS = ("digit", "number", "unsure", "not_a_digit", "blank")
_READ = frozenset({"digit", "number", "unsure"})  # verdicts that come with digits to count
_DIGITS = tuple(f"digit.{digit}" for digit in range(10))
_CONFIDENCES = tuple(f"confidence.{step}" for step in range(len(CONFIDENCE_STEPS)))


def what_counts(
    route: str, status: int, seconds: float, prediction: Prediction | None
) -> list[str]:
    """The counts that one answered request adds one to.

    Args:
        route: the URL rule that answered it.
        status: of the answer; from 400 on it is counted as an error.
        seconds: from the request's start to its answer.
        prediction: what was answered, if it was a prediction.

    Returns:
        names such as ``sent.drawing``, ``verdict.digit``, ``digit.7``, ``confidence.11`` (a step
        of ``CONFIDENCE_STEPS``), ``drawing_seconds.22`` (of :func:`latency_step`), ``status.422``.
    """
    if prediction is None:
        return [f"status.{status}"] if status >= 400 else []
    kind = KINDS.get(route, "drawing")
    names = [
        f"sent.{kind}",
        f"verdict.{prediction.verdict}",
        f"{kind}_seconds.{latency_step(seconds)}",
    ]
    if prediction.verdict in _READ:
        names.append(_CONFIDENCES[confidence_step(prediction.confidence)])
        names.extend(_DIGITS[answer.digit] for answer in prediction.digits)
    return names
