"""Draw a data set: how many samples each class has, and what they look like.

Bars differ by brightness and hatching as well as by colour (Okabe and Ito's, which colour-blind
people tell apart), so that they can be read in grey.
"""

from __future__ import annotations

import io
from pathlib import Path

import matplotlib
import numpy as np
from matplotlib.figure import Figure

from recognizer.atomic_file import write_atomically
from recognizer.geometry import IMAGE_SIZE, Ink
from trainer.data.survey.samples import SampleSet

SAMPLES_OF_A_CLASS = 12  # in the sheet
_STYLES = (
    ("#0072B2", ""),
    ("#F0E442", "///"),
    ("#D55E00", "..."),
    ("#FFFFFF", "xxx"),
    ("#56B4E9", "---"),
    ("#333333", ""),
)
_GAP = 4  # pixels between the samples


def write_plots(data_set: SampleSet, folder: Path) -> list[Path]:
    """Write ``<name>-classes.png`` and ``<name>-samples.png`` into a folder; returns them."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {
        folder / f"{data_set.name}-classes.png": _classes,
        folder / f"{data_set.name}-samples.png": _sheet,
    }
    with matplotlib.rc_context({"text.parse_math": False}):  # dollars in names are no formulas
        for path, draw in files.items():
            picture = io.BytesIO()
            draw(data_set).savefig(picture, format="png", dpi=120)
            write_atomically(path, picture.getvalue())  # a page may be showing the one before
    return list(files)


def _classes(data_set: SampleSet) -> Figure:
    labels = data_set.labels()
    figure = Figure(figsize=(max(7.5, 0.35 * len(labels) + 2), 4), layout="constrained")
    axes = figure.subplots()
    bottom = np.zeros(len(labels), np.int64)
    for number, (part, counts) in enumerate(data_set.counts().items()):
        heights = np.array([counts[label] for label in labels])
        colour, hatch = _STYLES[number % len(_STYLES)]
        axes.bar(
            range(len(labels)), heights, bottom=bottom, label=f"{part} ({heights.sum():,})",
            color=colour, hatch=hatch, edgecolor="black", linewidth=0.5,
        )  # fmt: skip
        bottom += heights
    axes.set_ylim(0, 1.05 * bottom.max())
    axes.set_xticks(range(len(labels)), labels)
    axes.set(title=f"{data_set.name}: {bottom.sum():,} samples", xlabel="class", ylabel="samples")
    figure.legend(loc="outside right upper")
    return figure


def _sheet(data_set: SampleSet) -> Figure:
    labels = data_set.labels()
    step = IMAGE_SIZE + _GAP
    sheet = np.zeros((step * len(labels), step * SAMPLES_OF_A_CLASS), np.uint8)
    for row, label in enumerate(labels):
        for column, ink in enumerate(_some(data_set, label)):
            y, x = row * step + _GAP // 2, column * step + _GAP // 2
            sheet[y : y + IMAGE_SIZE, x : x + IMAGE_SIZE] = ink
    figure = Figure(figsize=(6, 0.45 * len(labels) + 0.6), layout="constrained")
    axes = figure.subplots()
    axes.imshow(255 - sheet, cmap="gray", vmin=0, vmax=255)
    axes.set_yticks(step * (np.arange(len(labels)) + 0.5), labels)
    axes.set_xticks([])
    axes.set_title(data_set.name)
    return figure


def _some(data_set: SampleSet, label: str) -> list[Ink]:
    """A few samples of a class, from its first to its last, so that many writers are among them."""
    samples = [sample for sample in data_set.samples if sample.label == label]
    places = np.unique(np.linspace(0, len(samples) - 1, SAMPLES_OF_A_CLASS).astype(int))
    return [samples[place].ink() for place in places]
