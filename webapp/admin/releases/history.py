"""The history of what was served, as the pages show it: the newest first, gates in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

from trainer.release.history import ROLLBACK, Activation, read_history, runs_before
from webapp.admin.releases.candidates import find_candidate
from webapp.admin.releases.gate_words import GateWords, in_words
from webapp.admin.runs.wording import read_moment


@dataclass(frozen=True)
class Change:
    """One change of the served run.

    Attributes:
        activation: as the trainer recorded it.
    """

    activation: Activation

    @cached_property
    def gates(self) -> Sequence[GateWords]:
        """What the run answered, in words, which only a page that shows them has to pay for."""
        return [in_words(gate) for gate in self.activation.gates]

    @property
    def is_rollback(self) -> bool:
        """Whether the change went back to a run that was served before."""
        return self.activation.action == ROLLBACK

    @property
    def is_forced(self) -> bool:
        """Whether the run was served although it did not pass a gate."""
        return self.activation.is_forced

    @property
    def passed(self) -> int:
        """How many gates were passed."""
        return sum(gate.passed for gate in self.gates)


@dataclass(frozen=True)
class History:
    """Everything that was served, and the run to go back to.

    Attributes:
        changes: the newest first.
        run_before: the run that a rollback would serve, as far as can be told without loading it;
            None where there is none.
    """

    changes: Sequence[Change]
    run_before: str | None

    def has_changed_since(self, moment: datetime | None, run: str) -> bool:
        """Whether another run than this one has been put into service since a moment."""
        newest = next(iter(self.changes), None)
        if moment is None or newest is None or newest.activation.run == run:
            return False
        changed_at = read_moment(newest.activation.at)
        return changed_at is not None and changed_at > moment

    def last_change_to(self, run: str | None) -> Change | None:
        """The change that put this run into service; None where the last one was to another run."""
        newest = next(iter(self.changes), None)
        return newest if newest and newest.activation.run == run else None


def look_back(models: Path, current: str | None, *, has_store: bool = False) -> History:
    """Read the history of a models folder.

    Args:
        models: the folder of the runs.
        current: the run that is served now.
        has_store: whether a run that is not in the folder can be fetched.
    """
    recorded = read_history(models)
    changes = [Change(activation) for activation in reversed(recorded)]
    found = ((run, find_candidate(models, run)) for run in runs_before(recorded, current))
    before = (run for run, one in found if (has_store if one is None else not one.problem))
    return History(changes, next(before, None))
