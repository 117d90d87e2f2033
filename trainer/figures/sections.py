"""The sections of the figures, in the order of the page, and what each says about itself."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from recognizer.runs.loaded_run import LoadedRun
    from trainer.figures.figure import Figure

REAL_PICTURES = ("real_pictures", "held_out_pictures")  # which only few have
SECTIONS = ("accuracy", "robustness", "refusal", "calibration", "numbers", "photos", "cost")

_ROLE = re.compile(r":\w+:`~?([^`]+)`")


@dataclass(frozen=True)
class Section:
    """One part of the figures.

    Attributes:
        name: of its module, and on the command line.
        text: what is measured and how, in Markdown.
        measure: asks a run, with the folder of the data sets, for the figures.
        headlines: (row, name) of the figures that the README shows; none given means the first.
    """

    name: str
    text: str
    measure: Callable[[LoadedRun, Path], list[Figure]]
    headlines: tuple[tuple[str, str], ...] = ()

    @property
    def title(self) -> str:
        """As a heading."""
        return self.name.replace("_", " ").capitalize()


def load_section(name: str) -> Section:
    """A section by its name in :data:`SECTIONS`."""
    module = importlib.import_module(f"trainer.figures.{name}")
    text = _as_markdown(module.__doc__ or "")
    return Section(name, text, module.measure, getattr(module, "HEADLINES", ()))


def _as_markdown(docstring: str) -> str:
    """Paragraphs on one line each, without what only Sphinx reads."""
    paragraphs = [" ".join(paragraph.split()) for paragraph in docstring.strip().split("\n\n")]
    return _ROLE.sub(r"`\1`", "\n\n".join(paragraphs)).replace("``", "`")
