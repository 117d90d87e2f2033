"""Run one claimed trial to its end, whatever the end is, and write down all that it gave."""

from __future__ import annotations

import dataclasses
import math
import time
from collections.abc import Callable
from typing import Any

from optuna import Study, Trial, TrialPruned
from optuna.exceptions import OptunaError, UpdateFinishedTrialError
from optuna.trial import TrialState
from sqlalchemy.exc import SQLAlchemyError

from trainer.runs.plain_json import finite
from trainer.runs.training_log import EpochResult
from trainer.search.claims import EPOCHS, ERROR, INTERRUPTED, SECONDS
from trainer.search.plan import Plan
from trainer.search.pulse import pulse
from trainer.search.stopping import Stop
from trainer.search.storage import StorageError, with_retries

Train = Callable[[Any, Callable[[EpochResult], None]], EpochResult]  # of settings, told of epochs

TAKEN_AWAY = "given up for dead meanwhile, and run again by another worker"


@dataclasses.dataclass(frozen=True)
class Outcome:
    """How a trial ended.

    Attributes:
        word: complete, pruned, failed, interrupted or lost.
        detail: its accuracy, or what went wrong.
    """

    word: str
    detail: str


def run_trial(
    study: Study,
    trial: Trial,
    plan: Plan,
    grace: float,
    train: Train,
    stop: Stop,
    say: Callable[[str], None],
) -> Outcome:
    """Train with what the trial drew, judge it by held-out data after each epoch, and tell.

    Args:
        study: of the trial.
        trial: claimed by this process.
        plan: of the study.
        grace: seconds of silence until others take this process for dead.
        train: trains with some settings, tells each epoch's figures and returns the last ones.
        stop: raises KeyboardInterrupt in the training when it is requested.
        say: shows a line for each epoch.

    Raises:
        OptunaError, SQLAlchemyError, StorageError: the study cannot be reached for minutes.
    """
    started = time.monotonic()
    record = _Record(trial, stop, say)
    try:
        with pulse(trial, grace):
            outcome = _train(trial, plan, train, stop, record)
        facts = {SECONDS: round(time.monotonic() - started, 1), **_facts(outcome)}
        return _told(study, trial, outcome, facts, record.last_accuracy)
    except UpdateFinishedTrialError:
        return Outcome("lost", TAKEN_AWAY)


class _Record:
    """The epochs of a trial, stored as they come, so that a killed worker leaves them behind."""

    def __init__(self, trial: Trial, stop: Stop, say: Callable[[str], None]) -> None:
        self._trial = trial
        self._stop = stop
        self._say = say
        self._epochs: list[dict[str, Any]] = []
        self.last_accuracy = math.nan

    def add(self, result: EpochResult) -> None:
        with self._stop.waiting():
            self.last_accuracy = float(result.val_accuracy)
            self._epochs.append(finite(dataclasses.asdict(result)))
            self._say(f"trial {self._trial.number}: {result}")
            with_retries(lambda: self._trial.report(self.last_accuracy, result.epoch))
            with_retries(lambda: self._trial.set_user_attr(EPOCHS, self._epochs))
            if with_retries(self._trial.should_prune):
                raise TrialPruned


def _train(trial: Trial, plan: Plan, train: Train, stop: Stop, record: _Record) -> Outcome:
    try:
        with stop.interrupting():
            result = train(plan.settings_of(trial.params), record.add)
    except TrialPruned:
        return Outcome("pruned", f"{record.last_accuracy:.2%}, below the others")
    except KeyboardInterrupt:
        return Outcome("interrupted", "its settings will be tried again")
    except (OptunaError, SQLAlchemyError, StorageError):
        raise
    except Exception as error:  # whatever these settings made of the network
        return Outcome("failed", f"{type(error).__name__}: {error}"[:1000])
    if not math.isfinite(result.val_accuracy):
        return Outcome("failed", "its accuracy is not a number")
    return Outcome("complete", f"{result.val_accuracy:.2%} of held-out data")


def _facts(outcome: Outcome) -> dict[str, object]:
    if outcome.word == "failed":
        return {ERROR: outcome.detail}
    return {INTERRUPTED: True} if outcome.word == "interrupted" else {}


def _told(
    study: Study, trial: Trial, outcome: Outcome, facts: dict[str, object], accuracy: float
) -> Outcome:
    for name, fact in facts.items():
        with_retries(lambda name=name, fact=fact: trial.set_user_attr(name, fact))  # type: ignore[misc]
    state = {"complete": TrialState.COMPLETE, "pruned": TrialState.PRUNED}.get(
        outcome.word, TrialState.FAIL
    )
    value = accuracy if state is TrialState.COMPLETE else None
    # Said twice if the database fell silent after the first time; somebody else's end stays.
    told = with_retries(lambda: study.tell(trial.number, value, state, skip_if_finished=True))
    return outcome if told.state is state else Outcome("lost", TAKEN_AWAY)
