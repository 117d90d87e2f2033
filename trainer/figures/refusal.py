"""How well digits are told from what is none, by writers and sites that were held out.

AUROC is how often a real digit scores above something else, with DeLong's interval.  "Accepted" is
what passes at the run's thresholds, or, where it has none, at those below which 1 % of the real
digits would fall.  Look-alikes (O, l, S, q and so on) are letters and symbols that anybody may take
for digits; scribbles, dots, crossed-out and doubled digits are made up here.  "Answered" goes
through the recogniser as it is served, mode `auto`: what it calls a digit or a number.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from recognizer.outputs import NetworkOutputs
from recognizer.recognizer import Recognizer
from recognizer.runs.calibration import Thresholds
from recognizer.runs.loaded_run import LoadedRun
from recognizer.strokes import Drawing, Stroke
from trainer.data.collection import load_data
from trainer.data.outliers import load_outliers
from trainer.evaluation.not_digits import CLEAR, Strokes, not_digits
from trainer.evaluation.refusal import RefusalMeasurement, measure_refusal, refused_by_others
from trainer.evaluation.samples import held_out_writers
from trainer.evaluation.separation import Scores, separation
from trainer.figures.figure import Figure, share

ALL_CLEAR = "clear letters and symbols"
REFUSED_BY_OTHERS = "real digits refused, thresholds chosen on other writers"
HEADLINES = (
    (f"drawings · {ALL_CLEAR}", "AUROC, digitness"),
    (f"drawings · {ALL_CLEAR}", "accepted"),
    ("", REFUSED_BY_OTHERS),
)
_ANSWERS = ("digit", "number")  # the verdicts that claim to know


def measure(run: LoadedRun, data_folder: Path) -> list[Figure]:
    """Both kinds of errors, of drawings and of the same drawings sent as pictures.

    Raises:
        DataError: a data set is missing or damaged.
    """
    data, outliers = load_data(data_folder), load_outliers(data_folder)
    of_drawings = measure_refusal(run, data.drawings, outliers)
    of_pictures = measure_refusal(run, data.drawings, outliers, as_pictures=True)
    if of_drawings is None or of_pictures is None:
        return []
    digits = [drawing.strokes for drawing in held_out_writers(run.details, data.drawings)]
    kinds: dict[str, Sequence[Strokes]] = {"real digits": digits}
    kinds.update(not_digits(run.details, data.drawings, outliers))
    return [
        *_digits(of_drawings),
        _images(run, list(data.mnist.test.ink), of_pictures.thresholds),
        *_kinds("drawings", of_drawings),
        *_answered(Recognizer(run), kinds),
        *_kinds("the same as pictures", of_pictures),
    ]


def _digits(measured: RefusalMeasurement) -> Iterator[Figure]:
    total = len(measured.digits)
    scores = measured.digits.digitness
    yield share("real digits refused", measured.digits_refused, total)
    if len(set(measured.authors)) > 1:
        refused = refused_by_others(scores, measured.authors)
        yield share(REFUSED_BY_OTHERS, int(refused.sum()), total)
    yield share("real digits told as a guess only", measured.digits_unsure, total)


def _images(run: LoadedRun, inks: Sequence[np.ndarray], thresholds: Thresholds) -> Figure:
    refused = ~thresholds.accept(run.ask_pictures(inks))
    return share("MNIST test images refused", int(refused.sum()), len(inks))


def _kinds(title: str, measured: RefusalMeasurement) -> Iterator[Figure]:
    clear = [measured.others[kind] for kind in CLEAR if kind in measured.others]
    if clear:
        yield from _kind(title, ALL_CLEAR, measured, _together(clear))
    for kind, outputs in measured.others.items():
        yield from _kind(title, kind, measured, outputs)


def _kind(
    title: str, kind: str, measured: RefusalMeasurement, outputs: NetworkOutputs
) -> Iterator[Figure]:
    row, digits = f"{title} · {kind}", measured.digits
    yield _auroc("AUROC, digitness", row, digits.digitness, outputs.digitness)
    yield _auroc("AUROC, maximum softmax", row, digits.confidences, outputs.confidences)
    is_accepted = measured.thresholds.accept(outputs)
    is_sure = outputs.confidences >= measured.thresholds.confidence
    yield share("accepted", int(is_accepted.sum()), len(outputs), row)
    yield share("and sure", int((is_accepted & is_sure).sum()), len(outputs), row)


def _auroc(name: str, row: str, digits: Scores, others: Scores) -> Figure:
    return Figure(name, *separation(digits, others), len(others), "", row)


def _answered(recognizer: Recognizer, kinds: Mapping[str, Sequence[Strokes]]) -> Iterator[Figure]:
    for kind, drawings in kinds.items():
        asked = [Drawing(tuple(Stroke(points) for points in one)) for one in drawings]
        answered = sum(
            prediction.verdict in _ANSWERS for prediction in recognizer.recognize_all(asked)
        )
        yield share("answered", answered, len(asked), f"as served · {kind}")


def _together(outputs: Sequence[NetworkOutputs]) -> NetworkOutputs:
    return NetworkOutputs(
        np.concatenate([one.probabilities for one in outputs]),
        np.concatenate([one.digitness for one in outputs]),
    )
