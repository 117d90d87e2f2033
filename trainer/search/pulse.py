"""Tell the living workers from the dead ones, though nobody's clock can be trusted.

A worker counts up a number beside its trial.  Others remember when they saw the number change,
by their own clock: a trial whose number stands still for too long has lost its worker.

Optuna's heartbeats belong to ``Study.optimize``, which cannot count exactly
(:mod:`trainer.search.claims`).  And a worker that was killed between taking a trial and its first
beat is never missed: its trial was still running after ``fail_stale_trials`` (Optuna 5.0.0), so
the others would wait for it for ever.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from types import TracebackType

from optuna import Trial
from optuna.exceptions import StorageInternalError, UpdateFinishedTrialError
from optuna.trial import FrozenTrial, TrialState
from sqlalchemy.exc import SQLAlchemyError

GRACE = 60.0  # seconds of silence until a worker counts as dead
_KEY = "pulse"
_BEATS_WITHIN_GRACE = 6


class Pulse:
    """Counts beside a trial, from a thread of its own, within a ``with`` block."""

    def __init__(self, trial: Trial, grace: float) -> None:
        self._trial = trial
        self._interval = grace / _BEATS_WITHIN_GRACE
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._beat, name="pulse", daemon=True)

    def __enter__(self) -> Pulse:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._over.set()
        self._thread.join()

    def _beat(self) -> None:
        count = 0
        while not self._over.wait(self._interval):
            count += 1
            try:
                self._trial.set_user_attr(_KEY, count)
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
            pulse = trial.user_attrs.get(_KEY)
            last, since = before.get(trial.number, (pulse, now))
            self._seen[trial.number] = (pulse, since if last == pulse else now)
        return [trial for trial in running if now - self._seen[trial.number][1] > self._grace]
