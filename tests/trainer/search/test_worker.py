from __future__ import annotations

import math
import os
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from typing import Any

import psycopg
import pytest
from optuna import Study
from optuna.exceptions import StorageInternalError
from optuna.storages import RDBStorage
from optuna.trial import TrialState
from sqlalchemy import make_url

from tests.trainer.search.conftest import on_a_file
from tests.trainer.search.searches import Settings, begin, epoch_result, train, worker_of
from trainer.errors import TrainerError
from trainer.runs.training_log import EpochResult
from trainer.search.records import outcome_of
from trainer.search.stopping import Stop
from trainer.search.storage import Storage

Report = Callable[[EpochResult], None]


def _outcomes(study: Study) -> list[str]:
    return [outcome_of(trial) for trial in study.trials]


def test_every_trial_and_each_of_its_epochs_is_kept(open_storage: Callable[[], Storage]) -> None:
    storage = open_storage()
    study = begin(storage)

    worker_of(study, storage).work(4, math.inf)

    assert _outcomes(study) == ["complete"] * 4
    for trial in study.trials:
        assert list(trial.intermediate_values) == [1, 2, 3]
        assert trial.value == trial.user_attrs["epochs"][-1]["val_accuracy"]
        assert trial.user_attrs["epochs"][0]["val_loss"] == 0.4
        assert trial.user_attrs["worker"].endswith(f":{os.getpid()}")
        assert trial.user_attrs["seconds"] >= 0


@on_a_file
def test_trials_worse_than_the_median_are_ended_early(open_storage: Callable[[], Storage]) -> None:
    storage = open_storage()
    study = begin(storage)
    accuracies = iter([0.9] * 5 + [0.5])

    def learn(settings: Settings, on_epoch: Report) -> EpochResult:
        accuracy = next(accuracies)
        results = [epoch_result(epoch, accuracy) for epoch in (1, 2, 3)]
        for result in results:
            on_epoch(result)
        return results[-1]

    worker_of(study, storage, learn).work(6, math.inf)

    assert _outcomes(study) == ["complete"] * 5 + ["pruned"]
    assert list(study.trials[5].intermediate_values) == [1, 2]


@on_a_file
def test_a_trial_that_fails_says_why_and_counts(open_storage: Callable[[], Storage]) -> None:
    storage = open_storage()
    study = begin(storage)
    calls = iter(range(10))

    def learn(settings: Settings, on_epoch: Report) -> EpochResult:
        if next(calls) == 1:
            raise ValueError("no room for a fourth pooling")
        return train(settings, on_epoch)

    worker_of(study, storage, learn).work(3, math.inf)

    assert _outcomes(study) == ["complete", "failed", "complete"]
    assert study.trials[1].user_attrs["error"] == "ValueError: no room for a fourth pooling"


@on_a_file
def test_an_accuracy_that_is_no_number_is_a_failure(open_storage: Callable[[], Storage]) -> None:
    storage = open_storage()
    study = begin(storage)

    def learn(settings: Settings, on_epoch: Report) -> EpochResult:
        result = epoch_result(1, math.nan)
        on_epoch(result)
        return result

    worker_of(study, storage, learn).work(1, math.inf)

    assert _outcomes(study) == ["failed"]


@on_a_file
def test_a_search_in_which_everything_fails_is_given_up(
    open_storage: Callable[[], Storage],
) -> None:
    storage = open_storage()
    study = begin(storage)

    def fail(settings: Settings, on_epoch: Report) -> EpochResult:
        raise OSError("no space left")

    with pytest.raises(TrainerError, match=r"first 3 trials failed.*no space left"):
        worker_of(study, storage, fail).work(50, math.inf)

    assert _outcomes(study) == ["failed"] * 3


@on_a_file
def test_ctrl_c_marks_the_trial_and_the_next_session_runs_it_again(
    open_storage: Callable[[], Storage],
) -> None:
    storage, stop = open_storage(), Stop()
    study = begin(storage)

    def be_interrupted(settings: Settings, on_epoch: Report) -> EpochResult:
        on_epoch(epoch_result(1, 0.5))
        os.kill(os.getpid(), signal.SIGINT)
        pytest.fail("went on")

    with stop.listening():
        worker_of(study, storage, be_interrupted, stop).work(3, math.inf)
    assert _outcomes(study) == ["interrupted"]
    worker_of(study, storage).work(3, math.inf)

    assert _outcomes(study) == ["interrupted"] + ["complete"] * 3
    assert study.trials[1].params == study.trials[0].params
    assert len(study.trials[0].user_attrs["epochs"]) == 1


