"""Try a run on drawings and pictures whose answers are known, before it answers anybody.

Checksums tell that a run is the one that was sealed; this tells that it recognises anything.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from recognizer.errors import RunError
from recognizer.geometry import draw
from recognizer.known_drawings import DIGITS, NUMBER, SCRIBBLE, SEVEN, KnownDrawing
from recognizer.prediction import Prediction
from recognizer.recognizer import Recognizer
from recognizer.runs.loaded_run import LoadedRun

_TOLERANCE = 1e-3  # of a probability
_MOST_MISREAD = 1  # of the ten digits; exchanged outputs make it two at least


def self_test(run: LoadedRun) -> None:
    """See that a run reads what everybody can read.

    That is a 7, which it must be sure of, and the ten digits, of which it may misread one, each as
    a drawing and as a picture; a run whose network tells digitness must read a number of two
    digits and refuse a scribble, too.  What explains the 7 must come to the same probabilities.

    Raises:
        RunError: it does not; the message says what it answered.
    """
    _try(run)
    if run.exact is not run:  # known drawings are plain to its quick form
        _try(run.exact)
    if run.drawing_explainer is not None:
        _try_explanation(run)


def _try(run: LoadedRun) -> None:
    recognizer = Recognizer(run)
    drawn = [recognizer.recognize(known.drawing) for known in DIGITS]
    pictured = [recognizer.recognize_picture(_picture(known)) for known in DIGITS]
    for kind, answers in (("drawing", drawn), ("picture", pictured)):
        _expect(run, kind, SEVEN, answers[7])
        _expect_digits(run, kind, answers)
    if run.drawing_engine.tells_digitness:
        for known in (NUMBER, SCRIBBLE):
            _expect(run, "drawing", known, recognizer.recognize(known.drawing))


def _expect(run: LoadedRun, kind: str, known: KnownDrawing, answer: Prediction) -> None:
    if (answer.verdict, answer.text) != (known.verdict, known.text):
        raise RunError(
            f"{run.name}: a known {kind} was answered with {answer.verdict} {answer.text!r}, "
            f"not with {known.verdict} {known.text!r}"
        )


def _expect_digits(run: LoadedRun, kind: str, answers: Sequence[Prediction]) -> None:
    texts = [answer.text for answer in answers]
    misread = sum(text != known.text for text, known in zip(texts, DIGITS, strict=True))
    if misread > _MOST_MISREAD:
        read = ", ".join(text or "none" for text in texts)
        raise RunError(f"{run.name}: known {kind}s of the digits 0 to 9 are read as {read}")


def _try_explanation(run: LoadedRun) -> None:
    recognizer = Recognizer(run)
    drawn, pictured = recognizer.explain(SEVEN.drawing), recognizer.explain_picture(_picture(SEVEN))
    for kind, explanation in (("drawing", drawn), ("picture", pictured)):
        logits = explanation.workings.logits / explanation.temperature
        odds = np.exp(logits - logits.max())
        told = explanation.prediction.digits[0].probabilities
        if not np.allclose(odds / odds.sum(), told, atol=_TOLERANCE):
            raise RunError(f"{run.name}: what explains a known {kind} is another network's")


def _picture(known: KnownDrawing) -> bytes:
    """The drawing as a PNG in MNIST's form."""
    ink = draw([stroke.points for stroke in known.drawing.strokes])
    png: np.ndarray = cv2.imencode(".png", ink)[1]
    return png.tobytes()
