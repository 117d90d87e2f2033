"""What a training has given so far, as JSON: its epochs, and how far it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from trainer.report.training_log import read_log
from trainer.training.epoch_log import EpochResult
from webapp.admin.runs.seen_run import SeenRun


def epochs_of(run: SeenRun) -> list[dict[str, float]]:
    """The epochs of the main network, the first one first; their keys are the log's headings."""
    return [asdict(epoch) for epoch in log_of(run)]


def log_of(run: SeenRun) -> Sequence[EpochResult]:
    """The same as objects; none where the log cannot be read."""
    try:
        return read_log(run.folder)
    except (OSError, UnicodeDecodeError):
        return []


def progress_of(run: SeenRun) -> dict[str, Any]:
    """State and progress.

    Returns:
        ``status``, ``reason``, and ``progress`` as run.json has it, or None.
    """
    progress = run.section("progress") if run.status == "running" else None
    return {"status": run.status, "reason": run.problem, "progress": progress or None}
