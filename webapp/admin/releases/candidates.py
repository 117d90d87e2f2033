"""Runs that could be served: whether each may, as far as can be told without loading it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from flask_babel import gettext as _

from recognizer import geometry
from recognizer.errors import RunError
from recognizer.runs.folder import SERVABLE, read_details, run_path
from trainer.runs.details import NOTHING_KNOWN, RunDetails, parse_details
from trainer.runs.listing import BROKEN, RunLine
from trainer.runs.state import observed_status
from webapp.admin.tables import Column


@dataclass(frozen=True)
class Candidate:
    """A run that somebody may want to be served.

    Attributes:
        name: of its folder.
        status: as observed, or ``broken``.
        problem: why it cannot be served, a sentence for a person; None where nothing speaks
            against asking its gates.
        details: what its run.json holds; nothing where that cannot be read.
    """

    name: str
    status: str
    problem: str | None
    details: RunDetails = NOTHING_KNOWN

    def accuracy(self, samples: str) -> float | None:
        """The accuracy on ``mnist_test`` or ``held_out_writers``, 0-1, if it was measured."""
        return self.details.figures(samples).accuracy

    @property
    def recipe(self) -> str | None:
        """The name of the run's recipe; None where it is not known."""
        return self.details.recipe

    @property
    def parameters(self) -> int | None:
        """How many parameters the main network has; None where it is not known."""
        return self.details.main_network.parameters


def find_candidate(models: Path, name: str) -> Candidate | None:
    """Look at a run; None where there is none of this name."""
    try:
        folder = run_path(models, name)
    except RunError:
        return None
    if not folder.is_dir():
        return None
    try:
        raw = read_details(folder)
        details = parse_details(raw)
    except RunError:
        return Candidate(name, BROKEN, _("Its run.json cannot be read."))
    status = observed_status(folder, raw)
    return Candidate(name, status, _problem(status, details), details)


def may_be_served(line: RunLine) -> bool:
    """Whether a run in the list has a network that could be served."""
    return line.status in SERVABLE


def _problem(status: str, details: RunDetails) -> str | None:
    if status in ("queued", "running"):
        return str(_("It is still being trained."))
    if status not in SERVABLE:
        return str(_("Its training failed, so it has no network to answer with."))
    version = details.preprocessing_version
    if version == geometry.VERSION:
        return None
    words = _(
        "It was trained on pictures drawn in another way (version %(found)s, "
        "this server draws version %(expected)s).",
        found=version,
        expected=geometry.VERSION,
    )
    return str(words)


def run_columns() -> Sequence[Column[RunLine]]:
    """Name the columns that a table of runs to serve can be sorted by."""
    return [
        Column("name", _("Run"), lambda run: run.name),
        Column("recipe", _("Recipe"), lambda run: run.recipe),
        Column("mnist", _("MNIST"), lambda run: run.mnist, is_number=True),
        Column("drawings", _("Drawings"), lambda run: run.drawings, is_number=True),
        Column("parameters", _("Parameters"), lambda run: run.parameters, is_number=True),
        Column("started", _("Trained on"), lambda run: run.started),
    ]
