"""Which score tells a digit from what is none: the largest softmax, the energy, or a head for it.

Asks the networks of one or more runs, as Keras has them, about digits, letters, symbols and
scribbles, all by held-out writers, and prints how well each score keeps digits and others apart
(AUROC), and how many of the others pass where 1 % of the digits are refused.  The energy is the
logarithm of the sum of the exponentials of the ten logits (Liu et al., NeurIPS 2020).

    python -m benchmarks.refusal_scores current RUN
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from recognizer.runs.folder import read_details
from trainer.commands.options import add_data_dir, add_models
from trainer.data.collection import Data, load_data
from trainer.data.location import data_folder
from trainer.data.model_inputs import (
    NetworkInputs,
    drawings_as_direction_maps,
    drawings_as_inputs,
)
from trainer.data.stroke_files import LabelledDrawing
from trainer.evaluation.not_digits import CLEAR, LOOK_ALIKES, Strokes, not_digits
from trainer.evaluation.refusal import REFUSED
from trainer.evaluation.samples import held_out_writers
from trainer.evaluation.separation import Scores, separation
from trainer.export.original import ORIGINAL_FILE, load_original
from trainer.runs.listing import resolve_run

_DRAWING_FILE = "drawing.keras"


def main() -> None:
    """Ask and print, a run after the other."""
    options = _parser().parse_args()
    data = load_data(data_folder(options.data_dir), outliers="required")
    print(_line("run", "score", "others", "AUROC", "95 % interval", "pass", "of"))
    for name in options.runs:
        _measure(resolve_run(options.models, name), data)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "python -m benchmarks.refusal_scores",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("runs", nargs="*", default=["current"], metavar="RUN")
    add_data_dir(parser)
    add_models(parser)
    return parser


def _measure(run: Path, data: Data) -> None:
    details = read_details(run)
    file = _DRAWING_FILE if _DRAWING_FILE in details["files"] else ORIGINAL_FILE
    network = Scorer(run, file)
    digits = network.scores([one.strokes for one in held_out_writers(details, data.drawings)])
    for kind, drawings in _kinds(not_digits(details, data.drawings, data.outliers)).items():
        others = network.scores(drawings)
        for score, wanted in digits.items():
            area = separation(wanted, others[score])
            threshold = np.quantile(wanted, REFUSED, method="lower")
            passed = f"{(others[score] >= threshold).mean():.1%}"
            interval = f"{area.low:.4f} to {area.high:.4f}"
            words = (run.name, score, kind, f"{area.area:.4f}", interval, passed, len(drawings))
            print(_line(*words), flush=True)


def _line(
    run: str, score: str, kind: str, area: str, interval: str, passed: str, of: object
) -> str:
    return f"{run:28}{score:17}{kind:13}{area:>7}  {interval:17}{passed:>7}{of:>6}"


def _kinds(found: Mapping[str, Sequence[Strokes]]) -> dict[str, list[Strokes]]:
    """The clear letters and symbols as one kind, the look-alikes and what is made up as others."""
    clear = [strokes for kind in CLEAR for strokes in found.get(kind, ())]
    made_up = [
        strokes for kind in found if kind not in (*CLEAR, LOOK_ALIKES) for strokes in found[kind]
    ]
    kinds = {"clear": clear, LOOK_ALIKES: list(found.get(LOOK_ALIKES, ())), "made up": made_up}
    return {kind: drawings for kind, drawings in kinds.items() if drawings}


class Scorer:
    """A network of a run, and what it can be asked about how much of a digit something is."""

    def __init__(self, run: Path, file: str) -> None:
        """Raises RunError where the file is not the one that the run was sealed with."""
        network = load_original(run, file)

        import keras  # after load_original has set it up

        digits = [layer for layer in network.layers if layer.name == "probabilities"]
        last = (digits or network.layers)[-1]
        heads = {layer.name: layer.output for layer in network.layers if layer.name == "digitness"}
        self._network = keras.Model(network.inputs, {"features": last.input, **heads})
        self._weights, self._biases = last.get_weights()
        self._reads_directions = len(network.inputs) > 1

    def scores(self, drawings: Sequence[Strokes]) -> dict[str, Scores]:
        """Each score of each drawing, (n,), higher for what is more of a digit."""
        answers = self._network.predict(self._inputs(drawings), batch_size=500, verbose=0)
        logits = answers["features"].astype(np.float64) @ self._weights + self._biases
        highest = logits.max(axis=1)
        energy = highest + np.log(np.exp(logits - highest[:, np.newaxis]).sum(axis=1))
        scores: dict[str, Scores] = {
            "largest softmax": np.exp(highest - energy),
            "energy": energy,
        }
        if "digitness" in answers:
            scores["head"] = answers["digitness"][:, 0].astype(np.float64)
        return scores

    def _inputs(self, drawings: Sequence[Strokes]) -> NetworkInputs:
        unlabelled = [LabelledDrawing(0, "", "", tuple(strokes)) for strokes in drawings]
        pictures = drawings_as_inputs(unlabelled)[0]
        if not self._reads_directions:
            return pictures
        return {"picture": pictures, "directions": drawings_as_direction_maps(unlabelled)}


if __name__ == "__main__":
    main()
