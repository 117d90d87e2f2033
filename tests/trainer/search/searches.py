"""Searches small enough for a test: a plan with two settings, and trainings that take no time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from optuna import Study

from trainer.runs.training_log import EpochResult
from trainer.search.plan import Plan
from trainer.search.space import search_space
from trainer.search.stopping import Stop
from trainer.search.storage import Storage
from trainer.search.studies import join_study
from trainer.search.worker import Worker
from trainer.settings.definition import Span, setting


@dataclass(frozen=True)
class Settings:
    """What a recipe's settings look like."""

    seed: int = setting(1, "of everything")
    epochs: int = setting(3, "rounds")
    width: int = setting(8, "of a layer", search=(8, 16, 32))
    rate: float = setting(0.1, "of learning", search=Span(0.001, 1, logarithmic=True))


def small_plan(**changes: Any) -> Plan:
    settings = Settings(**changes)
    return Plan("small", settings, search_space(settings, changes), {"mnist": "abc"})


def train(settings: Settings, on_epoch: Callable[[EpochResult], None]) -> EpochResult:
    """Learns a little more each epoch, and best with a width of 16."""
    for epoch in range(1, settings.epochs + 1):
        result = epoch_result(epoch, 0.9 + 0.01 * epoch - abs(settings.width - 16) / 1000)
        on_epoch(result)
    return result


def epoch_result(epoch: int, accuracy: float) -> EpochResult:
    return EpochResult(epoch, 0.5, accuracy, 0.4, accuracy, 0.01, 1.0)


def begin(storage: Storage, **options: Any) -> Study:
    return join_study(storage, "small", small_plan(), **options)


def worker_of(
    study: Study, storage: Storage, training: Any = train, stop: Stop | None = None
) -> Worker:
    return Worker(
        study, storage, small_plan(), training, stop or Stop(),
        say=lambda line: None, after_trial=lambda: None,
    )  # fmt: skip
