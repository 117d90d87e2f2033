"""Put a report together and write it: beside a run, or into the run while it is being made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from recognizer.atomic_file import write_atomically
from recognizer.runs.loaded_run import open_run
from trainer.data.collection import Data
from trainer.evaluation.measurement import Measurement
from trainer.evaluation.refusal import RefusalMeasurement, measure_refusal
from trainer.report.contributions import contributions, credits_of
from trainer.report.output import written_to
from trainer.report.page import Report, render_page
from trainer.report.pictures.answers import answer_pictures
from trainer.report.pictures.data import data_pictures
from trainer.report.pictures.picture import Picture
from trainer.report.pictures.refusal import refusal_pictures
from trainer.report.pictures.training import training_pictures
from trainer.report.samples_file import samples_as_json
from trainer.runs.plain_json import json_text
from trainer.runs.samples_file import SAMPLES_FILE
from trainer.runs.training_log import TrainingLog
from trainer.settings.definition import N_

PAGE_FILE = "report.html"
_IN_A_RUN = "report-"  # before the names of the pictures there


def make_report(
    folder: Path, details: Mapping[str, Any], data: Data, measurements: Sequence[Measurement]
) -> Report:
    """All that a report tells.

    Args:
        folder: of the run.
        details: what its run.json holds.
        data: the data sets it was made from; with letters and symbols, refusal is told too.
        measurements: of the run (:func:`trainer.evaluation.figures.evaluate`).

    Raises:
        RunError: a network cannot be loaded.
    """
    log = TrainingLog.of_run(folder).read()
    parts = contributions(details, data, measurements)
    refusal = _refusal(folder, details, data) if data.outliers else {}
    return Report(
        details=details,
        log=log,
        measurements=measurements,
        contributions=parts,
        credits=credits_of(details),
        training=list(training_pictures(log)),
        data=list(data_pictures(parts)),
        answers={one.key: list(answer_pictures(one)) for one in measurements if one.robustness},
        refusal=refusal,
        refused=list(refusal_pictures(refusal)),
    )


def _refusal(folder: Path, details: Mapping[str, Any], data: Data) -> dict[str, RefusalMeasurement]:
    run = open_run(folder, details)
    measured = {
        N_("drawings"): measure_refusal(run, data.drawings, data.outliers),
        N_("pictures"): measure_refusal(run, data.drawings, data.outliers, as_pictures=True),
    }
    return {asked: one for asked, one in measured.items() if one is not None}


def write_report(report: Report, output: Path) -> Path:
    """Write the page, the pictures as PNG files and ``samples.json``; returns the page's path.

    Args:
        report: what to write.
        output: an existing folder; files of these names in it are replaced.

    Raises:
        TrainerError: it cannot be written to.
    """
    page = render_page(report)
    with written_to(output):
        write_atomically(output / PAGE_FILE, page.encode())
        write_pictures(report.pictures, output)
        _write_samples(report, output)
    return output / PAGE_FILE


def write_into_run(report: Report, folder: Path) -> None:
    """Write the pictures and ``samples.json`` into a run that is not sealed yet.

    A run that was stopped and went on has older pictures; none of them is left.
    """
    for old in folder.glob(f"{_IN_A_RUN}*.png"):
        old.unlink()
    write_pictures(report.pictures, folder, _IN_A_RUN)
    _write_samples(report, folder)


def write_pictures(pictures: Iterable[Picture], folder: Path, prefix: str = "") -> None:
    """Write pictures as light PNG files, ``<prefix><name>.png``."""
    for picture in pictures:
        write_atomically(folder / f"{prefix}{picture.name}.png", picture.light_png)


def _write_samples(report: Report, folder: Path) -> None:
    content = samples_as_json(report.details["name"], report.measurements)
    text = json_text(content, separators=(",", ":"), ensure_ascii=False) + "\n"
    write_atomically(folder / SAMPLES_FILE, text.encode())
