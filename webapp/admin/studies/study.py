"""One study as the pages show it: its trials, the best of them, what it searches, what matters."""

from __future__ import annotations

import hashlib
import json
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from webapp.admin.studies.places import StudyPlace

_YOUNG = 4.0  # seconds for which an answer about a study that changes is new enough

Facts = Mapping[str, Any]
Params = Mapping[str, Any]  # values by setting


@dataclass(frozen=True)
class Trial:
    """One trial.

    Attributes:
        number: from 0.
        outcome: complete, pruned, running, waiting, failed, interrupted or lost.
        accuracy: on held-out data, a share; of a trial that is not complete that of its last
            epoch; None before the first one.
        loss: the same.
        best_so_far: the best accuracy of the complete trials up to this one.
        epochs: how many it has come through.
        params: the settings that were sampled for it.
        started: in UTC, ISO 8601; None where it has not.
        seconds: of work; None where it is not over.
        worker: ``host:process``.
        retry_of: number of the trial whose place it took.
        error: what went wrong.
    """

    number: int
    outcome: str
    accuracy: float | None
    loss: float | None
    best_so_far: float | None
    epochs: int
    params: Params
    started: str | None
    seconds: float | None
    worker: str | None
    retry_of: int | None
    error: str | None


@dataclass(frozen=True)
class Best:
    """The best complete trial, and all settings that it was trained with."""

    trial: int
    accuracy: float
    settings: Params


@dataclass(frozen=True)
class Study:
    """What is known of a study.

    Attributes:
        name, place: of the study.
        recipe: that it searches.
        storage: where it is kept, as people may see it.
        counts: trials by outcome.
        best: None before the first complete trial.
        fixed: settings that are the same in all trials.
        search: what is sampled, by setting: ``choices``, or ``low``, ``high``, ``step`` and
            ``logarithmic``.
        floor: lowest accuracy that pictures show to scale; None without trials.
        trials: in their order.
        importance: share by setting, falling; None as long as nobody knows.
        version: changes whenever the page would.
    """

    name: str
    place: StudyPlace
    recipe: str
    storage: str
    counts: Mapping[str, int]
    best: Best | None
    fixed: Params
    search: Mapping[str, Facts]
    floor: float | None
    trials: Sequence[Trial]
    importance: Mapping[str, float] | None
    version: str

    @property
    def done(self) -> int:
        """How many trials count: complete and pruned ones, and those with an error of their own."""
        return sum(self.counts.get(word, 0) for word in ("complete", "pruned", "failed"))

    @property
    def training_command(self) -> str:
        """The command that trains the settings of the best trial; empty where there is none."""
        if self.best is None:
            return ""
        settings = [f"--set {shlex.quote(f'{n}={v}')}" for n, v in self.best.settings.items()]
        return " ".join([f"python -m trainer train {shlex.quote(self.recipe)}", *settings])


@dataclass(frozen=True)
class Look:
    """What a look at a study gave.

    Attributes:
        study: None where nothing is known, yet or at all.
        problem: what the trainer said last, if it could not tell.
        is_being_asked: whether something newer is on its way.
    """

    study: Study | None
    problem: str | None
    is_being_asked: bool

    @property
    def version(self) -> str:
        """A text that changes whenever the page would."""
        known = self.study.version if self.study else str(self.problem)
        return f"{known}-{int(self.is_being_asked and self.study is None)}"


def look_at_study(place: StudyPlace, name: str) -> Look:
    """Read what is kept about a study, and have it asked anew where the study has changed."""
    kept, question = place.study(name)
    known = kept.refresh(question, after_seconds=_YOUNG)
    answer = known.answer
    if answer is None or answer.facts is None:
        return Look(None, answer.problem if answer else None, known.is_being_asked)
    facts = answer.facts
    importance, its_version = _importance(place, name, facts)
    study = _study(place, facts, importance, f"{answer.version}-{its_version}")
    return Look(study, answer.problem, known.is_being_asked)


def _importance(
    place: StudyPlace, name: str, facts: Facts
) -> tuple[Mapping[str, float] | None, str]:
    """Ask how much each setting matters when another trial is complete, since it takes seconds.

    Returns:
        the shares by setting, None as long as nobody knows, and what changes whenever they do.
    """
    complete = [
        (trial["trial"], trial["val_accuracy"])
        for trial in facts["history"]
        if trial["outcome"] == "complete"
    ]
    if len(complete) < 2:
        return {}, ""
    revision = hashlib.sha256(json.dumps(complete).encode()).hexdigest()[:16]
    kept, question = place.importance(name, revision)
    answer = kept.refresh(question).answer
    if answer is None:
        return None, ""
    return (answer.facts or {}).get("importance", {}), answer.version


def _study(
    place: StudyPlace, facts: Facts, importance: Mapping[str, float] | None, version: str
) -> Study:
    best = facts["best"]
    return Study(
        name=facts["study"],
        place=place,
        recipe=facts["recipe"],
        storage=facts["storage"].removeprefix("sqlite:///"),  # a file is called by its path
        counts=facts["trials"],
        best=best and Best(best["trial"], best["val_accuracy"], best["settings"]),
        fixed=facts["fixed"],
        search=facts["search"],
        floor=facts["floor"],
        trials=[_trial(trial) for trial in facts["history"]],
        importance=importance,
        version=version,
    )


def _trial(facts: Facts) -> Trial:
    return Trial(
        number=facts["trial"],
        outcome=facts["outcome"],
        accuracy=facts["val_accuracy"],
        loss=facts["val_loss"],
        best_so_far=facts["best_so_far"],
        epochs=facts["epochs"],
        params=facts["drawn"],
        started=facts["started"],
        seconds=facts["seconds"],
        worker=facts["worker"],
        retry_of=facts["again"],
        error=facts["error"],
    )
