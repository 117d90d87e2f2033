"""How a study stands, in short: as a table for people and as JSON for programs.

All that is known of a study is told by :mod:`trainer.search.facts`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from optuna.trial import FrozenTrial
from rich.table import Table

from trainer.search.claims import EPOCHS
from trainer.search.records import best_trial, outcome_of, settings_of

_SHOWN = 5


def best_table(name: str, plan: Mapping[str, Any], trials: Sequence[FrozenTrial]) -> Table:
    """The best complete trials, one a column, with what they drew."""
    complete = [trial for trial in trials if outcome_of(trial) == "complete"]
    best = sorted(complete, key=lambda trial: -(trial.value or 0.0))[:_SHOWN]
    table = Table(title=f"{name}: the best trials")
    table.add_column("trial")
    for trial in best:
        table.add_column(str(trial.number), justify="right")
    table.add_row("held-out accuracy", *(f"{trial.value:.2%}" for trial in best))
    epochs = (str(len(trial.user_attrs.get(EPOCHS, []))) for trial in best)
    table.add_row("epochs", *epochs, end_section=True)
    for setting in plan["search"]:
        table.add_row(setting, *(_text(trial.params[setting]) for trial in best))
    return table


def states(trials: Sequence[FrozenTrial]) -> dict[str, int]:
    """How many trials came to which outcome."""
    return dict(sorted(Counter(map(outcome_of, trials)).items()))


def states_text(trials: Sequence[FrozenTrial]) -> str:
    """The same in words."""
    return (
        ", ".join(f"{number} {word}" for word, number in states(trials).items()) or "no trial yet"
    )


def as_json(name: str, plan: Mapping[str, Any], trials: Sequence[FrozenTrial]) -> dict[str, Any]:
    """What ``--list --json`` prints of each study."""
    best = best_trial(trials)
    return {
        "study": name,
        "recipe": plan["recipe"],
        "trials": states(trials),
        "best": best
        and {
            "trial": best.number,
            "val_accuracy": best.value,
            "settings": settings_of(plan, best),
        },
    }


def _text(value: object) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)
