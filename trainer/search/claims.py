"""Who runs which trial: exactly as many as wanted, each by one worker, the lost ones again.

A trial counts once it has a result or an error of its own.  One that was interrupted, or whose
worker died, does not count: another trial with the same settings takes its place.

``Study.optimize`` with ``MaxTrialsCallback(10)`` made 13 trials in each of three searches with
four workers (Optuna 5.0.0): each worker looks at the number when a trial has ended, and begins
another one meanwhile.  So trials are asked for and told here, one process at a time; what retries
trials of ``optimize`` sees none of these.
"""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timezone

import numpy as np
from optuna import Study, Trial
from optuna.distributions import BaseDistribution
from optuna.exceptions import UpdateFinishedTrialError
from optuna.samplers import TPESampler
from optuna.trial import FrozenTrial, TrialState

from trainer.search.pulse import Watch
from trainer.search.storage import Storage

AGAIN = "again"  # number of the trial whose place this one takes
ATTEMPT = "attempt"
ERROR = "error"
INTERRUPTED = "interrupted"
WORKER = "worker"
STARTED = "started"
SECONDS = "seconds"
EPOCHS = "epochs"
ATTEMPTS = 3  # then it is the trial that kills its workers


@dataclass(frozen=True)
class Standing:
    """How far a study is: trials that count, and trials that somebody is at."""

    counted: int
    running: int


def claim(
    study: Study,
    storage: Storage,
    space: Mapping[str, BaseDistribution],
    seed: int,
    wanted: int,
    watch: Watch,
) -> tuple[Trial | None, Standing]:
    """Take the next trial, unless the wanted number is reached or others are at the last ones.

    Args:
        study: to take it from.
        storage: of the study.
        space: what to draw.
        seed: of the drawing.
        wanted: how many trials the study shall have, all workers together.
        watch: what this process knows of the other workers.

    Returns:
        A trial with its settings drawn, or None, and how far the study was before.
    """
    with storage.alone():
        for dead in watch.dead(study.get_trials(deepcopy=False)):
            _give_up(study, dead)
        trials = study.get_trials(deepcopy=False)
        standing = standing_of(trials)
        if standing.counted + standing.running >= wanted:
            return None, standing
        _put_back_one_that_was_lost(study, trials)
        # Each trial has its own seed: workers that start together must not draw the same.
        study.sampler = TPESampler(seed=_seed(seed, len(trials)))
        trial = study.ask(dict(space))
    trial.set_user_attr(WORKER, f"{platform.node()}:{os.getpid()}")
    trial.set_user_attr(STARTED, f"{datetime.now(timezone.utc):%Y-%m-%dT%H:%M:%SZ}")
    return trial, standing


def standing_of(trials: Sequence[FrozenTrial]) -> Standing:
    """Count a study's trials."""
    running = sum(trial.state is TrialState.RUNNING for trial in trials)
    return Standing(sum(map(counts, trials)), running)


def counts(trial: FrozenTrial) -> bool:
    """Whether it is one of those that were wanted."""
    if trial.state is TrialState.FAIL:
        known = trial.user_attrs
        is_used_up = known.get(ATTEMPT, 1) >= ATTEMPTS and INTERRUPTED not in known
        return ERROR in known or is_used_up
    return trial.state in (TrialState.COMPLETE, TrialState.PRUNED)


def _give_up(study: Study, dead: FrozenTrial) -> None:
    with suppress(UpdateFinishedTrialError):  # it came to its end after all
        study.tell(dead.number, state=TrialState.FAIL, skip_if_finished=True)


def _put_back_one_that_was_lost(study: Study, trials: Sequence[FrozenTrial]) -> None:
    replaced = {trial.user_attrs.get(AGAIN) for trial in trials}
    for trial in trials:
        if trial.state is TrialState.FAIL and not counts(trial) and trial.number not in replaced:
            died = INTERRUPTED not in trial.user_attrs
            attempt = trial.user_attrs.get(ATTEMPT, 1) + died
            study.enqueue_trial(trial.params, {AGAIN: trial.number, ATTEMPT: attempt})
            return


def _seed(seed: int, number: int) -> int:
    return int(np.random.SeedSequence([seed, number]).generate_state(1)[0])
