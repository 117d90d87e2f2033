from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from trainer.errors import TrainerError
from trainer.runs import state
from trainer.runs.state import held, is_alive, observe, observed_status, request_stop
from trainer.runs.writer import RunWriter

HOLD = """
import sys, time
from pathlib import Path
from trainer.runs.state import held
with held(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def run(tmp_path: Path) -> RunWriter:
    return RunWriter.create(tmp_path, "ink", {"seed": 1})


@pytest.fixture
def trained(run: RunWriter) -> RunWriter:
    run.begin()
    return run


def test_a_new_run_is_queued(run: RunWriter) -> None:
    assert observed_status(run.folder, run.details) == "queued"
    assert observe(run.folder, run.details)[1] is None


def test_a_run_is_running_while_its_process_lives(trained: RunWriter) -> None:
    with held(trained.folder):
        assert is_alive(trained.folder)
        assert observed_status(trained.folder, trained.details) == "running"


def test_a_run_whose_process_was_killed_has_failed(trained: RunWriter) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(trained.folder)], stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    process.stdout.readline()
    before = observed_status(trained.folder, trained.details)

    process.kill()
    process.wait()
    process.stdout.close()

    assert before == "running"
    assert observed_status(trained.folder, trained.details) == "failed"
    assert observe(trained.folder, trained.details)[1] == state.KILLED


def test_a_run_that_ended_while_somebody_looked_is_not_called_dead(trained: RunWriter) -> None:
    seen = dict(trained.details)

    trained.finish("stopped", 1.0)

    assert observed_status(trained.folder, seen) == "stopped"


def test_only_one_process_trains_a_run(trained: RunWriter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(state, "_PATIENCE_SECONDS", 0.05)

    with (
        held(trained.folder),
        pytest.raises(TrainerError, match="another process"),
        held(trained.folder),
    ):
        pass


def test_looking_at_a_run_does_not_keep_anybody_from_training_it(trained: RunWriter) -> None:
    assert not is_alive(trained.folder)

    with held(trained.folder):
        assert is_alive(trained.folder)
    assert not is_alive(trained.folder)


def test_a_request_to_stop_and_the_lock_are_not_sealed_with_the_run(trained: RunWriter) -> None:
    with held(trained.folder):
        request_stop(trained.folder)
        (trained.folder / "training_log.csv").write_text("epoch\n")

        trained.finish("stopped", 1.0)

    assert set(trained.details["files"]) == {"training_log.csv"}


def test_two_runs_that_begin_in_the_same_second_have_names_of_their_own(tmp_path: Path) -> None:
    names = {RunWriter.create(tmp_path, "ink", {"seed": 1}).folder.name for _ in range(3)}

    assert len(names) == 3


@pytest.mark.parametrize("place", ["a file", "a link to nowhere"])
def test_a_folder_of_runs_that_cannot_be_made_is_an_error(tmp_path: Path, place: str) -> None:
    models = tmp_path / "models"
    models.touch() if place == "a file" else models.symlink_to(tmp_path / "gone" / "models")

    with pytest.raises(OSError, match="models"):
        RunWriter.create(models, "ink", {"seed": 1})


def test_a_second_beginning_is_a_resume_and_forgets_why_the_first_failed(
    trained: RunWriter,
) -> None:
    started = trained.details["times"]["started"]
    trained.finish("failed", 2.0, reason="the disk was full")

    trained.begin()

    assert trained.details["status"] == "running"
    assert trained.details["times"]["started"] == started
    assert len(trained.details["resumes"]) == 1
    assert "reason" not in trained.details
