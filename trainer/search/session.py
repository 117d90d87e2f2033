"""One session of searching: join the study, work for it, and leave its results in files."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from recognizer.errors import reason_of

from trainer.quiet_start import DEVICES  # isort: skip  # before anything else imports Keras

from optuna import Study
from rich.console import Console

from trainer.data.collection import Data, load_data
from trainer.data.location import data_folder
from trainer.errors import TrainerError
from trainer.runs.training_log import EpochResult
from trainer.search.claims import counts
from trainer.search.options import check_study_name
from trainer.search.overview import place_of, show_results
from trainer.search.plan import Plan, make_plan
from trainer.search.records import write_records
from trainer.search.stopping import Stop
from trainer.search.storage import Storage, with_retries
from trainer.search.studies import join_study, plan_of
from trainer.search.worker import Worker
from trainer.training.trial import train_trial


@dataclass(frozen=True)
class Wish:
    """What somebody asked for.

    Attributes:
        recipe: to search.
        trials: that the study shall have in all.
        assignments: ``name=value`` of settings to fix.
        study: its name; None takes the recipe's.
        url: of the database; None takes a file in ``output``.
        output: the folder of the studies' folders.
        pruner: one of :data:`trainer.search.options.PRUNERS`.
        minutes: after which no more trial is begun; may be infinite.
        grace: seconds of silence until a worker counts as dead; None for what the study has.
        data_dir: where the data sets lie; None where they usually do.
    """

    recipe: str
    trials: int
    assignments: Sequence[str]
    study: str | None
    url: str | None
    output: Path
    pruner: str
    minutes: float
    grace: float | None
    data_dir: Path | None


def tune(wish: Wish, console: Console) -> int:
    """Search; returns 0 if the study has all trials that were wanted, else 1.

    Raises:
        TrainerError: the recipe, a setting, the study, its storage or the data is not what it
            must be, the results cannot be written, or every trial fails.
    """
    name = check_study_name(wish.study or wish.recipe)
    data = load_data(data_folder(wish.data_dir))
    plan = make_plan(wish.recipe, wish.assignments, data.origins)
    storage, folder = place_of(name, wish.url, wish.output)
    try:
        with closing(storage), storage.telling_errors():
            study = join_study(storage, name, plan, wish.pruner, wish.grace)
            console.print(f"study {name} in {storage.address}, devices: {', '.join(DEVICES)}")
            _write(study, folder)
            _work(study, storage, plan, data, wish, lambda: _write(study, folder), console)
            with_retries(lambda: show_results(study, folder, console))
            return _status(study, wish.trials, console)
    except OSError as error:
        place = error.filename or folder
        raise TrainerError(f"{place} cannot be written: {reason_of(error)}") from error


def _work(
    study: Study,
    storage: Storage,
    plan: Plan,
    data: Data,
    wish: Wish,
    write: Callable[[], None],
    console: Console,
) -> None:
    def train(settings: Any, on_epoch: Callable[[EpochResult], None]) -> EpochResult:
        # Judged by the part of the data that the recipe holds out, never by a test set.
        return train_trial(plan.recipe, settings, data, on_epoch)

    def say(line: str) -> None:
        console.print(line, soft_wrap=True)

    stop = Stop()
    with stop.listening():
        worker = Worker(study, storage, plan, train, stop, say, write)
        worker.work(wish.trials, time.monotonic() + 60 * wish.minutes)


def _write(study: Study, folder: Path) -> None:
    plan, trials = with_retries(lambda: (plan_of(study), study.get_trials(deepcopy=False)))
    write_records(folder, plan, trials)


def _status(study: Study, wanted: int, console: Console) -> int:
    done = sum(map(counts, with_retries(lambda: study.get_trials(deepcopy=False))))
    if done >= wanted:
        return 0
    console.print(f"{done} of {wanted} trials done; the same command goes on")
    return 1
