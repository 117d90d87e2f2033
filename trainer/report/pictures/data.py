"""The pictures of what a run was trained on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from trainer.report.contributions import Contribution
from trainer.report.language import gettext as _
from trainer.report.language import number
from trainer.report.pictures.picture import Picture
from trainer.report.plots.bars import plot_classes, plot_sources


def data_pictures(parts: Sequence[Contribution]) -> Iterator[Picture]:
    """How many samples of each digit, and of each data set."""
    names = [part.name for part in parts]
    amounts = {
        _("trained on"): [len(part.trained) for part in parts],
        _("held out"): [len(part.held_out) for part in parts],
        _("test"): [len(part.test) for part in parts],
    }
    trained = {
        _("images"): _by_digit(parts[:1]),
        _("drawings"): _by_digit(parts[1:]),
    }
    shown = {name: counts for name, counts in trained.items() if sum(counts)}
    everything = [sum(counts) for counts in zip(*trained.values(), strict=True)]
    yield Picture(
        "classes", _("Samples of each digit"), _("That the main network was trained on."),
        "; ".join(f"{digit}: {number(count)}" for digit, count in enumerate(everything)) + ".",
        lambda theme: plot_classes(theme, shown or trained, _("samples")),
    )  # fmt: skip
    yield Picture(
        "sources", _("Samples of each data set"),
        _("Whole writers are held out, never single drawings."),
        "; ".join(map(_amounts, parts)) + ".",
        lambda theme: plot_sources(theme, names, amounts, _("samples")),
    )  # fmt: skip


def _amounts(part: Contribution) -> str:
    return _(
        "%(name)s: %(trained)s trained on, %(held_out)s held out",
        name=part.name, trained=number(len(part.trained)), held_out=number(len(part.held_out)),
    )  # fmt: skip


def _by_digit(parts: Sequence[Contribution]) -> list[int]:
    counts = Counter(label for part in parts for label in part.trained)
    return [counts[digit] for digit in range(10)]
