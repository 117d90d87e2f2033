from __future__ import annotations

import time
from collections.abc import Callable

from optuna.trial import FrozenTrial, TrialState, create_trial

from tests.trainer.search.searches import begin
from trainer.search.pulse import Watch, pulse
from trainer.search.storage import Storage


def _running(number: int, pulse: int | None) -> FrozenTrial:
    trial = create_trial(
        state=TrialState.RUNNING, user_attrs={} if pulse is None else {"pulse": pulse}
    )
    trial.number = number
    return trial


class _Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_pulse_that_stands_still_for_the_grace_period_is_a_dead_one() -> None:
    clock = _Clock()
    watch = Watch(10, clock)

    assert watch.dead([_running(0, 5), _running(1, 5), _running(2, None)]) == []
    clock.now = 9
    assert watch.dead([_running(0, 5), _running(1, 6), _running(2, None)]) == []
    clock.now = 11
    dead = watch.dead([_running(0, 5), _running(1, 6), _running(2, None)])

    assert [trial.number for trial in dead] == [0, 2]


def test_a_finished_trial_is_not_dead() -> None:
    clock = _Clock()
    watch = Watch(10, clock)
    finished = create_trial(state=TrialState.COMPLETE, value=1.0, user_attrs={"pulse": 5})
    finished.number = 0
    watch.dead([_running(0, 5)])
    clock.now = 100

    assert watch.dead([finished]) == []


def test_a_worker_keeps_its_pulse_going(open_storage: Callable[[], Storage]) -> None:
    study = begin(open_storage())
    trial = study.ask()

    with pulse(trial, grace=0.3):
        seen = set()
        deadline = time.monotonic() + 30
        while len(seen) < 3 and time.monotonic() < deadline:
            seen.add(study.trials[0].user_attrs.get("pulse"))
            time.sleep(0.02)

    assert len(seen) >= 3
