"""Serve a run that passed its gates, or go back to the one before; both are recorded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from recognizer.errors import RunError, reason_of
from recognizer.file_lock import locked
from recognizer.runs.folder import run_path
from recognizer.runs.loaded_run import load_run
from recognizer.runs.pointer import activate
from recognizer.runs.self_test import self_test
from trainer.errors import TrainerError
from trainer.release.gate import Gate
from trainer.release.history import (
    ACTIVATE,
    HISTORY_FILE,
    ROLLBACK,
    Activation,
    append_activation,
    local_user,
    read_history,
    runs_before,
)
from trainer.release.store.mirror import fetch, follow
from trainer.release.store.run_store import RunStore
from trainer.runs.listing import current_name


class RefusedError(TrainerError):
    """A run may not be served, or there is none to go back to."""


class AnotherRunError(RefusedError):
    """A rollback would serve another run than the one that was asked for."""

    def __init__(self, run: str) -> None:
        """Remember the ``run`` that it would serve."""
        super().__init__(f"going back leads to {run}")
        self.run = run


@dataclass(frozen=True)
class Return:
    """What a rollback did.

    Attributes:
        run: that is served now.
        before: that was served until now.
        skipped: names of the runs between them that cannot be served any more, with the reason.
    """

    run: str
    before: str | None
    skipped: dict[str, str]


def activate_run(
    models: Path,
    run_name: str,
    gates: Sequence[Gate],
    force: str | None = None,
    by: str | None = None,
    store: RunStore | None = None,
    beside: str | None = "",
) -> Activation:
    """Make a run the one that is served, and add that to the history.

    Args:
        models: the folder of the runs.
        run_name: the run.
        gates: what it answered (:func:`trainer.release.gates.run_gates`).
        force: why it shall be served although a gate is closed.
        by: who wants it; the user of this process, unless a page asks for somebody else.
        store: that other machines serve from; the run is published there first.
        beside: the run that was served when the gates compared it with this one, None for none;
            empty where they need not have compared it with the one that is served now.

    Raises:
        RefusedError: a gate is closed, or another run is served by now than the gates compared
            it with, and there is no reason to override that.
        RunError: the run cannot be served at all; nothing has changed then.
    """
    closed = [gate.name for gate in gates if not gate.passed]
    if closed and not (force and force.strip()):
        raise RefusedError(f"{run_name} is not activated: it did not pass {', '.join(closed)}")
    if store is not None:
        follow(store, models)  # so that what was served until now is what everybody serves
    with locked(models):
        answers = [gate.as_json() for gate in gates]
        reason = force if closed else None
        before = current_name(models)
        if force is None and beside != "" and before not in (beside, run_name):
            raise RefusedError(
                f"{run_name} is not activated: {before or 'no run'} was put into service while it "
                "was checked; run the checks again"
            )
        activation = Activation(ACTIVATE, run_name, before, answers, reason, by or local_user())
        _serve(models, activation, store)
    return activation


def roll_back(
    models: Path,
    reason: str | None = None,
    by: str | None = None,
    store: RunStore | None = None,
    wanted: str | None = None,
) -> Return:
    """Serve the run that was served before, as the history tells, without asking the gates.

    Runs that were removed or changed since are skipped.  Every call goes one run further back.
    Where there is a store, it is the one that is gone back in, for all machines.

    Args:
        models: the folder of the runs.
        reason: for the history.
        by: who wants it, for the history.
        store: None where each machine goes back by itself.
        wanted: the only run that may be served by this; None for whichever it is.

    Raises:
        AnotherRunError: it would not be the wanted one; nothing has changed then.
        RefusedError: there is no run to go back to that can still be served.
    """
    if store is not None:
        follow(store, models)
    with locked(models):
        before = current_name(models)
        skipped: dict[str, str] = {}
        for name in runs_before(read_history(models), before):
            try:
                _load(models, name, store)
            except RunError as error:
                skipped[name] = str(error)
                continue
            if wanted is not None and name != wanted:
                raise AnotherRunError(name)
            activation = Activation(ROLLBACK, name, before, [], reason, by or local_user())
            _serve(models, activation, store)
            return Return(name, before, skipped)
    unusable = f" ({'; '.join(skipped.values())})" if skipped else ""
    raise RefusedError(f"there is no run to go back to{unusable}")


def _load(models: Path, name: str, store: RunStore | None) -> None:
    if store is not None and not run_path(models, name).exists():
        fetch(store, models, name)
    self_test(load_run(models, name))


def _serve(models: Path, activation: Activation, store: RunStore | None) -> None:
    try:
        (models / HISTORY_FILE).open("ab").close()  # what cannot be recorded shall not be done
        if store is not None:
            store.publish(models, activation)
        activate(models, activation.run)
        append_activation(models, activation)
    except OSError as error:
        raise TrainerError(f"{models} cannot be written to: {reason_of(error)}") from error
