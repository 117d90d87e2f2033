"""Show the studies that there are, and what one of them has found so far."""

from __future__ import annotations

import shlex
from contextlib import closing
from pathlib import Path
from typing import Any

from optuna import Study
from rich.console import Console
from rich.table import Table

from trainer.errors import SettingsError, TrainerError
from trainer.runs.plain_json import json_text
from trainer.search.facts import study_facts
from trainer.search.options import check_study_name
from trainer.search.records import BEST_FILE, best_trial, write_records
from trainer.search.report import as_json, best_table, states_text
from trainer.search.storage import Storage
from trainer.search.studies import find_study, plan_of, study_names

_FILE = "study.db"


def place_of(study: str, url: str | None, output: Path) -> tuple[Storage, Path]:
    """Where a study's trials are kept, and the folder for its results.

    Args:
        study: its name.
        url: of the database; None for a file in the study's folder.
        output: the folder of the studies' folders.
    """
    folder = output / study
    return (Storage(url) if url else Storage.in_file(folder / _FILE)), folder


def show_results(study: Study, folder: Path, console: Console) -> None:
    """Write the files and the plots of a study, and print its best trials and what to do next."""
    from trainer.search.plots import draw_plots

    trials, plan = study.get_trials(deepcopy=False), plan_of(study)
    write_records(folder, plan, trials)
    draw_plots(folder, study)
    best = best_trial(trials)
    if best is not None:
        console.print(best_table(study.study_name, plan, trials))
    console.print(f"{states_text(trials)}; see {_shown(folder)}", soft_wrap=True)
    if best is not None:
        command = ["python", "-m", "trainer", "train", plan["recipe"]]
        command += ["--settings", _shown(folder / BEST_FILE)]
        console.print(f"train the best: {shlex.join(command)}", soft_wrap=True)


def show_study(
    name: str,
    url: str | None,
    output: Path,
    console: Console | None,
    *,
    with_importance: bool = False,
) -> int:
    """Print how a study stands, and write its files anew; returns the exit status.

    Args:
        name: of the study.
        url: of the database; None for a file in the study's folder.
        output: the folder of the studies' folders.
        console: to print a table on; None prints JSON and writes nothing.
        with_importance: whether the JSON tells how much each setting matters, which takes seconds.

    Raises:
        SettingsError: there is none of this name.
        StorageError: its storage cannot be used.
    """
    storage, folder = place_of(check_study_name(name), url, output)
    with closing(storage), storage.telling_errors():
        if url is None and not (folder / _FILE).is_file():
            names = ", ".join(_folders(output)) or "none"
            raise SettingsError(f"there is no study {name!r} in {output}; there are: {names}")
        study = find_study(storage, name)
        if console is None:
            facts = study_facts(study, storage.address)
            if with_importance:
                from trainer.search.importance import importances  # scikit-learn takes seconds

                facts["importance"] = importances(study)
            print(json_text(facts, indent=1))
        else:
            show_results(study, folder, console)
    return 0


def list_studies(url: str | None, output: Path, console: Console | None) -> int:
    """Print a line for each study; returns the exit status.

    A study that cannot be read is named with the reason, and hides no other.

    Args:
        url: of the database; None for the files in the studies' folders.
        output: the folder of the studies' folders.
        console: to print a table on; None prints JSON.

    Raises:
        StorageError: the database that holds all of them cannot be used.
    """
    names = _names_in(url) if url else _folders(output)
    facts = [_summary(name, url, output) for name in names]
    if console is None:
        print(json_text(facts, indent=1))
    else:
        console.print(_table(facts))
    return 0


def _summary(name: str, url: str | None, output: Path) -> dict[str, Any]:
    storage, _ = place_of(name, url, output)
    try:
        with closing(storage), storage.telling_errors():
            study = find_study(storage, name)
            return as_json(name, plan_of(study), study.get_trials(deepcopy=False))
    except TrainerError as error:
        return {"study": name, "recipe": None, "trials": {}, "best": None, "error": str(error)}


def _shown(path: Path) -> str:
    """Relative to where the person is, if it lies below."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def _names_in(url: str) -> list[str]:
    with closing(Storage(url)) as storage, storage.telling_errors():
        return study_names(storage)


def _folders(output: Path) -> list[str]:
    return sorted(path.parent.name for path in output.glob(f"*/{_FILE}"))


def _table(facts: list[dict[str, Any]]) -> Table:
    table = Table(title="studies")
    for heading in ("study", "recipe", "trials", "best, held out"):
        table.add_column(heading)
    for study in facts:
        counted = ", ".join(f"{number} {word}" for word, number in study["trials"].items())
        best = study["best"]
        accuracy = f"{best['val_accuracy']:.2%} (trial {best['trial']})" if best else ""
        trials = study.get("error") or counted
        table.add_row(study["study"], study["recipe"], trials, accuracy)
    return table
