from __future__ import annotations

from collections.abc import Callable

import pytest
from optuna import Study, Trial
from optuna.trial import TrialState

from tests.trainer.search.conftest import on_a_file
from tests.trainer.search.searches import begin, small_plan
from trainer.search.claims import Standing, claim
from trainer.search.pulse import Watch
from trainer.search.storage import Storage


class _Worker:
    """Claims as a process does, with a clock of its own."""

    def __init__(self, storage: Storage, wanted: int) -> None:
        self.now = 0.0
        self.study: Study = begin(storage)
        self._storage = storage
        self._wanted = wanted
        self._watch = Watch(1.0, lambda: self.now)

    def claim(self) -> Trial | None:
        return self._claim()[0]

    def standing(self) -> Standing:
        return self._claim()[1]

    def _claim(self) -> tuple[Trial | None, Standing]:
        space = small_plan().space
        return claim(self.study, self._storage, space, 1, self._wanted, self._watch)


def _take(worker: _Worker) -> Trial:
    trial = worker.claim()
    assert trial is not None
    return trial


def test_as_many_are_claimed_as_are_wanted(open_storage: Callable[[], Storage]) -> None:
    one, other = _Worker(open_storage(), 3), _Worker(open_storage(), 3)

    numbers = [_take(worker).number for worker in (one, other, one)]

    assert numbers == [0, 1, 2]
    assert other.claim() is None
    assert other.standing() == Standing(counted=0, running=3)


def test_workers_that_start_together_draw_different_settings(
    open_storage: Callable[[], Storage],
) -> None:
    workers = [_Worker(open_storage(), 3) for _ in range(3)]

    rates = {_take(worker).params["rate"] for worker in workers}

    assert len(rates) == 3


@on_a_file
def test_a_seed_repeats_a_search(
    open_storage: Callable[[], Storage], tmp_path_factory: pytest.TempPathFactory
) -> None:
    again = Storage.in_file(tmp_path_factory.mktemp("again") / "study.db")
    drawn = []
    for storage in (open_storage(), again):
        worker = _Worker(storage, 12)
        for _ in range(12):  # more than the sampler draws blindly
            trial = _take(worker)
            worker.study.tell(trial, float(trial.params["rate"]))
        drawn.append([trial.params for trial in worker.study.trials])
    again.close()

    assert drawn[0] == drawn[1]


def test_the_trial_of_a_dead_worker_is_run_again_with_its_settings(
    open_storage: Callable[[], Storage],
) -> None:
    dead, alive = _Worker(open_storage(), 2), _Worker(open_storage(), 2)
    lost = _take(dead)
    alive.study.tell(_take(alive), 0.9)
    assert alive.claim() is None
    alive.now = 1.5

    again = _take(alive)

    assert again.params == lost.params
    assert again.user_attrs["again"] == lost.number
    assert alive.study.trials[lost.number].state is TrialState.FAIL
    assert alive.claim() is None


@on_a_file
def test_a_lost_trial_is_run_again_once_only(open_storage: Callable[[], Storage]) -> None:
    worker = _Worker(open_storage(), 5)
    lost = _take(worker)
    worker.study.tell(lost, state=TrialState.FAIL)

    following = [_take(worker) for _ in range(3)]

    assert [trial.user_attrs.get("again") for trial in following] == [lost.number, None, None]


@on_a_file
def test_a_trial_put_back_by_a_worker_that_died_then_is_taken(
    open_storage: Callable[[], Storage],
) -> None:
    worker = _Worker(open_storage(), 1)
    lost = _take(worker)
    worker.study.tell(lost, state=TrialState.FAIL)
    worker.study.enqueue_trial(lost.params, {"again": lost.number, "attempt": 2})

    again = _take(worker)

    assert (again.number, again.params) == (1, lost.params)
    assert len(worker.study.trials) == 2


@on_a_file
def test_a_trial_that_kills_every_worker_counts_after_the_third(
    open_storage: Callable[[], Storage],
) -> None:
    worker = _Worker(open_storage(), 2)
    for _ in range(3):
        worker.study.tell(_take(worker), state=TrialState.FAIL)

    trial = _take(worker)

    assert "again" not in trial.user_attrs
    assert worker.standing() == Standing(counted=1, running=1)


@on_a_file
@pytest.mark.parametrize("deaths", [0, 2])
def test_interruptions_do_not_use_a_trial_up(
    open_storage: Callable[[], Storage], deaths: int
) -> None:
    worker = _Worker(open_storage(), 1)
    for _ in range(deaths):
        worker.study.tell(_take(worker), state=TrialState.FAIL)
    for _ in range(5):
        trial = _take(worker)
        trial.set_user_attr("interrupted", True)
        worker.study.tell(trial, state=TrialState.FAIL)

    assert _take(worker).params == worker.study.trials[0].params


@on_a_file
def test_a_trial_that_failed_by_itself_is_not_run_again(
    open_storage: Callable[[], Storage],
) -> None:
    worker = _Worker(open_storage(), 1)
    trial = _take(worker)
    trial.set_user_attr("error", "ValueError: no")
    worker.study.tell(trial, state=TrialState.FAIL)

    assert worker.claim() is None
