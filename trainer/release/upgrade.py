"""Make a new run of a finished run's networks, with all that a run of today has.

What is fitted to the networks (calibration, refusal, grouping) is fitted anew, so that nothing is
taken over from a run.json that nobody vouches for.  The networks, their figures and their pictures
are those of the old run, which is left as it is.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from recognizer.atomic_file import write_atomically
from recognizer.errors import RunError, reason_of
from recognizer.file_lock import locked
from recognizer.runs.calibration import read_recipe
from recognizer.runs.folder import CHECKSUM_FILE, run_path, verify_files
from recognizer.runs.loaded_run import load_run
from recognizer.runs.self_test import self_test
from trainer.data.collection import Data
from trainer.errors import TrainerError
from trainer.evaluation.fitted_values import fit_values
from trainer.report.samples_file import add_strokes
from trainer.runs.samples_file import SAMPLES_FILE
from trainer.runs.writer import CHECKPOINT_FILE, RunWriter, origin, run_name

_DRAFT = ".upgraded-"  # before the old run's name: no reader takes it for a run's


@dataclass(frozen=True)
class Upgrade:
    """What came of an upgrade.

    Attributes:
        name: of the new run.
        changes: of calibration and refusal, what was fitted otherwise than the old run has it: of
            each, its name, the old value and the new one.
    """

    name: str
    changes: list[tuple[str, Any, Any]]


def details_to_upgrade(models: Path, old_name: str) -> Mapping[str, Any]:
    """What the run.json of a run holds that can be upgraded.

    Raises:
        RunError: it is not at its end, was made for another geometry, or something in it was
            changed; run.json itself may lack its checksum, but not have a wrong one.
    """
    old = run_path(models, old_name)
    return verify_files(old, is_sealed=(old / CHECKSUM_FILE).exists())


def upgrade_run(models: Path, old_name: str, data: Data) -> Upgrade:
    """Make a run of another's networks; also clears what a killed upgrade of it left.

    Another upgrade of the run is waited for.

    Args:
        models: the folder of the runs.
        old_name: of the run whose networks are taken.
        data: the data sets it was made from.

    Raises:
        RunError: the old run cannot be upgraded, or what came of it does not read known drawings.
        TrainerError: the folder cannot be written to.
    """
    details = details_to_upgrade(models, old_name)
    draft = models / f"{_DRAFT}{old_name}"
    try:
        with locked(run_path(models, old_name)):
            return _upgrade(models, old_name, details, data, draft)
    except KeyError as error:
        raise RunError(f"{old_name}: run.json does not tell {error}") from error
    except OSError as error:
        raise TrainerError(f"{models} cannot be written to: {reason_of(error)}") from error


def _upgrade(
    models: Path, old_name: str, details: Mapping[str, Any], data: Data, draft: Path
) -> Upgrade:
    name = run_name(datetime.now(timezone.utc), read_recipe(old_name, details))
    shutil.rmtree(draft, ignore_errors=True)
    try:
        (draft / name).mkdir(parents=True)
        _copy(run_path(models, old_name), draft / name, details, data)
        fitted = fit_values(draft / name, details, data)
        run = RunWriter(draft / name, dict(details))
        upgrades = [*details.get("upgrades", []), {"from": old_name, **origin()}]
        run.seal(**fitted, name=name, upgrades=upgrades)
        self_test(load_run(draft, name))
        (draft / name).rename(models / name)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return Upgrade(name, list(_changes("", {key: details.get(key) for key in fitted}, fitted)))


def _copy(old: Path, new: Path, details: Mapping[str, Any], data: Data) -> None:
    for name in (*details["files"], CHECKPOINT_FILE):
        if (old / name).exists():
            shutil.copyfile(old / name, new / name)
    samples = new / SAMPLES_FILE
    if samples.exists():
        content = {**json.loads(samples.read_text("utf-8")), "run": new.name}
        add_strokes(content, data.drawings)
        text = json.dumps(content, separators=(",", ":"), ensure_ascii=False) + "\n"
        write_atomically(samples, text.encode())


def _changes(path: str, old: Any, new: Any) -> Iterator[tuple[str, Any, Any]]:
    """Numbers of the old one that the new one has otherwise, as ``calibration.temperature``."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for key, value in old.items():
            yield from _changes(f"{path}.{key}" if path else key, value, new.get(key))
    elif old is not None and old != new:
        yield path, old, new
