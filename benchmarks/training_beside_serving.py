"""How long does a prediction take while a training runs on the same machine?

Run as ``python -m benchmarks.training_beside_serving``.  It starts gunicorn with the served run,
and a training as a worker starts one (niced, its threads limited).  Then it halts the training and
lets it go on, in turn, and asks for predictions of strangers' drawings all the while, one after the
other with a breath between them, as hands draw.  Printed are the times of both, and their ratio.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import selectors
import shutil
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from benchmarks.serving.server import serving
from recognizer.runs.folder import read_details
from trainer.data.location import data_folder
from trainer.data.stroke_files import LabelledDrawing, load_drawings
from webapp.configuration import REPOSITORY, read_configuration
from webapp.jobs.child import Child, Restraint

SETTLING_SECONDS = 1.0  # after the training was let go or halted
BREATH_SECONDS = 0.02  # between an answer and the next question
JSON = {"Content-Type": "application/json"}
Milliseconds = list[float]


def main() -> None:
    """Measure and print."""
    options = _options()
    bodies = _bodies(data_folder())
    alone: list[Milliseconds] = []
    beside: list[Milliseconds] = []
    with (
        tempfile.TemporaryDirectory() as name,
        serving(workers=2) as server,
        _training(Path(name), options) as training,
    ):
        for number in range(options.rounds):
            for halted, times in ((True, alone), (False, beside)):
                os.killpg(training.pid, signal.SIGSTOP if halted else signal.SIGCONT)
                time.sleep(SETTLING_SECONDS)
                times.append(_ask(server.port, bodies, options.seconds))
                training.read()
            print(f"round {number + 1}: {_line(alone[-1])} alone, {_line(beside[-1])} beside")
    _print(alone, beside, options)


def _options() -> argparse.Namespace:
    settings = read_configuration(os.environ)
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--recipe", default="ink", help="to train; default: ink")
    parser.add_argument("--rounds", type=int, default=20, help="of both; default: 20")
    parser.add_argument("--seconds", type=float, default=3.0, help="of each; default: 3")
    parser.add_argument("--threads", type=int, default=settings.training_threads)
    parser.add_argument("--nice", type=int, default=settings.worker_nice)
    return parser.parse_args()


def _bodies(folder: Path) -> list[bytes]:
    """The bodies of requests about 200 drawings, the same every time."""
    return [_body(drawing) for drawing in random.Random(1).sample(load_drawings(folder), 200)]


def _body(drawing: LabelledDrawing) -> bytes:
    columns = [np.asarray(stroke, np.float64).T.tolist() for stroke in drawing.strokes]
    return json.dumps({"strokes": [{"x": x, "y": y} for x, y in columns]}).encode()


@contextmanager
def _training(folder: Path, options: argparse.Namespace) -> Iterator[Child]:
    """A training that is past its first steps; killed at the end."""
    models = folder / "models"
    models.mkdir()
    command = [sys.executable, "-m", "trainer", "train", options.recipe, "--set", "epochs=1000"]
    selector = selectors.DefaultSelector()
    output: list[bytes] = []
    child = Child(
        [*command, "--models", str(models), "--data-dir", str(data_folder())],
        os.environ, REPOSITORY, Restraint(options.threads, options.nice), selector, output.append,
    )  # fmt: skip
    try:
        while not _steps(models):
            child.read()
            if child.exit_status is not None:
                sys.exit(b"".join(output).decode())
            time.sleep(0.5)
        yield child
    finally:
        child.end_at_once()
        child.close()
        shutil.rmtree(models, ignore_errors=True)


def _steps(models: Path) -> int:
    details = [read_details(path.parent) for path in models.glob("*/run.json")]
    return int(details[0].get("progress", {}).get("step", 0)) if details else 0


def _ask(port: int, bodies: Sequence[bytes], seconds: float) -> Milliseconds:
    """Ask for so long, on one connection; how long each answer took."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    times: Milliseconds = []
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        body = bodies[len(times) % len(bodies)]
        begun = time.perf_counter()
        connection.request(
            "POST", "/api/v1/predictions", body, {"Content-Type": "application/json"}
        )
        answer = connection.getresponse()
        answer.read()
        times.append((time.perf_counter() - begun) * 1000)
        if answer.status != 200:
            sys.exit(f"answered with {answer.status}")
        time.sleep(BREATH_SECONDS)
    connection.close()
    return times


def _line(times: Milliseconds) -> str:
    return f"{statistics.median(times):.2f} ms"


def _print(
    alone: list[Milliseconds], beside: list[Milliseconds], options: argparse.Namespace
) -> None:
    print(f"\n{options.recipe} in {options.threads} threads, nice {options.nice}")
    print(f"{'':16}{'alone':>10}{'beside':>10}{'ratio':>8}")
    both = [sorted(time for times in part for time in times) for part in (alone, beside)]
    for name, share in (("median", 0.5), ("95 of 100", 0.95), ("99 of 100", 0.99)):
        one, other = (times[int(share * (len(times) - 1))] for times in both)
        print(f"{name:16}{one:>7.2f} ms{other:>7.2f} ms{other / one:>8.2f}")
    ratios = [
        statistics.median(other) / statistics.median(one)
        for one, other in zip(alone, beside, strict=True)
    ]
    print(f"ratio of the medians, median of {len(ratios)} rounds: {statistics.median(ratios):.2f}")
    print(f"answers: {len(both[0])} alone, {len(both[1])} beside")


if __name__ == "__main__":
    main()