@on_a_file
def test_no_trial_begins_after_the_deadline(open_storage: Callable[[], Storage]) -> None:
    storage = open_storage()
    study = begin(storage)

    worker_of(study, storage).work(3, time.monotonic())

    assert study.trials == []


@pytest.mark.parametrize("epochs_before", [0, 3])
def test_a_worker_that_was_given_up_for_dead_does_not_count_twice(
    open_storage: Callable[[], Storage], epochs_before: int
) -> None:
    storage, other = open_storage(), open_storage()
    study = begin(storage)

    def be_declared_dead(settings: Settings, on_epoch: Report) -> EpochResult:
        def declare_dead_and_go_on(result: EpochResult) -> None:
            if len(study.trials) == 1 and result.epoch > epochs_before:
                begin(other).tell(0, state=TrialState.FAIL)
            on_epoch(result)

        last = train(settings, declare_dead_and_go_on)
        if len(study.trials) == 1 and study.trials[0].state is TrialState.RUNNING:
            begin(other).tell(0, state=TrialState.FAIL)
        return last

    worker_of(study, storage, be_declared_dead).work(2, math.inf)

    assert _outcomes(study) == ["lost", "complete", "complete"]


def test_many_workers_share_the_trials_exactly(open_storage: Callable[[], Storage]) -> None:
    began: Counter[Any] = Counter()

    def learn(settings: Settings, on_epoch: Report) -> EpochResult:
        began[settings.rate] += 1
        return train(settings, on_epoch)

    def work() -> None:
        storage = open_storage()
        worker_of(begin(storage, pruner="none"), storage, learn).work(8, math.inf)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    study = begin(open_storage())

    assert _outcomes(study) == ["complete"] * 8
    assert [trial.number for trial in study.trials] == list(range(8))
    assert sum(began.values()) == 8
    assert max(began.values()) == 1


def test_a_worker_waits_for_the_others_and_runs_what_they_lost(
    open_storage: Callable[[], Storage],
) -> None:
    storage, other = open_storage(), open_storage()
    study = begin(storage, grace=0.5)
    begin(other, grace=0.5).ask()  # and dies, before it has drawn anything
    lines: list[str] = []
    worker = worker_of(study, storage)
    worker.say = lines.append

    worker.work(1, math.inf)

    assert _outcomes(study) == ["lost", "complete"]
    assert lines[0] == "waiting for 1 running trials of other workers"


def test_a_server_that_drops_every_connection_costs_no_trial(database_url: str) -> None:
    storage = Storage(database_url)
    study = begin(storage, pruner="none")

    def be_cut_off(settings: Settings, on_epoch: Report) -> EpochResult:
        _drop_all_connections(database_url)
        return train(settings, on_epoch)

    with closing(storage):
        worker_of(study, storage, be_cut_off).work(3, math.inf)

        assert _outcomes(study) == ["complete"] * 3


@on_a_file
def test_a_database_that_is_away_before_a_training_costs_no_trial(
    open_storage: Callable[[], Storage], monkeypatch: pytest.MonkeyPatch
) -> None:
    storage = open_storage()
    study = begin(storage)
    worker = worker_of(study, storage)

    def be_away(line: str) -> None:
        if "0 of 1 done" in line:
            monkeypatch.setattr(RDBStorage, "get_study_user_attrs", _away)

    def train_with_it_back(settings: Settings, on_epoch: Report) -> EpochResult:
        monkeypatch.undo()
        return train(settings, on_epoch)

    worker.say, worker.train = be_away, train_with_it_back
    worker.work(1, math.inf)

    assert _outcomes(study) == ["complete"]


def _away(*_: object) -> None:
    raise StorageInternalError("the database is away")


def _drop_all_connections(url: str) -> None:
    parts = make_url(url).translate_connect_args(username="user", database="dbname")
    with psycopg.connect(**parts, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid != pg_backend_pid()"
        )
