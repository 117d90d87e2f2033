"""What can be asked of the trainer, and the command line that does it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from webapp.configuration import Configuration
from webapp.private_files import make_private_folder

TRAINING, SHORT = "training", "short"
QUEUES = (SHORT, TRAINING)


@dataclass(frozen=True)
class Place:
    """Says where jobs read and write.

    Attributes:
        models: the folder of the runs.
        data: of the data sets; None for the trainer's usual one.
        logs: a job's log is ``<id>.log`` in here.
        reports: a run's report is a folder named as the run in here.
        exports: the same of its exports.
        studies: the folder of the searches' folders.
        corrections: what people said of their drawings, in files that are there while a job reads
            them.
    """

    models: Path
    data: Path | None
    logs: Path
    reports: Path
    exports: Path
    studies: Path
    corrections: Path

    def log_of(self, job_id: int) -> Path:
        """Say where the log of a job lies, if it has begun."""
        return self.logs / f"{job_id}.log"

    def corrections_for(self, run: str) -> Path:
        """The corrections that a run is trained on, while it is trained."""
        return self.corrections / run / "corrections.jsonl"

    def held_out_for(self, run: str) -> Path:
        """The corrections that a run is asked about, while its gates are."""
        return self.corrections / run / "held-out.jsonl"


def place_of(configuration: Configuration) -> Place:
    """The places that the settings name."""
    instance = configuration.instance_folder
    return Place(
        models=configuration.models_folder,
        data=configuration.data_folder,
        logs=instance / "jobs",
        reports=instance / "reports",
        exports=instance / "exports",
        studies=configuration.studies_folder,
        corrections=instance / "corrections",
    )


Arguments = Mapping[str, Any]
Command = Callable[[Arguments, Place], list[str]]


@dataclass(frozen=True)
class Kind:
    """One kind of job.

    Attributes:
        queue: ``training``, or ``short`` for what nobody wants to wait for behind a training.
        command: what is put behind ``python -m`` and the module.
        module: ``trainer``, or ``flask`` for what the web app does itself: it alone is told how to
            reach the database.
        gives_json: whether its standard output is the job's result.
        may_refuse: whether exit status 2 with a result is an answer and no failure.
        searches: whether it trains without making a run, as a search does.
        is_private: whether what it makes lies in the instance folder, for nobody else to read.
    """

    queue: str
    command: Command
    module: str = "trainer"
    gives_json: bool = False
    may_refuse: bool = False
    searches: bool = False
    is_private: bool = False

    @property
    def asks_gates(self) -> bool:
        """Whether corrections that are held out are asked about."""
        return self.command in (_gates, _activate)

    @property
    def trains(self) -> bool:
        """Whether a run is trained, which can be stopped in good order and gone on with."""
        return self.queue == TRAINING and not self.searches


def trains_a_run(kind: str) -> bool:
    """Whether jobs of this kind train a run; those of a kind that is unknown here do not."""
    return kind in KINDS and KINDS[kind].trains


def command_line(kind: Kind, arguments: Arguments, place: Place) -> list[str]:
    """The whole command of a job."""
    return [sys.executable, "-m", kind.module, *kind.command(arguments, place)]


def _resume(arguments: Arguments, place: Place) -> list[str]:
    # A run that was queued is begun by this, too.
    return ["train", "--resume", arguments["run"], *_data(place), *_models(place)]


def _gates(arguments: Arguments, place: Place) -> list[str]:
    asked = [arguments["run"], "--check", "--json", *_held_out(arguments, place)]
    return ["activate", *asked, *_data(place), *_models(place)]


def _activate(arguments: Arguments, place: Place) -> list[str]:
    force = [f"--force={arguments['force']}"] if arguments.get("force") else []
    by = [f"--by={arguments['by']}"] if arguments.get("by") else []
    asked = [arguments["run"], "--json", *force, *by, *_held_out(arguments, place)]
    return ["activate", *asked, *_data(place), *_models(place)]


def _ask_about_corrections(arguments: Arguments, place: Place) -> list[str]:
    return ["--app", "webapp", "corrections", "ask", arguments["run"]]


def _report(arguments: Arguments, place: Place) -> list[str]:
    output = place.reports / arguments["run"]
    asked = [arguments["run"], "--output", str(output)]
    if language := arguments.get("language"):  # a job of an older release has none
        asked.append(f"--language={language}")
    return ["report", *asked, *_data(place), *_models(place)]


def _export(arguments: Arguments, place: Place) -> list[str]:
    output = place.exports / arguments["run"]
    make_private_folder(output)  # only a folder that exists is taken for one
    asked = [arguments["run"], f"--format={arguments['format']}", "--output", str(output)]
    return ["export", *asked, *_data(place), *_models(place)]


def _compare(arguments: Arguments, place: Place) -> list[str]:
    return ["compare", *arguments["runs"], "--json", *_data(place), *_models(place)]


def _fetch(arguments: Arguments, place: Place) -> list[str]:
    return ["data", "fetch", *_data(place)]


_TUNE_OPTIONS = ("study", "trials", "pruner")


def _tune(arguments: Arguments, place: Place) -> list[str]:
    fixed = [f"--set={name}={value}" for name, value in arguments["settings"].items()]
    asked = ["tune", arguments["recipe"], *(f"--{n}={arguments[n]}" for n in _TUNE_OPTIONS)]
    # The address of a shared database may hold a password, so it stays in the environment.
    storage = [] if arguments["is_shared"] else ["--storage="]
    return [*asked, *fixed, *storage, f"--output={place.studies}", *_data(place)]


def _held_out(arguments: Arguments, place: Place) -> list[str]:
    return ["--corrections", str(place.held_out_for(arguments["run"]))]


def _data(place: Place) -> list[str]:
    return ["--data-dir", str(place.data)] if place.data else []


def _models(place: Place) -> list[str]:
    return ["--models", str(place.models)]


KINDS: dict[str, Kind] = {
    "train": Kind(TRAINING, _resume),
    "resume": Kind(TRAINING, _resume),
    "gates": Kind(SHORT, _gates, gives_json=True, may_refuse=True),
    "activate": Kind(SHORT, _activate, gives_json=True),
    "readings": Kind(SHORT, _ask_about_corrections, module="flask"),
    "report": Kind(SHORT, _report, is_private=True),
    "export": Kind(SHORT, _export, is_private=True),
    "compare": Kind(SHORT, _compare, gives_json=True),
    "fetch": Kind(SHORT, _fetch),
    "tune": Kind(TRAINING, _tune, searches=True),
}
