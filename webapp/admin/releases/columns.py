"""The columns of the table of runs that could be served."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _

from trainer.runs.listing import RunLine
from webapp.admin.tables import Column


def run_columns() -> Sequence[Column[RunLine]]:
    """What such runs can be sorted by."""
    return [
        Column("name", _("Run"), lambda run: run.name),
        Column("recipe", _("Recipe"), lambda run: run.recipe),
        Column("mnist", _("MNIST"), lambda run: run.mnist, is_number=True),
        Column("drawings", _("Drawings"), lambda run: run.drawings, is_number=True),
        Column("parameters", _("Parameters"), lambda run: run.parameters, is_number=True),
        Column("started", _("Trained on"), lambda run: run.started),
    ]
