"""The pictures of what a run was trained on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from trainer.report.contributions import Contribution
from trainer.report.pictures.picture import Picture
from trainer.report.plots.bars import plot_classes, plot_sources


def data_pictures(parts: Sequence[Contribution]) -> Iterator[Picture]:
    """How many samples of each digit, and of each data set."""
    names = [part.name for part in parts]
    amounts = {
        "trained on": [len(part.trained) for part in parts],
        "held out": [len(part.held_out) for part in parts],
        "test": [len(part.test) for part in parts],
    }
    trained = {
        "images": _by_digit(parts[:1]),
        "drawings": _by_digit(parts[1:]),
    }
    shown = {name: counts for name, counts in trained.items() if sum(counts)}
    everything = [sum(counts) for counts in zip(*trained.values(), strict=True)]
    yield Picture(
        "classes", "Samples of each digit", "That the main network was trained on.",
        "; ".join(f"{digit}: {count:,}" for digit, count in enumerate(everything)) + ".",
        lambda theme: plot_classes(theme, shown or trained, "samples"),
    )  # fmt: skip
    yield Picture(
        "sources", "Samples of each data set", "Whole writers are held out, never single drawings.",
        "; ".join(
            f"{part.name}: {len(part.trained):,} trained on, {len(part.held_out):,} held out"
            for part in parts
        ) + ".",
        lambda theme: plot_sources(theme, names, amounts, "samples"),
    )  # fmt: skip


def _by_digit(parts: Sequence[Contribution]) -> list[int]:
    counts = Counter(label for part in parts for label in part.trained)
    return [counts[digit] for digit in range(10)]
