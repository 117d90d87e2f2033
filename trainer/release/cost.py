"""Gates about what a run costs whoever serves it: time a drawing, parameters, bytes."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from recognizer.engine import Engine
from recognizer.runs.folder import MODEL_FILE
from recognizer.runs.loaded_run import LoadedRun
from trainer.export.pictures import drawn_digits
from trainer.release.gate import Gate, not_measurable
from trainer.runs.details import parse_details

NEGLIGIBLE_MS = 0.5  # what the web server spends on a drawing besides the network
MOST_MS = 2.0  # of one drawing in the network, on one thread
MOST_PARAMETERS = 1_000_000
MOST_BYTES = 5_000_000  # of model.onnx, which every worker loads

_ROUNDS = 300
_NOISE = 1.1  # equal networks measured side by side differ by less


def cost_gates(run: LoadedRun, folder: Path, current: LoadedRun | None) -> list[Gate]:
    """Latency beside the served run, and size.

    Args:
        run: that may be served.
        folder: of the run, for the size of its file.
        current: the served run, which is measured beside it; None where there is none.
    """
    return [_latency(run, current), _parameters(run), _file_size(folder / MODEL_FILE)]


def latencies(engines: Sequence[Engine]) -> list[float]:
    """The median time of one drawing through each network, in milliseconds.

    They take turns, drawing by drawing, so that what else the machine does meets all of them.
    """
    picture = drawn_digits(1)
    times: list[list[float]] = [[] for _ in engines]
    for _ in range(_ROUNDS):
        for engine, taken in zip(engines, times, strict=True):
            start = time.perf_counter()
            engine.probabilities(picture)
            taken.append(time.perf_counter() - start)
    return [1000 * median(taken) for taken in times]


def latency_limit(current_ms: float | None) -> float:
    """What a drawing may take: twice as long as now within the budget, or as long as now.

    Args:
        current_ms: the served run's, measured at the same time; None where there is none.
    """
    if current_ms is None:
        return MOST_MS
    twice = min(max(2 * current_ms, NEGLIGIBLE_MS), MOST_MS)
    return max(twice, _NOISE * current_ms)  # no run is refused for being as slow as the served one


def _latency(run: LoadedRun, current: LoadedRun | None) -> Gate:
    beside = [] if current is None else [current.engine]
    own, *others = latencies([run.engine, *beside])
    limit = latency_limit(others[0] if others else None)
    served = f", the served run {others[0]:.2f} ms" if others else ""
    sentence = f"one drawing on one thread takes {own:.2f} ms{served}"
    return Gate("latency", own, limit, own <= limit, sentence, "ms")


def _parameters(run: LoadedRun) -> Gate:
    parameters = parse_details(run.details).main_network.parameters
    if parameters is None:
        why = "run.json does not tell the number of parameters"
        return not_measurable("parameters", "parameters", MOST_PARAMETERS, why)
    passed = parameters <= MOST_PARAMETERS
    sentence = f"the network has {parameters:,} parameters"
    return Gate("parameters", parameters, MOST_PARAMETERS, passed, sentence, "parameters")


def _file_size(path: Path) -> Gate:
    size = path.stat().st_size
    sentence = f"{path.name} has {size:,} bytes"
    return Gate("file_size", size, MOST_BYTES, size <= MOST_BYTES, sentence, "bytes")
