from __future__ import annotations

import dataclasses
import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from recognizer.errors import RunError
from recognizer.runs.pointer import activate, read_current
from tests.run_details import GROUPING, change_details
from tests.trainer.small_runs import TRAINED_ON, network, write_run
from trainer.data.collection import Data
from trainer.release.gate import Gate
from trainer.release.gates import run_gates

Weights = NDArray[np.float32]
ON_DRAWINGS = ["drawings_floor", "drawings_no_worse", "numbers_no_worse"]
QUALITY = ["mnist_floor", "mnist_no_worse", *ON_DRAWINGS]


def _by_name(gates: Sequence[Gate]) -> dict[str, Gate]:
    return {gate.name: gate for gate in gates}


def _closed(gates: Sequence[Gate]) -> list[str]:
    return [gate.name for gate in gates if not gate.passed]


def _serve(models: Path, content: bytes) -> None:
    write_run(models, "served", content)
    activate(models, "served")


def test_a_good_run_passes_every_gate_when_nothing_is_served_yet(
    models: Path, data: Data, weights: Weights
) -> None:
    write_run(models, "first", network(weights))

    gates = run_gates(models, "first", data)

    assert [gate.name for gate in gates] == [
        "parity", *QUALITY, "latency", "parameters", "file_size",
    ]  # fmt: skip
    assert _closed(gates) == []
    assert "no run is served yet" in _by_name(gates)["mnist_no_worse"].sentence
    assert json.loads(json.dumps([gate.as_json() for gate in gates]))[0]["figure"] == 2e-7


def test_a_run_that_never_says_3_falls_below_the_floors_and_behind_the_served_run(
    models: Path, data: Data, weights: Weights
) -> None:
    _serve(models, network(weights))
    write_run(models, "forgetful", network(weights, forgets=[3]))

    gates = run_gates(models, "forgetful", data)

    assert _closed(gates) == QUALITY
    floor = _by_name(gates)["mnist_floor"]
    assert (floor.figure, floor.limit) == (0.0, 0.97)
    assert "the 3 is read worst" in floor.sentence
    assert _by_name(gates)["drawings_no_worse"].figure == pytest.approx(2 / 2**6)  # six drawings


def test_a_run_that_is_far_better_than_the_served_one_is_not_called_different(
    models: Path, data: Data, weights: Weights
) -> None:
    _serve(models, network(weights, forgets=[3]))
    write_run(models, "better", network(weights))

    gates = _by_name(run_gates(models, "better", data))

    assert gates["mnist_no_worse"].passed
    assert gates["drawings_no_worse"].passed


def test_the_run_that_is_served_passes_beside_itself(
    models: Path, data: Data, weights: Weights
) -> None:
    _serve(models, network(weights))

    assert _closed(run_gates(models, "served", data)) == []


def test_without_data_what_needs_data_is_not_passed(models: Path, weights: Weights) -> None:
    write_run(models, "first", network(weights))

    gates = run_gates(models, "first", None)

    assert _closed(gates) == QUALITY
    assert "not on this machine" in _by_name(gates)["drawings_floor"].sentence
    assert _by_name(gates)["drawings_floor"].figure is None


def test_without_drawings_only_the_images_are_asked(
    models: Path, data: Data, weights: Weights
) -> None:
    _serve(models, network(weights))
    write_run(models, "first", network(weights))

    gates = run_gates(models, "first", Data(data.mnist, [], data.origins))

    assert _closed(gates) == ON_DRAWINGS


def test_both_runs_are_asked_only_what_neither_was_trained_on(
    models: Path, data: Data, weights: Weights
) -> None:
    splits = {"writers": {"train": ["there/writer 1"], "validation": ["here/writer 0"]}}
    write_run(models, "served", network(weights), splits=splits)
    activate(models, "served")
    write_run(models, "first", network(weights))  # holds out two writers, 30 drawings each

    gates = _by_name(run_gates(models, "first", data))

    assert "of 30 right" in gates["drawings_no_worse"].sentence


def test_runs_that_held_out_different_writers_cannot_be_compared_on_drawings(
    models: Path, data: Data, weights: Weights
) -> None:
    splits = {"writers": {"train": ["here/writer 0"], "validation": TRAINED_ON}}
    write_run(models, "served", network(weights), splits=splits)
    activate(models, "served")
    write_run(models, "first", network(weights))

    assert _closed(run_gates(models, "first", data)) == ON_DRAWINGS


def test_a_run_made_without_drawings_is_asked_all_that_the_served_one_held_out(
    models: Path, data: Data, weights: Weights
) -> None:
    _serve(models, network(weights))
    writers: dict[str, list[str]] = {"train": [], "validation": []}
    write_run(models, "images", network(weights), splits={"writers": writers})

    gates = _by_name(run_gates(models, "images", data))

    assert "of 60 right" in gates["drawings_no_worse"].sentence
    assert "of 40 right" in gates["numbers_no_worse"].sentence


def test_a_served_run_that_cannot_be_loaded_does_not_stand_in_the_way(
    models: Path, data: Data, weights: Weights
) -> None:
    _serve(models, network(weights))
    (models / "served" / "model.onnx").write_bytes(b"broken")
    write_run(models, "first", network(weights))

    gates = run_gates(models, "first", data)

    assert _closed(gates) == []
    assert "cannot be asked" in _by_name(gates)["mnist_no_worse"].sentence


