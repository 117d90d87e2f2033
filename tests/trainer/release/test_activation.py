from __future__ import annotations

import threading
import time
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from recognizer.errors import RunError
from recognizer.file_lock import locked
from recognizer.runs.pointer import activate, read_current
from tests.trainer.small_runs import network, write_run
from trainer.errors import TrainerError
from trainer.release.activation import RefusedError, activate_run, roll_back
from trainer.release.gate import Gate
from trainer.release.history import HISTORY_FILE, read_history

PASSED = Gate("parity", 0.0, 1e-4, True, "as Keras", "probability")
CLOSED = Gate("mnist_floor", 0.5, 0.97, False, "the 3 is read worst", "share")


@pytest.fixture
def models(models: Path, weights: NDArray[np.float32]) -> Path:
    """Four runs, none of them served."""
    for name in ("A", "B", "C", "D"):
        write_run(models, name, network(weights))
    return models


def test_a_run_that_passed_is_served_and_recorded(models: Path) -> None:
    activate_run(models, "A", [PASSED])

    assert read_current(models) == "A"
    (recorded,) = read_history(models)
    assert (recorded.action, recorded.run, recorded.before) == ("activate", "A", None)
    assert recorded.gates == [PASSED.as_json()]
    assert recorded.reason is None


@pytest.mark.parametrize("reason", [None, "", "  "])
def test_a_closed_gate_needs_a_reason(models: Path, reason: str | None) -> None:
    activate_run(models, "A", [PASSED])

    with pytest.raises(RefusedError, match="did not pass mnist_floor"):
        activate_run(models, "B", [PASSED, CLOSED], reason)

    assert read_current(models) == "A"
    assert len(read_history(models)) == 1


def test_the_reason_for_passing_a_closed_gate_is_kept(models: Path) -> None:
    activate_run(models, "B", [CLOSED], "the demo is tonight")

    assert read_current(models) == "B"
    assert read_history(models)[0].reason == "the demo is tonight"


def test_no_reason_serves_a_run_that_cannot_be_served(models: Path) -> None:
    (models / "B" / "model.onnx").write_bytes(b"changed")

    with pytest.raises(RunError, match="checksum"):
        activate_run(models, "B", [PASSED], "please")

    assert not (models / "current").exists()
    assert read_history(models) == []


def test_what_cannot_be_recorded_is_not_done(models: Path) -> None:
    (models / HISTORY_FILE).mkdir()

    with pytest.raises(TrainerError, match="cannot be written to"):
        activate_run(models, "A", [PASSED])

    assert not (models / "current").exists()


def test_a_page_can_say_who_wanted_it(models: Path) -> None:
    for name in ("A", "B"):
        activate_run(models, name, [PASSED], by="lan@example.org")
    roll_back(models, by="minh@example.org")

    people = [recorded.by for recorded in read_history(models)]
    assert people == ["lan@example.org", "lan@example.org", "minh@example.org"]


def test_going_back_twice_goes_two_runs_back(models: Path) -> None:
    for name in ("A", "B", "C"):
        activate_run(models, name, [PASSED])

    first, second = roll_back(models), roll_back(models, "still wrong")

    assert (first.run, first.before) == ("B", "C")
    assert (second.run, second.before) == ("A", "B")
    assert read_current(models) == "A"
    assert read_history(models)[-1].reason == "still wrong"
    with pytest.raises(RefusedError, match="no run to go back to"):
        roll_back(models)


def test_runs_that_are_gone_or_changed_are_skipped_on_the_way_back(models: Path) -> None:
    for name in ("A", "B", "C", "D"):
        activate_run(models, name, [PASSED])
    (models / "C").rename(models / "elsewhere")
    (models / "B" / "model.onnx").write_bytes(b"changed")

    done = roll_back(models)

    assert done.run == "A"
    assert list(done.skipped) == ["C", "B"]
    assert "checksum" in done.skipped["B"]


def test_a_run_served_before_there_was_a_history_can_be_gone_back_to(models: Path) -> None:
    activate(models, "A")
    activate_run(models, "B", [PASSED])

    assert roll_back(models).run == "A"


def test_a_current_that_is_damaged_does_not_block_the_way_back(models: Path) -> None:
    for name in ("A", "B"):
        activate_run(models, name, [PASSED])
    (models / "current").write_bytes(b"\xff/..")

    done = roll_back(models)

    assert (done.run, done.before) == ("B", None)


def test_one_changes_the_served_run_at_a_time(models: Path) -> None:
    order = []

    def activate_b() -> None:
        activate_run(models, "B", [PASSED])
        order.append("B")

    other = threading.Thread(target=activate_b)
    with locked(models):
        other.start()
        time.sleep(0.3)  # it would be done by now
        order.append("ours")
    other.join()

    assert order == ["ours", "B"]
