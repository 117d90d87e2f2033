"""Tell the living workers from the dead ones, though nobody's clock can be trusted.

A worker counts up a number beside its trial.  Others remember when they saw the number change,
by their own clock: a trial whose number stands still for too long has lost its worker.

Optuna's heartbeats belong to ``Study.optimize``, which cannot count exactly
(:mod:`trainer.search.claims`).  And a worker that was killed between taking a trial and its first
beat is never missed: its trial was still running after ``fail_stale_trials`` (Optuna 5.0.0), so
the others would wait for it for ever.
"""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from optuna import Trial
from optuna.exceptions import StorageInternalError, UpdateFinishedTrialError
from optuna.trial import FrozenTrial, TrialState
from sqlalchemy.exc import SQLAlchemyError

GRACE = 60.0  # seconds of silence until a worker counts as dead
_KEY = "pulse"
_BEATS_WITHIN_GRACE = 6


@contextmanager
def pulse(trial: Trial, grace: float) -> Iterator[None]:
    """Count beside a trial, from a thread of its own, within a ``with`` block."""
    over = threading.Event()
    arguments = (trial, grace / _BEATS_WITHIN_GRACE, over)
    thread = threading.Thread(target=_beat, args=arguments, name="pulse", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _beat(trial: Trial, interval: float, over: threading.Event) -> None:
    for count in itertools.count(1):
        if over.wait(interval):
            return
        try:
            trial.set_user_attr(_KEY, count)
        except (StorageInternalError, SQLAlchemyError):
            continue  # the database may be back at the next beat
        except UpdateFinishedTrialError:
            return  # given up for dead; the trial's own thread finds out after its epoch


class Watch:
    """What one process has seen of the others' pulses."""

    def __init__(self, grace: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._grace = grace
        self._clock = clock
        self._seen: dict[int, tuple[object, float]] = {}

    def dead(self, trials: Iterable[FrozenTrial]) -> list[FrozenTrial]:
        """The running trials whose pulse has stood still for the whole grace period."""
        now = self._clock()
        running = [trial for trial in trials if trial.state is TrialState.RUNNING]
        before, self._seen = self._seen, {}
        for trial in running:
            count = trial.user_attrs.get(_KEY)
            last, since = before.get(trial.number, (count, now))
            self._seen[trial.number] = (count, since if last == count else now)
        return [trial for trial in running if now - self._seen[trial.number][1] > self._grace]
