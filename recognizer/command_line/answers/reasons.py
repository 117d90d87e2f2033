"""Why an answer is what it is: the scores of each digit, beside the run's thresholds."""

from __future__ import annotations

from recognizer.prediction import DigitAnswer, Prediction
from recognizer.runs.settlement import Thresholds
from recognizer.verdicts import refused_below


def reason_of(prediction: Prediction, thresholds: Thresholds) -> str:
    """A line for people; it holds neither tabs nor ends of lines.

    Args:
        prediction: the answer.
        thresholds: of the run that gave it, for drawings or for pictures.
    """
    if not prediction.digits:
        return "there is no ink"
    digits = "; ".join(map(_scores, prediction.digits))
    return (
        f"{digits} (unsure: digitness below {thresholds.digitness:.3f} or confidence below "
        f"{thresholds.confidence:.3f}; not a digit: no digitness reaches "
        f"{refused_below(thresholds):.3f})"
    )


def _scores(digit: DigitAnswer) -> str:
    known = "never refused" if digit.digitness is None else f"digitness {digit.digitness:.3f}"
    doubt = ", doubtful" if digit.is_doubtful else ""
    return f"{digit.digit}: {known}, confidence {digit.confidence:.3f}{doubt}"
