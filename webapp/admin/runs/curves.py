"""What a training has given so far, as JSON: its epochs, and how far it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from flask_babel import gettext as _

from trainer.runs.training_log import EpochResult, TrainingLog
from webapp.admin.runs.seen_run import SeenRun
from webapp.admin.training.progress import progress_words, share_done


def epochs_of(run: SeenRun) -> list[dict[str, float]]:
    """Read the main network's epochs in their order, under the headings of the log."""
    return [asdict(epoch) for epoch in log_of(run)]


def log_of(run: SeenRun) -> Sequence[EpochResult]:
    """Read the main network's epochs in their order; none where the log cannot be read."""
    try:
        return TrainingLog.of_run(run.folder).read()
    except (OSError, UnicodeDecodeError):
        return []


def progress_of(run: SeenRun) -> dict[str, Any]:
    """Tell a run's state and how far it is.

    Returns:
        ``status``, ``reason``; ``words``, a sentence on how far it is, and ``share``, how much of
        the network at hand is trained, 0-1 or None.
    """
    progress = run.details.progress if run.status == "running" else None
    waits = _("Waiting for a worker.") if run.status == "queued" else ""
    return {
        "status": run.status,
        "reason": run.problem,
        "words": str(waits or progress_words(progress)),
        "share": share_done(progress),
    }
