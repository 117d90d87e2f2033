"""One worker of a study: claim a trial, run it, and so on until the wanted number is reached."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from optuna import Study, Trial

from trainer.errors import TrainerError
from trainer.search.claims import Standing, claim
from trainer.search.plan import Plan
from trainer.search.pulse import Watch
from trainer.search.stopping import Stop
from trainer.search.storage import Storage, with_retries
from trainer.search.studies import grace_of
from trainer.search.trial_run import Outcome, Train, run_trial

_FAILURES = 3  # of the first trials of a worker; then it is not their settings


@dataclass(eq=False)
class Worker:
    """Runs trials of one study until there is nothing left to do, or somebody asks for the end.

    Attributes:
        study: to work for.
        storage: of the study.
        plan: of the study.
        train: trains with some settings.
        stop: ends it.
        say: shows a line.
        after_trial: called when a trial has ended.
    """

    study: Study
    storage: Storage
    plan: Plan
    train: Train
    stop: Stop
    say: Callable[[str], None]
    after_trial: Callable[[], None]
    _outcomes: list[Outcome] = field(default_factory=list, init=False)
    _is_waiting: bool = field(default=False, init=False)

    def work(self, wanted: int, deadline: float) -> None:
        """Run trials, and wait while others are at the last ones: one of them may die.

        Args:
            wanted: trials that the study shall have in all.
            deadline: of :func:`time.monotonic`; no trial is begun afterwards.

        Raises:
            TrainerError: the first trials all failed, or the storage is gone for minutes.
        """
        grace = grace_of(self.study)
        watch = Watch(grace)
        while not self.stop.is_requested and time.monotonic() < deadline:
            trial, standing = with_retries(lambda: self._claim(wanted, watch))
            if trial is not None:
                self._run(trial, standing, wanted, grace)
            elif standing.running:
                self._wait(standing, min(2.0, grace / 6))
            else:
                return

    def _claim(self, wanted: int, watch: Watch) -> tuple[Trial | None, Standing]:
        seed = self.plan.settings.seed
        return claim(self.study, self.storage, self.plan.space, seed, wanted, watch)

    def _run(self, trial: Trial, standing: Standing, wanted: int, grace: float) -> None:
        self._is_waiting = False
        drawn = ", ".join(f"{name} {_text(value)}" for name, value in trial.params.items())
        self.say(f"trial {trial.number} ({standing.counted} of {wanted} done): {drawn}")
        outcome = run_trial(self.study, trial, self.plan, grace, self.train, self.stop, self.say)
        self.say(f"trial {trial.number}: {outcome.word}, {outcome.detail}")
        self._outcomes.append(outcome)
        self.after_trial()
        if [outcome.word for outcome in self._outcomes] == ["failed"] * _FAILURES:
            raise TrainerError(f"the first {_FAILURES} trials failed, the last: {outcome.detail}")

    def _wait(self, standing: Standing, seconds: float) -> None:
        if not self._is_waiting:
            self.say(f"waiting for {standing.running} running trials of other workers")
        self._is_waiting = True
        time.sleep(seconds)


def _text(value: object) -> str:
    return f"{value:.3g}" if isinstance(value, float) else str(value)
