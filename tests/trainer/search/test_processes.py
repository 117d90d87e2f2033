"""Several processes at once on one study, one of them killed in the middle.

One that survives is the real command, within this process; the others wait where they would train.
"""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from optuna import Study
from optuna.trial import FrozenTrial, TrialState

from tests.trainer.search.conftest import PASSWORD
from trainer.command_line import main
from trainer.errors import SettingsError
from trainer.search.storage import Storage
from trainer.search.studies import find_study

TRIALS = 4
EPOCHS = 6
RECIPE = "dense-512"
SETTINGS = (f"epochs={EPOCHS}", "validation_images=100", "batch_size=256", "units=16")
WITHOUT_TRAINING = f"""
import math, sys, time
from pathlib import Path
from tests.trainer.search.searches import epoch_result
from trainer.data.collection import load_data
from trainer.search.plan import make_plan
from trainer.search.stopping import Stop
from trainer.search.storage import Storage
from trainer.search.studies import join_study
from trainer.search.worker import Worker

def learn(settings, on_epoch):
    for epoch in range(1, {EPOCHS} + 1):
        result = epoch_result(epoch, 0.9)
        on_epoch(result)
        while epoch == 2 and not Path(sys.argv[2]).exists():
            time.sleep(0.05)
    return result

storage = Storage(sys.argv[1])
plan = make_plan("{RECIPE}", {SETTINGS}, load_data(Path(sys.argv[3])).origins)
study = join_study(storage, "{RECIPE}", plan, pruner="none", grace=6)
worker = Worker(study, storage, plan, learn, Stop(), lambda line: None, lambda: None)
worker.work({TRIALS}, math.inf)
"""
Worker = subprocess.Popen[bytes]
Start = Callable[[str], Worker]
pytestmark = pytest.mark.slow


@pytest.fixture
def start(storage_url: str, tmp_path: Path, data_folder: Path) -> Iterator[Start]:
    """Starts a worker that trains nothing."""
    processes: list[Worker] = []

    def start_worker(name: str) -> Worker:
        command = [sys.executable, "-c", WITHOUT_TRAINING, storage_url]
        command += [str(tmp_path / "go"), str(data_folder)]
        with (tmp_path / f"{name}.txt").open("wb") as output:
            process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT)
        processes.append(process)
        return process

    yield start_worker
    for process in processes:
        process.kill()
        process.wait()


def test_a_killed_worker_costs_no_trial_and_none_counts_twice(
    start: Start, storage_url: str, open_storage: Callable[[], Storage], tmp_path: Path,
    data_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setenv("NET_STUDIES_URL", storage_url)
    command = ["tune", RECIPE, "--trials", str(TRIALS), "--grace", "6", "--pruner", "none"]
    command += [word for setting in SETTINGS for word in ("--set", setting)]
    command += ["--data-dir", str(data_folder), "--output", str(tmp_path / "real")]
    workers = [start(name) for name in ("one", "two")]  # at once, on a database without a table

    with ThreadPoolExecutor(1) as another:
        killing = another.submit(_kill_one, workers, open_storage(), tmp_path / "go")
        status = main(command)
    killed = killing.result()
    statuses = [one.wait(timeout=300) for one in workers if one is not killed]

    study = find_study(open_storage(), RECIPE)
    trials = study.get_trials()
    lost = [trial for trial in trials if trial.state is TrialState.FAIL]
    complete = [trial for trial in trials if trial.state is TrialState.COMPLETE]
    assert (status, statuses) == (0, [0])
    assert len(complete) == TRIALS
    assert len(lost) == 1
    assert [trial.number for trial in trials] == list(range(TRIALS + 1))
    (again,) = [trial for trial in complete if trial.user_attrs.get("again") == lost[0].number]
    assert again.params == lost[0].params
    assert _process_of(lost[0]) == killed.pid != _process_of(again)
    assert len({tuple(trial.params.items()) for trial in complete}) == TRIALS
    assert all(len(trial.intermediate_values) == EPOCHS for trial in complete)
    printed = "".join(capsys.readouterr())
    _expect_the_same_results(tmp_path, [trial.number for trial in trials], printed)


def _kill_one(workers: list[Worker], storage: Storage, go: Path) -> Worker:
    """Kill a worker in the middle of a trial, and let the other one go on."""
    study = _wait_for_study(storage)
    killed = _kill_one_in_the_middle_of_a_trial(study, workers)
    _wait_for_a_trial_of_this_process(study)
    go.touch()
    return killed


def _wait_for_study(storage: Storage) -> Study:
    deadline = time.monotonic() + 300
    while True:
        try:
            return find_study(storage, RECIPE)
        except SettingsError:
            assert time.monotonic() < deadline
            time.sleep(0.2)


def _kill_one_in_the_middle_of_a_trial(study: Study, workers: list[Worker]) -> Worker:
    by_process = {worker.pid: worker for worker in workers}
    deadline = time.monotonic() + 300
    while time.monotonic() < deadline:
        for trial in study.get_trials(states=(TrialState.RUNNING,)):
            worker = by_process.get(_process_of(trial))
            if worker is not None and 0 < len(trial.intermediate_values) < EPOCHS / 2:
                worker.kill()
                return worker
        time.sleep(0.2)
    pytest.fail("no worker was seen in the middle of a trial")


def _wait_for_a_trial_of_this_process(study: Study) -> None:
    """So that it does not come when the others have done everything."""
    deadline = time.monotonic() + 300
    while all(_process_of(trial) != os.getpid() for trial in study.get_trials()):
        assert time.monotonic() < deadline
        time.sleep(0.2)


def _process_of(trial: FrozenTrial) -> int:
    return int(trial.user_attrs.get("worker", ":0").rpartition(":")[2])


def _expect_the_same_results(folder: Path, numbers: list[int], printed: str) -> None:
    """The real worker has all trials in its files; the password stands nowhere."""
    assert PASSWORD not in printed
    assert "s3cret" not in printed
    tables = [_trial_numbers(path) for path in folder.glob(f"*/{RECIPE}/trials.csv")]
    assert tables == [numbers]
    for path in folder.rglob("*"):
        if path.is_file():
            assert PASSWORD.encode() not in path.read_bytes(), path
            assert b"s3cret" not in path.read_bytes(), path


def _trial_numbers(path: Path) -> list[int]:
    with path.open() as file:
        return [int(row["trial"]) for row in csv.DictReader(file)]