def test_a_slow_network_is_over_the_budget(models: Path, weights: Weights) -> None:
    _serve(models, network(weights))
    write_run(models, "slow", network(weights, idle_layers=120))

    latency = _by_name(run_gates(models, "slow", None))["latency"]

    assert not latency.passed
    assert latency.figure is not None
    assert latency.limit is not None
    assert latency.figure > latency.limit


def test_a_large_network_is_over_the_budget(
    models: Path, weights: Weights, monkeypatch: pytest.MonkeyPatch
) -> None:
    facts = {"model": {"parameters": 1_000_001, "largest_difference_to_keras": 0.0}}
    run = write_run(models, "large", network(weights), networks=facts)
    monkeypatch.setattr("trainer.release.cost.MOST_BYTES", (run / "model.onnx").stat().st_size - 1)

    gates = _by_name(run_gates(models, "large", None))

    assert not gates["parameters"].passed
    assert not gates["file_size"].passed


def test_a_network_that_differs_from_keras_is_not_passed(models: Path, weights: Weights) -> None:
    facts = {"model": {"parameters": 7850, "largest_difference_to_keras": 0.002}}
    write_run(models, "other", network(weights), networks=facts)

    assert not _by_name(run_gates(models, "other", None))["parity"].passed


def test_the_network_for_strokes_is_asked_what_the_one_for_pictures_is(
    models: Path, weights: Weights, monkeypatch: pytest.MonkeyPatch
) -> None:
    _serve(models, network(weights))
    good = {"parameters": 7850, "largest_difference_to_keras": 2e-7}
    bad = {"parameters": 1_000_001, "largest_difference_to_keras": 0.002}
    run = write_run(
        models, "strokes", network(weights), network(weights, idle_layers=120),
        networks={"model": good, "drawing": bad},
    )  # fmt: skip
    monkeypatch.setattr(
        "trainer.release.cost.MOST_BYTES", (run / "drawing.onnx").stat().st_size - 1
    )

    gates = run_gates(models, "strokes", None)

    told = {"parity", "latency", "parameters", "file_size"}
    assert told <= set(_closed(gates))


def test_parity_that_nobody_measured_and_cannot_be_measured_is_not_passed(
    models: Path, data: Data, weights: Weights
) -> None:
    write_run(models, "unknown", network(weights), networks={})  # and has no model.keras

    closed = [_closed(run_gates(models, "unknown", at)) for at in (data, None)]

    assert closed == [["parity", "parameters"], ["parity", *QUALITY, "parameters"]]


def test_a_run_that_divides_strokes_worse_is_told(
    models: Path, data: Data, weights: Weights
) -> None:
    _serve(models, network(weights))
    never = {**GROUPING["numbers"], "constant": -900.0}
    write_run(models, "whole", network(weights), grouping={**GROUPING, "numbers": never})

    gates = run_gates(models, "whole", data)

    assert _closed(gates) == ["numbers_no_worse"]
    assert "0 of 40 right, the served run" in _by_name(gates)["numbers_no_worse"].sentence


def test_a_run_that_does_not_read_what_everybody_can_has_no_gates_to_pass(
    models: Path, weights: Weights
) -> None:
    write_run(models, "swapped", network(weights, order=[0, 1, 2, 8, 4, 5, 6, 7, 3, 9]))

    with pytest.raises(RunError, match="digits 0 to 9 are read as 0, 1, 2, 8, 4, 5, 6, 7, 3, 9"):
        run_gates(models, "swapped", None)


@pytest.mark.parametrize(
    "change", [{"status": "running"}, {"preprocessing_version": 0}, {"files": {}}]
)
def test_what_cannot_be_served_has_no_gates_to_pass(
    models: Path, weights: Weights, change: dict[str, object]
) -> None:
    write_run(models, "unfit", network(weights), **change)

    with pytest.raises(RunError):
        run_gates(models, "unfit", None)


def test_gates_and_the_way_back_need_neither_keras_nor_scipy() -> None:
    script = (
        "import sys, trainer.release.gates, trainer.release.activation, trainer.runs.listing;"
        "print(*{'keras', 'tensorflow', 'scipy'} & set(sys.modules))"
    )

    answer = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )

    assert answer.stdout == "\n"


@pytest.mark.slow
def test_the_released_run_passes_every_gate_on_the_real_data(
    released_models: Path, real_collection: Data
) -> None:
    name = read_current(released_models)
    mnist = real_collection.mnist
    part = dataclasses.replace(
        real_collection,
        mnist=dataclasses.replace(mnist, test=mnist.test[::8]),
        drawings=real_collection.drawings[::6],
    )

    gates = run_gates(released_models, name, part)

    assert _closed(gates) == []
    assert _by_name(gates)["drawings_floor"].figure > 0.95  # type: ignore[operator]


@pytest.mark.slow
def test_parity_that_nobody_measured_is_measured_with_keras(
    released_models: Path, data: Data, models: Path
) -> None:
    name = read_current(released_models)
    run = models / name
    shutil.copytree(released_models / name, run)
    told = {"model": {"parameters": 7850, "largest_difference_to_keras": 2e-7}}
    change_details(run, networks=told)  # nothing of the network for strokes

    parity = _by_name(run_gates(models, name, data))["parity"]

    assert parity.passed
    assert "measured now" in parity.sentence
