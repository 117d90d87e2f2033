"""Where the microseconds of a request go: ``python -m benchmarks.microseconds``.

Calls the app as gunicorn does, with real drawings, and times the parts of a prediction where they
run, one after the other as in a request: alone in a loop each would find its code and data in the
processor's caches and look twice as fast.  What a server costs beside is ``benchmarks.serving``.
"""

from __future__ import annotations

import argparse
import gc
import io
import os
import pkgutil
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from typing import Any
from unittest.mock import patch

from benchmarks.serving.contestants import PATH
from benchmarks.serving.drawings import as_bodies, load_questions
from trainer.data.location import data_folder
from trainer.errors import TrainerError
from trainer.figures.environment import describe_environment

# A part, the function it is, and the part that it is inside of.
PARTS = (
    ("limits", "webapp.limiting.rate_limit.consume", ""),
    ("reading the JSON", "webapp.api.predictions.parse_drawing", ""),
    ("recognising", "recognizer.recognizer.Recognizer.recognize", ""),
    ("placing the ink", "recognizer.runs.loaded_run.place", "recognising"),
    ("drawing the ink", "recognizer.runs.loaded_run.draw_paths", "recognising"),
    ("direction maps", "recognizer.runs.loaded_run.map_all_directions", "recognising"),
    ("the network", "recognizer.engine.Engine._run", "recognising"),
    ("calibration", "recognizer.runs.loaded_run._outputs", "recognising"),
    ("links between strokes", "recognizer.numbers.reading.weigh_links", "recognising"),
    ("may it be a number", "recognizer.numbers.reading.may_be_number", "recognising"),
    ("the answer as JSON and PNG", "recognizer.prediction.Prediction.to_json", ""),
    ("writing the JSON", "webapp.api.predictions.write_json", ""),
    ("log line", "webapp.request_log.end", ""),
    ("counting", "webapp.telemetry.metrics.count", ""),
)
_WARM_UP = 50

Times = dict[str, list[float]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.microseconds", description=(__doc__ or "").split("\n\n")[0]
    )
    parser.add_argument("--rounds", type=int, default=10, help="over all drawings; default: 10")
    parser.add_argument("--data-dir", type=Path, metavar="DIR", help="where the data sets lie")
    options = parser.parse_args(arguments)
    try:
        questions = load_questions(data_folder(options.data_dir), 200)
    except TrainerError as error:
        print(f"microseconds: {error}", file=sys.stderr)
        return 1
    kinds = {
        "one stroke": [one for one in questions if len(one.drawing["strokes"]) == 1],
        "several strokes": [one for one in questions if len(one.drawing["strokes"]) > 1],
    }
    times: dict[str, Times] = {kind: defaultdict(list) for kind in kinds}
    with _app() as answer:
        for round_ in range(options.rounds):
            for kind, chosen in kinds.items():
                bodies = as_bodies(chosen)
                for body in bodies[:_WARM_UP] if round_ == 0 else ():
                    answer(body)
                for body in bodies:
                    for part, seconds in answer(body).items():
                        times[kind][part].append(1e6 * seconds)
    _print(times)
    return 0


@contextmanager
def _app() -> Iterator[Callable[[bytes], dict[str, float]]]:
    """The app; called with a body it gives the seconds of each part of the answer."""
    spent: dict[str, float] = {}
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        # As under gunicorn, where counts go to files; it is looked at when webapp is imported.
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
        for name, target, _ in PARTS:
            stack.enter_context(_timed(name, target, spent))
        log = stack.enter_context((Path(folder) / "log").open("w"))
        stack.enter_context(patch.object(sys, "stderr", log))
        from webapp import create_app

        gc.collect()
        gc.freeze()  # as before the fork
        app = create_app({"NET_INSTANCE_DIR": folder, "NET_LOG_FORMAT": "json"})

        def answer(body: bytes) -> dict[str, float]:
            spent.clear()
            begun = time.thread_time()
            response = app.wsgi_app(_environ(body), _begin)
            b"".join(response)
            getattr(response, "close", lambda: None)()
            return {**spent, "all of the app": time.thread_time() - begun}

        yield answer
        app.extensions["net"].registry.stop_watching()


@contextmanager
def _timed(name: str, target: str, spent: dict[str, float]) -> Iterator[None]:
    """Replace a function by itself and a clock while the block runs."""
    original = pkgutil.resolve_name(target)

    def timed(*arguments: Any, **keywords: Any) -> Any:
        begun = time.thread_time()
        try:
            return original(*arguments, **keywords)
        finally:
            spent[name] = spent.get(name, 0.0) + time.thread_time() - begun

    with patch(target, timed):
        yield


def _begin(status: str, headers: Any, error: Any = None) -> Callable[[bytes], None]:
    if not status.startswith("200"):
        raise SystemExit(f"answered with {status}")
    return lambda _: None


def _environ(body: bytes) -> dict[str, Any]:
    return {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": PATH,
        "SCRIPT_NAME": "",
        "QUERY_STRING": "",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "localhost",
        "REMOTE_ADDR": "127.0.0.1",
        "CONTENT_TYPE": "application/json",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }


def _print(times: dict[str, Times]) -> None:
    for key, value in describe_environment().items():
        print(f"- {key}: {value}")
    print("\n| µs of CPU, median | " + " | ".join(times) + " |")
    print("| :-- |" + " --: |" * len(times))
    for name, _, inside in PARTS:
        _print_row(f"– {name}" if inside else name, [_median(one, name) for one in times.values()])
        if name == "may it be a number":
            _print_row("– the rest of it", [_rest(one, "recognising") for one in times.values()])
    _print_row("Flask and other hooks", [_rest(one, "") for one in times.values()])
    _print_row("all of the app", [_median(one, "all of the app") for one in times.values()])


def _median(times: Times, name: str) -> float:
    return median(times[name]) if times.get(name) else 0.0


def _rest(times: Times, whole: str) -> float:
    """What no part inside of this one accounts for."""
    parts = sum(_median(times, name) for name, _, inside in PARTS if inside == whole)
    return _median(times, whole or "all of the app") - parts


def _print_row(name: str, microseconds: Sequence[float]) -> None:
    print(f"| {name} | " + " | ".join(f"{value:.0f}" for value in microseconds) + " |")


if __name__ == "__main__":
    sys.exit(main())
