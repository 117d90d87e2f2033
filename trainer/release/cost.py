"""Gates about what a run costs whoever serves it: time a drawing, parameters, bytes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from statistics import median

import numpy as np

from recognizer.directions import map_all_directions
from recognizer.geometry import draw_paths, place, to_model_input
from recognizer.known_drawings import SEVEN
from recognizer.runs.folder import MODEL_FILE
from recognizer.runs.loaded_run import DRAWING_FILE, QUANTIZED_FILE, LoadedRun
from trainer.release.gate import Gate, not_measurable
from trainer.runs.details import facts_of_served_networks

NEGLIGIBLE_MS = 0.5  # what the web server spends on a drawing besides the network
MOST_MS = 2.0  # of one digit in the network, on one thread
MOST_PARAMETERS = 1_000_000
MOST_BYTES = 5_000_000  # of a network's file, which every worker loads

_ROUNDS = 300
_NOISE = 1.1  # equal networks measured side by side differ by less


def cost_gates(run: LoadedRun, folder: Path, current: LoadedRun | None) -> list[Gate]:
    """Latency beside the served run, and size.

    Args:
        run: that may be served.
        folder: of the run, for the sizes of its files.
        current: the served run, which is measured beside it; None where there is none.
    """
    return [_latency(run, current), _parameters(run), _file_size(folder)]


def latencies(runs: Sequence[LoadedRun]) -> list[float]:
    """The median time of a digit through the slowest network of each run, in milliseconds.

    All take turns, so that what else the machine does meets each of them.
    """
    ways = [(at, way) for at, run in enumerate(runs) for way in _ways_of_asking(run)]
    times: list[list[float]] = [[] for _ in ways]
    for _ in range(_ROUNDS):
        for (_, ask), taken in zip(ways, times, strict=True):
            start = time.perf_counter()
            ask()
            taken.append(time.perf_counter() - start)
    slowest = [0.0] * len(runs)
    for (at, _), taken in zip(ways, times, strict=True):
        slowest[at] = max(slowest[at], 1000 * median(taken))
    return slowest


def _ways_of_asking(run: LoadedRun) -> Iterator[Callable[[], object]]:
    """The networks for pictures and for strokes, the quick and the exact one, about one digit."""
    paths = place([stroke.points for stroke in SEVEN.drawing.strokes])
    picture = to_model_input(draw_paths(paths))[np.newaxis]
    for engine in {run.engine, run.drawing_engine, run.exact.drawing_engine}:
        maps = map_all_directions([paths]) if engine.reads_directions else None
        yield partial(engine.ask, picture, maps)


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
    own, *others = latencies([run] if current is None else [run, current])
    limit = latency_limit(others[0] if others else None)
    served = f", the served run {others[0]:.2f} ms" if others else ""
    sentence = f"one digit in the slowest network on one thread takes {own:.2f} ms{served}"
    return Gate("latency", own, limit, own <= limit, sentence, "ms")


def _parameters(run: LoadedRun) -> Gate:
    networks = facts_of_served_networks(run)
    parameters = [facts.parameters for facts in networks if facts.parameters is not None]
    if len(parameters) < len(networks):
        why = "run.json does not tell the number of parameters"
        return not_measurable("parameters", "parameters", MOST_PARAMETERS, why)
    most = max(parameters)
    sentence = f"the largest network has {most:,} parameters"
    passed = most <= MOST_PARAMETERS
    return Gate("parameters", most, MOST_PARAMETERS, passed, sentence, "parameters")


def _file_size(folder: Path) -> Gate:
    served = [folder / name for name in (MODEL_FILE, DRAWING_FILE, QUANTIZED_FILE)]
    size, name = max((path.stat().st_size, path.name) for path in served if path.exists())
    sentence = f"{name} has {size:,} bytes"
    return Gate("file_size", size, MOST_BYTES, size <= MOST_BYTES, sentence, "bytes")
