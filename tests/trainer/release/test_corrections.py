"""The gate about corrections: what people said of their drawings, read by both runs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from recognizer.runs.pointer import activate
from tests.trainer.small_runs import network, write_run
from trainer.data.collection import Data
from trainer.data.stroke_files import LabelledDrawing
from trainer.errors import DataError
from trainer.release.gate import Gate
from trainer.release.gates import run_gates

Weights = NDArray[np.float32]


def write_corrections(path: Path, drawings: Sequence[LabelledDrawing]) -> Path:
    rows = [
        {
            "label": str(drawing.label),
            "mode": "digit",
            "strokes": [
                {"x": stroke[:, 0].tolist(), "y": stroke[:, 1].tolist()}
                for stroke in drawing.strokes
            ],
        }
        for drawing in drawings
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def corrections_gate(models: Path, run: str, file: Path | None) -> Gate | None:
    gates = run_gates(models, run, None, file)
    return next((gate for gate in gates if gate.name == "corrections_no_worse"), None)


@pytest.fixture
def threes(data: Data) -> list[LabelledDrawing]:
    return [drawing for drawing in data.drawings if drawing.label == 3]


@pytest.fixture
def runs(models: Path, weights: Weights) -> Path:
    """``good`` is served; ``same`` reads alike, and ``forgetful`` never says 3."""
    write_run(models, "good", network(weights))
    write_run(models, "same", network(weights))
    write_run(models, "forgetful", network(weights, forgets=[3]))
    activate(models, "good")
    return models


def test_a_run_that_reads_corrections_worse_is_held_up_and_an_equal_one_is_not(
    runs: Path, threes: list[LabelledDrawing], tmp_path: Path
) -> None:
    file = write_corrections(tmp_path / "held-out.jsonl", threes[:20])

    worse, equal = (corrections_gate(runs, run, file) for run in ("forgetful", "same"))

    assert worse is not None
    assert equal is not None
    assert (worse.passed, equal.passed) == (False, True)
    assert worse.figure is not None
    assert worse.figure < 0.05
    assert worse.sentence.startswith("corrections that nothing was trained on: 0 of 20 right")


@pytest.mark.parametrize("number", [0, 5])
def test_of_too_few_corrections_it_says_that_it_cannot_judge(
    runs: Path, threes: list[LabelledDrawing], tmp_path: Path, number: int
) -> None:
    gate = corrections_gate(
        runs, "forgetful", write_corrections(tmp_path / "held-out.jsonl", threes[:number])
    )

    assert gate is not None
    assert (gate.passed, gate.figure) == (True, None)
    assert f"too few corrections that nothing was trained on: {number};" in gate.sentence


def test_without_corrections_it_is_not_asked(runs: Path) -> None:
    assert corrections_gate(runs, "same", None) is None


def test_a_file_that_a_windows_program_saved_is_read(
    runs: Path, threes: list[LabelledDrawing], tmp_path: Path
) -> None:
    file = write_corrections(tmp_path / "held-out.jsonl", threes[:20])
    file.write_text(f"{file.read_text('utf-8')}\n", "utf-16", newline="\r\n")

    gate = corrections_gate(runs, "same", file)

    assert gate is not None
    assert "of 20 right" in gate.sentence


@pytest.mark.parametrize(
    "line", ["{", "{}", '{"label": "3", "strokes": "x"}', "[]", '{"image": 5, "label": "3"}',
             "[" * 100_000],
)  # fmt: skip
def test_what_is_no_correction_is_named(runs: Path, tmp_path: Path, line: str) -> None:
    file = tmp_path / "held-out.jsonl"
    file.write_text(line + "\n", "utf-8")

    with pytest.raises(DataError, match="1 is no correction"):
        corrections_gate(runs, "same", file)
