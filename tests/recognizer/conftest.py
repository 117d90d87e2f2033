"""Runs to test with: a small real ONNX network, in folders as the trainer writes them."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from hypothesis import HealthCheck, settings
from onnx import TensorProto, helper, numpy_helper

from recognizer.command_line.main import main
from recognizer.directions import SHAPE
from recognizer.geometry import VERSION, Points
from recognizer.recognizer import Recognizer
from recognizer.runs.registry import Registry, activate
from tests import run_details
from tests.known_networks import as_picture, taught, with_directions
from tests.recognizer.commands import BROKEN, ONE, Done, write_lines
from tests.recognizer.waiting import eventually, watchers

MakeRun = Callable[..., Path]
ROOT = Path(__file__).resolve().parents[2]
UNSEALED = ("run.json", "run.json.sha256")

# How long an example takes says more about the machine's other work than about ours.
settings.register_profile("net", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("net")


@pytest.fixture(scope="session")
def make_network() -> Callable[..., bytes]:
    return _network


@pytest.fixture
def models_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "models"
    folder.mkdir()
    return folder


@pytest.fixture
def make_run(models_folder: Path) -> Callable[..., Path]:
    """Writes a finished run; ``change`` replaces entries of its run.json (None removes them)."""

    def make(
        name: str, /, network: bytes | None = None, drawing: bytes | None = None, **change: Any
    ) -> Path:
        run = models_folder / name
        run.mkdir()
        (run / "model.onnx").write_bytes(_network() if network is None else network)
        if drawing is not None:
            (run / "drawing.onnx").write_bytes(drawing)
        (run / "samples.json").write_text("[]")
        write_details(run, **change)
        return run

    return make


@pytest.fixture
def registry(models_folder: Path, make_run: Callable[..., Path]) -> Iterator[Registry]:
    """A registry of a folder whose current run is named ``first``."""
    make_run("first")
    activate(models_folder, "first")
    registry = Registry(models_folder, poll_seconds=0.01)
    yield registry
    registry.stop_watching()


@pytest.fixture
def recognizer(registry: Registry) -> Recognizer:
    return Recognizer(registry)


@pytest.fixture(autouse=True)
def no_watcher_is_left_behind() -> Iterator[None]:
    yield
    assert eventually(lambda: not watchers())


@pytest.fixture(scope="session")
def data_folder() -> Path:
    folder = Path(os.environ.get("NET_DATA_DIR") or ROOT.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip(f"the real data is not there: {folder} (set NET_DATA_DIR)")
    return folder


@pytest.fixture(scope="session")
def pen_drawings(data_folder: Path) -> list[tuple[str, list[Points]]]:
    """Labels and strokes of 300 real drawings by many writers of both collections."""
    files = ("pendigits-train.jsonl.gz", "unipen-digits-train.jsonl.gz")
    return [row for file in files for row in _rows(data_folder / file, 150)]


@pytest.fixture(scope="session")
def released_registry() -> Registry:
    """Of the run that the repository releases."""
    models = ROOT / "models"
    if not (models / "current").is_file():
        pytest.skip("no run has been released into models/ yet")
    return Registry(models)


@pytest.fixture
def working_folder(
    models_folder: Path, make_run: MakeRun, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder to work in, and the run ``first`` as the current one."""
    make_run("first")
    (models_folder / "current").write_text("first\n")
    monkeypatch.setenv("NET_MODELS_DIR", str(models_folder))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def command(
    working_folder: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Done]:
    """Runs the command within this process, which is quicker than in one of its own."""

    def run(*arguments: str, stdin: bytes = b"") -> Done:
        reader = io.TextIOWrapper(io.BufferedReader(io.BytesIO(stdin)))
        monkeypatch.setattr("sys.stdin", reader)
        try:
            status = main(arguments)
        except SystemExit as end:
            status = int(end.code or 0)
        written = capsys.readouterr()
        return Done(status, written.out, written.err)

    return run


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    """A file of three drawings, the second of them broken."""
    return write_lines(tmp_path / "drawings.jsonl", [ONE, BROKEN, ONE])


def write_details(run: Path, /, **change: Any) -> None:
    files = [file for file in sorted(run.iterdir()) if file.name not in UNSEALED]
    details = {
        "format": 1,
        "name": run.name,
        "recipe": "ink",
        "status": "finished",
        "labels": list("0123456789"),
        "preprocessing_version": VERSION,
        "calibration": {"temperature": 1.0},
        "files": {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files},
    }
    merged = {key: value for key, value in {**details, **change}.items() if value is not None}
    run_details.write_details(run, merged)


def _network(
    seed: int = 0,
    *,
    batch: int | str = "n",
    side: int = 28,
    outputs: int = 10,
    softmax: bool = True,
    sigmoid: bool = True,
    number_type: int = TensorProto.FLOAT,
    directions: bool = False,
    digitness: bool = False,
) -> bytes:
    """A linear classifier with random weights, as an ONNX file.

    It reads a picture, and direction maps too where they are asked for, and says whether it is a
    digit at all where that is asked for.
    """
    shapes = {"picture": (side, side, 1), **({"directions": SHAPE} if directions else {})}
    width = sum(int(np.prod(shape)) for shape in shapes.values())
    answers = {"answer": outputs, **({"digitness": 1} if digitness else {})}
    activations = {"answer": "Softmax" if softmax else "Identity"}
    activations["digitness"] = "Sigmoid" if sigmoid else "Identity"
    random = np.random.default_rng(seed)
    dtype = helper.tensor_dtype_to_np_dtype(number_type)
    flat = [helper.make_node("Reshape", [name, f"as_{name}"], [f"flat_{name}"]) for name in shapes]
    nodes = [*flat, helper.make_node("Concat", [node.output[0] for node in flat], ["x"], axis=1)]
    constants = [
        numpy_helper.from_array(np.array([-1, np.prod(shape)], np.int64), f"as_{name}")
        for name, shape in shapes.items()
    ]
    constants.append(numpy_helper.from_array(np.array([2], dtype), "bias"))
    for name, size in answers.items():
        weights = random.normal(0, 0.3, (width, size))
        if size == 10 and side == 28:
            weights = taught(weights, with_directions if directions else as_picture)
        weights = weights.astype(dtype)
        constants.append(numpy_helper.from_array(weights, f"weights_{name}"))
        nodes.append(helper.make_node("MatMul", ["x", f"weights_{name}"], [f"product_{name}"]))
        nodes.append(helper.make_node("Add", [f"product_{name}", "bias"], [f"logits_{name}"]))
        nodes.append(helper.make_node(activations[name], [f"logits_{name}"], [name]))
    info = helper.make_tensor_value_info
    graph = helper.make_graph(
        nodes,
        "linear",
        [info(name, number_type, [batch, *shape]) for name, shape in shapes.items()],
        [info(name, number_type, [batch, size]) for name, size in answers.items()],
        constants,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    onnx.checker.check_model(model)
    return bytes(model.SerializeToString())


def _rows(file: Path, number: int) -> list[tuple[str, list[Points]]]:
    """Every 40th drawing, so that many writers take part."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in islice(lines, 0, 40 * number, 40)]
    return [(row["label"], [np.array(path, float) for path in row["strokes"]]) for row in rows]
