"""A run that does not read what everybody can read answers nobody; the old one goes on serving."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from onnx import numpy_helper

from recognizer.errors import RunError
from recognizer.runs.folder import read_details, sha256
from recognizer.runs.loaded_run import QUANTIZED_FILE, load_run
from recognizer.runs.pointer import activate
from recognizer.runs.registry import Registry
from recognizer.runs.self_test import self_test
from tests.run_details import change_details

MODELS = Path(__file__).resolve().parents[3] / "models"
MakeRun = Callable[..., Path]


@pytest.fixture
def copy(models_folder: Path, released_registry: Registry) -> Path:
    """The released run, in a folder in which it may be changed and sealed again."""
    name = released_registry.current().name
    shutil.copytree(MODELS / name, models_folder / name)
    return models_folder / name


def _refused(run: Path, change: dict[str, Any]) -> str:
    """Why a run, sealed with a change, is not served by a registry that serves another."""
    change_details(run, **change)
    activate(run.parent, "first")
    registry = Registry(run.parent)
    registry.current()
    activate(run.parent, run.name)
    registry.refresh()
    assert registry.current().name == "first"
    return str(registry.last_error)


def _details(run: Path) -> dict[str, Any]:
    return dict(read_details(run))


def test_the_released_run_passes(released_registry: Registry) -> None:
    self_test(released_registry.current())


@pytest.mark.parametrize(
    ("calibration", "kind"),
    [
        ({"temperature": 0.6513, "drawing_temperature": 4.66}, "drawing"),
        ({"temperature": 4.66, "drawing_temperature": 0.6638}, "picture"),
    ],
)
def test_a_temperature_that_leaves_it_unsure_is_found(
    copy: Path, make_run: MakeRun, calibration: dict[str, float], kind: str
) -> None:
    make_run("first")

    reason = _refused(copy, {"calibration": calibration})

    assert f"a known {kind} was answered with unsure '7', not with digit '7'" in reason


def test_a_threshold_that_refuses_nothing_is_found(copy: Path, make_run: MakeRun) -> None:
    make_run("first")
    refusal = {**_details(copy)["refusal"], "digitness": 0.0, "by_digit": [0.0] * 10}

    reason = _refused(copy, {"refusal": refusal})

    assert "not with not_a_digit ''" in reason


def test_a_threshold_that_refuses_everything_is_found(copy: Path, make_run: MakeRun) -> None:
    make_run("first")
    refusal = {**_details(copy)["refusal"], "digitness": 1.0, "by_digit": [1.0] * 10}

    assert "not with digit '7'" in _refused(copy, {"refusal": refusal})


def test_weights_that_never_divide_are_found(copy: Path, make_run: MakeRun) -> None:
    make_run("first")
    grouping = _details(copy)["grouping"]
    grouping = {**grouping, "numbers": {**grouping["numbers"], "constant": -900.0}}

    assert "not with number '42'" in _refused(copy, {"grouping": grouping})


@pytest.mark.parametrize(
    ("file", "message"), [("drawing.onnx", "known drawings of"), ("model.onnx", "known pictures")]
)
@pytest.mark.parametrize("pair", [(3, 8), (0, 1)])
def test_a_network_whose_outputs_are_exchanged_is_found(
    copy: Path, make_run: MakeRun, file: str, message: str, pair: tuple[int, int]
) -> None:
    make_run("first")
    _exchange_outputs(copy / file, *pair)
    files = {**_details(copy)["files"], file: sha256(copy / file)}

    assert message in _refused(copy, {"files": files})


def test_outputs_exchanged_in_the_exact_form_of_a_quick_network_are_found(
    copy: Path, make_run: MakeRun
) -> None:
    make_run("first")
    shutil.copy(copy / "drawing.onnx", copy / QUANTIZED_FILE)  # reads all known drawings by itself
    _exchange_outputs(copy / "drawing.onnx", 3, 8)
    changed = {name: sha256(copy / name) for name in ("drawing.onnx", QUANTIZED_FILE)}

    reason = _refused(copy, {"files": {**_details(copy)["files"], **changed}})

    assert "known drawings of" in reason


def test_a_network_that_reads_nothing_is_never_the_first_to_answer(
    models_folder: Path, make_run: MakeRun
) -> None:
    refusal = {"digitness": 0, "confidence": 0.9}
    make_run("first", calibration={"temperature": 100.0}, refusal=refusal)
    activate(models_folder, "first")

    with pytest.raises(RunError, match=r"^first: a known drawing was answered with unsure '7'"):
        self_test(load_run(models_folder, "first"))
    registry = Registry(models_folder)
    registry.refresh()

    assert "a known drawing" in str(registry.last_error)


def _exchange_outputs(path: Path, one: int, other: int) -> None:
    """Let a network say one digit where it means the other, and the other way round."""
    model = onnx.load(str(path))
    order = np.arange(10)
    order[[one, other]] = order[[other, one]]
    (name,) = [
        node.name for node in model.graph.output if node.type.tensor_type.shape.dim[1].dim_value > 1
    ]
    for node in model.graph.node:
        for at, output in enumerate(node.output):
            if output == name:
                node.output[at] = "before the exchange"
        for at, taken in enumerate(node.input):
            if taken == name:
                node.input[at] = "before the exchange"
    model.graph.initializer.append(numpy_helper.from_array(order, "order"))
    gather = onnx.helper.make_node("Gather", ["before the exchange", "order"], [name], axis=1)
    model.graph.node.append(gather)
    onnx.save(model, str(path))
