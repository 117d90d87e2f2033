"""The gates that the served networks are the trained ones: ONNX Runtime answers as Keras does.

The trainer compares them when it writes a run and stores the difference; since the
checksums say that both files are still the same, so is the difference.  Only for a
run that stores none is Keras asked again.
"""

from __future__ import annotations

from pathlib import Path

from recognizer.cascade import Cascade
from recognizer.errors import RunError
from recognizer.runs.loaded_run import LoadedRun
from trainer.data.collection import Data
from trainer.data.model_inputs import images_as_inputs
from trainer.export.formats import keras_answers
from trainer.export.proof import TOLERANCE, largest_difference
from trainer.release.gate import Gate, not_measurable
from trainer.runs.details import QuantizedFacts, parse_details

SAME_ANSWERS = 0.999
MOST_MOVED = 0.02  # digitness

_NAME = "parity"
_PICTURES = 1_000


def quantized_gate(run: LoadedRun) -> Gate | None:
    """Whether the quick network, as it is served, answers as its exact form does.

    None for a run without one.
    """
    name = "quantized_parity"
    if not isinstance(run.drawing_engine, Cascade):
        return None
    stored = parse_details(run.details).quantized or QuantizedFacts()
    same, moved = stored.same_answers, stored.largest_digitness_difference
    if same is None or moved is None:
        return not_measurable(name, "share", SAME_ANSWERS, "run.json does not tell it")
    passed = same >= SAME_ANSWERS and moved <= MOST_MOVED
    sentence = (
        "held-out drawings with the same digit and verdict from the 8-bit network as from the "
        f"exact one; digitness differs by {moved:.1e} at most, {MOST_MOVED:g} is allowed"
    )
    return Gate(name, same, SAME_ANSWERS, passed, sentence, "share")


def parity_gate(run: LoadedRun, folder: Path, data: Data | None) -> Gate:
    """Whether no probability differs by more than the exporter's tolerance.

    Args:
        run: that may be served.
        folder: of the run, with the network as Keras stored it.
        data: to measure with what run.json does not tell; None where there is none.
    """
    stored = parse_details(run.details).main_network.largest_difference_to_keras
    if stored is not None:
        return _gate(stored, "when the run was made")
    if data is None:
        return not_measurable(_NAME, "probability", TOLERANCE, "run.json does not tell it")
    try:
        return _gate(_measured(run, folder, data), "measured now")
    except ImportError as error:
        return not_measurable(_NAME, "probability", TOLERANCE, f"Keras is needed: {error}")
    except RunError as error:
        return not_measurable(_NAME, "probability", TOLERANCE, str(error))


def _measured(run: LoadedRun, folder: Path, data: Data) -> float:
    from trainer.export.original import load_original

    pictures, _ = images_as_inputs(data.mnist.test[:_PICTURES])
    expected = keras_answers(load_original(folder), pictures)
    return largest_difference(run.engine.probabilities(pictures), expected)


def _gate(difference: float, when: str) -> Gate:
    sentence = f"largest difference of ONNX Runtime to Keras on real images, {when}"
    return Gate(_NAME, difference, TOLERANCE, difference <= TOLERANCE, sentence, "probability")
