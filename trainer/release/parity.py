"""The gates that the served networks are the trained ones: ONNX Runtime answers as Keras does.

The trainer compares them when it writes a run and stores the difference; since the
checksums say that both files are still the same, so is the difference.  Only for a
run that stores none is Keras asked again.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from recognizer.cascade import Cascade
from recognizer.engine import DIGITS, Engine
from recognizer.errors import RunError
from recognizer.runs.loaded_run import LoadedRun
from trainer.data.collection import Data
from trainer.data.model_inputs import real_inputs
from trainer.export.formats import keras_answers
from trainer.export.proof import TOLERANCE, largest_difference
from trainer.release.gate import Gate, not_measurable
from trainer.runs.details import QuantizedFacts, facts_of_served_networks, parse_details

SAME_ANSWERS = 0.999
MOST_MOVED = 0.02  # digitness

_NAME = "parity"


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
    """Whether no probability of a served network differs by more than the exporter's tolerance.

    Args:
        run: that may be served.
        folder: of the run, with its networks as Keras stored them.
        data: to measure with what run.json does not tell; None where there is none.
    """
    stored = [facts.largest_difference_to_keras for facts in facts_of_served_networks(run)]
    told = [difference for difference in stored if difference is not None]
    if len(told) == len(stored):
        return _gate(max(told), "when the run was made")
    if data is None:
        return not_measurable(_NAME, "probability", TOLERANCE, "run.json does not tell it")
    try:
        return _gate(_measured(run, folder, data), "measured now")
    except ImportError as error:
        return not_measurable(_NAME, "probability", TOLERANCE, f"Keras is needed: {error}")
    except RunError as error:
        return not_measurable(_NAME, "probability", TOLERANCE, str(error))


def _measured(run: LoadedRun, folder: Path, data: Data) -> float:
    from trainer.export.original import ORIGINAL_DRAWING_FILE, ORIGINAL_FILE, load_original

    engines: dict[str, Engine | Cascade] = {ORIGINAL_FILE: run.engine}
    if run.drawing_engine is not run.engine:
        engines[ORIGINAL_DRAWING_FILE] = run.exact.drawing_engine
    differences = []
    for file, engine in engines.items():
        inputs = real_inputs(data, reads_directions=engine.reads_directions)
        arrays = inputs.values() if isinstance(inputs, dict) else [inputs]
        expected = keras_answers(load_original(folder, file), inputs)[:, :DIGITS]
        differences.append(largest_difference(engine.ask(*arrays)[0], expected))
    return float(np.max(differences))  # NaN where any is, unlike max()


def _gate(difference: float, when: str) -> Gate:
    sentence = f"largest difference of ONNX Runtime to Keras on real samples, {when}"
    return Gate(_NAME, difference, TOLERANCE, difference <= TOLERANCE, sentence, "probability")
