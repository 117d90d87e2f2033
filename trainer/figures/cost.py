"""What one drawing costs on one thread, and Keras's own ways of asking beside it.

Medians over real drawings.  The ways take turns, some drawings each, so that what else the machine
does meets all of them; "beside the whole" compares each with the median of a whole recognition.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import numpy as np

from recognizer.geometry import draw
from recognizer.recognizer import Recognizer
from recognizer.runs.loaded_run import LoadedRun
from recognizer.strokes import Drawing, Stroke
from trainer.data.stroke_files import load_drawings
from trainer.figures.figure import Figure, count, median
from trainer.runs.details import facts_of_served_networks

WHOLE = "whole recognition"
HEADLINES = ((WHOLE, "a drawing"), ("", "parameters"))
_DRAWINGS = 100
_TURN = 20  # drawings that a way answers before it is the next one's turn
_UNTIMED = 3  # drawings at the beginning of a turn: another way has filled the processor's caches

Way = Callable[[int], object]  # answers the n-th drawing


def measure(run: LoadedRun, data_folder: Path) -> list[Figure]:
    """Parameters, and the ways of asking.

    Raises:
        DataError: a data set is missing or damaged.
    """
    drawings = load_drawings(data_folder)
    chosen = drawings[:: max(1, len(drawings) // _DRAWINGS)][:_DRAWINGS]
    ways = {
        **_our_ways(run, [drawing.strokes for drawing in chosen]),
        **_keras_ways(run.folder / "model.keras"),
    }
    times = _take_turns(ways, len(chosen))
    return [*_parameters(run), *_medians(times)]


def _our_ways(run: LoadedRun, strokes: list[tuple[np.ndarray, ...]]) -> dict[str, Way]:
    recognizer = Recognizer(run)
    drawings = [Drawing(tuple(Stroke(points) for points in one)) for one in strokes]
    inks = [draw(one) for one in strokes]
    return {
        WHOLE: lambda at: recognizer.recognize(drawings[at]),
        "drawing the ink": lambda at: draw(strokes[at]),
        "ink, directions and network for strokes": lambda at: run.ask_drawings([strokes[at]]),
        "network for pictures": lambda at: run.ask_pictures([inks[at]]),
    }


def _keras_ways(file: Path) -> dict[str, Way]:
    """What they answer does not matter, so they are asked about empty pictures."""
    if not file.exists():
        return {}
    from trainer.quiet_start import DEVICES  # isort: skip  # noqa: F401  # before Keras

    import keras
    import tensorflow as tf  # type: ignore[import-untyped]

    network = keras.models.load_model(file, compile=False)
    blank = [np.zeros((1, *one.shape[1:]), np.float32) for one in network.inputs]
    inputs = blank[0] if len(blank) == 1 else blank
    compiled = tf.function(lambda x: network(x, training=False))
    return {
        "Keras: tf.function": lambda _: compiled(inputs),
        "Keras: model(x)": lambda _: network(inputs, training=False),
        "Keras: model.predict": lambda _: network.predict(inputs, verbose=0),
    }


def _take_turns(ways: Mapping[str, Way], drawings: int) -> dict[str, list[float]]:
    """Milliseconds of each drawing in each way."""
    times: dict[str, list[float]] = {name: [] for name in ways}
    for first in range(0, drawings, _TURN):
        turn = range(first, min(first + _TURN, drawings))
        for name, way in ways.items():
            for at in turn[:_UNTIMED]:
                way(at)
            times[name] += [_milliseconds(way, at) for at in turn]
    return times


def _milliseconds(way: Way, at: int) -> float:
    started = time.perf_counter()
    way(at)
    return 1e3 * (time.perf_counter() - started)


def _medians(times: Mapping[str, list[float]]) -> Iterator[Figure]:
    whole = float(np.median(times[WHOLE]))
    for name, taken in times.items():
        yield median("a drawing", taken, "ms", name)
        if name != WHOLE:
            yield median("beside the whole", (np.array(taken) / whole).tolist(), "times", name)


def _parameters(run: LoadedRun) -> Iterator[Figure]:
    """Of the largest served network: the one for strokes has the main one's weights, too."""
    networks = facts_of_served_networks(run)
    told = [facts.parameters for facts in networks if facts.parameters is not None]
    if told:
        yield count("parameters", max(told), "")
