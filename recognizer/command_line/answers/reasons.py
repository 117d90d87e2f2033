"""Why an answer is what it is: the scores of each digit, beside the run's thresholds."""

from __future__ import annotations

from recognizer.prediction import DigitAnswer, Prediction
from recognizer.runs.calibration import Thresholds
from recognizer.verdicts import refused_below


def reason_of(prediction: Prediction, thresholds: Thresholds) -> str:
    """A line for people; it holds neither tabs nor ends of lines.

    Args:
        prediction: the answer.
        thresholds: of the run that gave it, for drawings or for pictures.
    """
    if not prediction.digits:
        return "there is no ink"
    return "; ".join(_scores(digit, thresholds) for digit in prediction.digits)


def _scores(digit: DigitAnswer, thresholds: Thresholds) -> str:
    known = "never refused"
    if digit.digitness is not None:
        doubted = thresholds.digitness[digit.digit]
        known = (
            f"digitness {digit.digitness:.3f} (unsure below {doubted:.3f}, "
            f"no digit below {refused_below(thresholds, digit.digit):.3f})"
        )
    doubt = ", doubtful" if digit.is_doubtful else ""
    sure = f"confidence {digit.confidence:.3f} (unsure below {thresholds.confidence:.3f})"
    return f"{digit.digit}: {known}, {sure}{doubt}"
