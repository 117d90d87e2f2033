"""The samples that a run is shown with: read from its samples.json, and chosen for a page."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask_babel import gettext as _

from trainer.runs.samples_file import GRID, SAMPLES_FILE
from webapp.admin.runs.seen_run import SeenRun
from webapp.admin.runs.wording import percent

_MOST_BYTES = 20_000_000
_MOST_FILES = 2  # 1.5 MB each at most, several times that as objects, in every worker
_IMAGE = re.compile(r"data:image/png;base64,[A-Za-z0-9+/]+=*")


@dataclass(frozen=True)
class Sample:
    """A digit with its answer.

    Attributes:
        image: a ``data:`` address.
        label, answer: digits.
        is_right: whether they are the same.
        confidence: written for people.
        words: all of it in a sentence.
        writer: as ``ibm/r01-12``, or empty.
        strokes: of a drawing, as the API takes them; None of a picture, and where they were not
            kept.
    """

    image: str
    label: int
    answer: int
    is_right: bool
    confidence: str
    words: str
    writer: str
    strokes: Sequence[Any] | None = None

    @property
    def can_be_asked_about(self) -> bool:
        """Whether what the network was given is there: strokes of a drawing, or a picture."""
        return self.strokes is not None or not self.writer


@dataclass(frozen=True)
class Chosen:
    """Samples to show.

    Attributes:
        title: what they are.
        samples: the samples.
        next_grid: number of the next grid of the fair choice; None where these are others.
    """

    title: str
    samples: Sequence[Sample]
    next_grid: int | None = None


def sample_sets(run: SeenRun) -> Mapping[str, Mapping[str, Any]]:
    """The sets of the run's samples.json; none where it has no such file, or one of no use."""
    path = run.folder / SAMPLES_FILE
    try:
        status = path.stat()
        if status.st_size > _MOST_BYTES:
            return {}
        return _read(path, status.st_mtime_ns, status.st_size)
    except (OSError, ValueError):
        return {}


@lru_cache(maxsize=_MOST_FILES)
def _read(path: Path, changed: int, size: int) -> Mapping[str, Mapping[str, Any]]:
    content = json.loads(path.read_text("utf-8"))
    sets = content.get("sets") if isinstance(content, dict) else None
    found = sets.items() if isinstance(sets, dict) else ()
    return {
        key: one
        for key, one in found
        if isinstance(one, dict) and isinstance(one.get("samples"), list)
    }


def grid(one: Mapping[str, Any], number: int) -> Chosen:
    """Choose fifteen samples of those drawn at random, alike for all runs of the same data.

    Args:
        one: a set of samples.json.
        number: of the grid, from 0; behind the last comes the first.
    """
    places = [*_places(one, "grid"), *_places(one, "others")]
    grids = max(1, -(-len(places) // GRID))
    first = number % grids * GRID
    title = _("%(first)s to %(last)s of %(total)s, chosen by chance", first=first + 1,
              last=min(first + GRID, len(places)), total=len(places))  # fmt: skip
    return Chosen(title, _samples(one, places[first : first + GRID]), (number + 1) % grids)


def cell(one: Mapping[str, Any], label: int, answer: int) -> Chosen:
    """Choose the samples of one label that were given one answer, the surest first."""
    cells = one.get("cells")
    places = cells.get(f"{label}/{answer}", []) if isinstance(cells, Mapping) else []
    title = (
        _("Digit %(label)s, rightly answered", label=label)
        if label == answer
        else _("Digit %(label)s, answered %(answer)s", label=label, answer=answer)
    )
    return Chosen(title, _samples(one, places if isinstance(places, list) else []))


def surest_mistakes(one: Mapping[str, Any], most: int = GRID) -> Sequence[Sample]:
    """What was answered wrong with the greatest confidence."""
    return _samples(one, _places(one, "misread")[:most])


def _places(one: Mapping[str, Any], name: str) -> list[Any]:
    places = one.get(name)
    return places if isinstance(places, list) else []


def _samples(one: Mapping[str, Any], places: Sequence[Any]) -> list[Sample]:
    samples = one["samples"]
    chosen = [samples[at] for at in places if isinstance(at, int) and 0 <= at < len(samples)]
    return [made for entry in chosen if (made := read_sample(entry))]


def read_sample(entry: Any) -> Sample | None:
    """Read a sample of samples.json for a page; None where the entry is of no use."""
    try:
        image, label, answer = str(entry["image"]), int(entry["label"]), int(entry["answer"])
        confidence = percent(entry["confidence"], 1)
        writer = str(entry.get("writer", ""))
    except (KeyError, TypeError, ValueError, AttributeError):
        return None
    is_right = label == answer
    words = (
        _("A %(label)s, read right, %(confidence)s sure", label=label, confidence=confidence)
        if is_right
        else _("A %(label)s, read as %(answer)s, %(confidence)s sure", label=label, answer=answer,
               confidence=confidence)
    )  # fmt: skip
    if _IMAGE.fullmatch(image) is None:
        return None
    strokes = entry.get("strokes") if isinstance(entry.get("strokes"), list) else None
    return Sample(image, label, answer, is_right, confidence, words, writer, strokes)
