"""Begin a study, join it, or look at it: one search with all its trials."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import optuna
from optuna import Study
from optuna.pruners import BasePruner, HyperbandPruner, MedianPruner, NopPruner

from trainer.errors import SettingsError
from trainer.search.plan import Plan, expect_same
from trainer.search.pulse import GRACE
from trainer.search.storage import Storage

_PLAN, _GRACE = "plan", "grace"


def join_study(
    storage: Storage, name: str, plan: Plan, pruner: str = "median", grace: float | None = None
) -> Study:
    """The study of this name, begun if nobody has; whoever comes first makes it, alone.

    Args:
        storage: where it is kept.
        name: of the study.
        plan: what to search; the same for everybody.
        pruner: one of :data:`trainer.search.options.PRUNERS`.
        grace: seconds of silence until a worker counts as dead; the same for everybody, so who
            joins may leave it open.

    Raises:
        SettingsError: the study was begun with another plan or grace.
        StorageError: the storage cannot be used.
    """
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    with storage.alone():
        study = optuna.create_study(
            storage=storage.opened(),
            study_name=name,
            direction="maximize",
            load_if_exists=True,
            pruner=_pruner(pruner, plan),
        )
        stored = study.user_attrs
        if _PLAN not in stored:
            study.set_user_attr(_GRACE, grace or GRACE)
            study.set_user_attr(_PLAN, plan.as_json())
            return study
    expect_same(name, stored[_PLAN], plan)
    if grace not in (None, stored[_GRACE]):
        raise SettingsError(f"the study {name} was begun with --grace {stored[_GRACE]:g}")
    return study


def find_study(storage: Storage, name: str) -> Study:
    """A study that exists.

    Raises:
        SettingsError: it does not.
        StorageError: the storage cannot be used.
    """
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    with storage.alone():
        opened = storage.opened()
    try:
        return optuna.load_study(storage=opened, study_name=name)
    except KeyError:
        raise SettingsError(f"there is no study {name!r} in {storage.address}") from None


def study_names(storage: Storage) -> list[str]:
    """The names of all studies there, sorted."""
    with storage.alone():
        opened = storage.opened()
    return sorted(optuna.get_all_study_names(opened))


def plan_of(study: Study) -> Mapping[str, Any]:
    """What it searches, as :meth:`Plan.as_json` gave it.

    Raises:
        SettingsError: the study is none of ours.
    """
    stored = study.user_attrs.get(_PLAN)
    if not isinstance(stored, dict):
        raise SettingsError(f"the study {study.study_name} was not begun by this command")
    return stored


def grace_of(study: Study) -> float:
    """Seconds of silence until one of its workers counts as dead."""
    return float(study.user_attrs[_GRACE])


def _pruner(name: str, plan: Plan) -> BasePruner:
    epochs = int(getattr(plan.settings, "epochs", 1))
    if name == "hyperband":
        return HyperbandPruner(min_resource=1, max_resource=epochs, reduction_factor=3)
    if name == "median":
        # Epochs count from 1; the first one says more about the learning rate than about the end.
        return MedianPruner(n_startup_trials=5, n_warmup_steps=2)
    return NopPruner()
