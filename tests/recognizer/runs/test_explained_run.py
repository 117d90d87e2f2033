"""What explains a run is as sealed as its networks, and has to be of the same networks."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from recognizer.errors import CannotExplainError, RunError
from recognizer.known_drawings import SEVEN
from recognizer.recognizer import Recognizer
from recognizer.runs.folder import sha256
from recognizer.runs.loaded_run import load_run
from recognizer.runs.registry import Registry
from recognizer.runs.self_test import self_test
from tests.run_details import change_details

ROOT = Path(__file__).resolve().parents[3]
DRAWING, MODEL = "drawing.explanation.pb", "model.explanation.pb"


@pytest.fixture
def copy(released_registry: Registry, tmp_path: Path) -> Path:
    """The released run, to be changed."""
    name = released_registry.current().name
    return Path(shutil.copytree(ROOT / "models" / name, tmp_path / name))


def _seal(run: Path) -> None:
    names = json.loads((run / "run.json").read_text())["files"]
    change_details(run, files={name: sha256(run / name) for name in names})


def test_the_released_run_can_be_explained(released_registry: Registry) -> None:
    explanation = Recognizer(released_registry).explain(SEVEN.drawing)

    assert explanation.workings.logits.argmax() == 7


def test_an_explanation_without_a_checksum_is_not_loaded(copy: Path) -> None:
    files = json.loads((copy / "run.json").read_text())["files"]
    change_details(copy, files={name: files[name] for name in files if name != DRAWING})

    run = load_run(copy.parent, copy.name)

    assert Recognizer(run).recognize(SEVEN.drawing).text == "7"
    with pytest.raises(CannotExplainError):
        Recognizer(run).explain(SEVEN.drawing)


def test_the_explanation_of_another_network_is_refused(copy: Path) -> None:
    shutil.copyfile(copy / MODEL, copy / DRAWING)
    _seal(copy)

    with pytest.raises(RunError, match=r"drawing\.explanation\.pb: the network cannot be loaded"):
        load_run(copy.parent, copy.name)


def test_evidence_that_does_not_add_up_to_the_answer_is_refused(copy: Path) -> None:
    outputs = (copy / DRAWING).read_bytes()
    places, wrong = b"\x00\x00\x44\x42", b"\x00\x00\x44\x43"  # 49 and 196, as float32
    assert outputs.count(places) == 1
    (copy / DRAWING).write_bytes(outputs.replace(places, wrong))
    _seal(copy)

    with pytest.raises(RunError, match="what explains a known drawing is another network's"):
        self_test(load_run(copy.parent, copy.name))
