"""How well pictures that strangers really took are read, by the repository that they come from.

They lie in `photos/` of the data folder, and not in this repository: most of their owners state no
licence.  `labels.jsonl` beside them names the repository, commit and path of each.  An answer is
"right" when its text is the label, `unsure` or not; "sure and wrong" is a `digit` or a `number` of
another text.  Three repositories were named before anything was tuned, and are measured by
``python -m trainer figures --only held_out_pictures``.
"""

from __future__ import annotations

import json
import time
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from recognizer.prediction import Prediction
from recognizer.recognizer import Recognizer
from recognizer.runs.loaded_run import LoadedRun
from trainer.errors import DataError
from trainer.figures.figure import Figure, median, share

FOLDER = "photos"
LABELS = "labels.jsonl"
HELD_OUT = frozenset(  # named on 2026-11-29, before any of them was looked at
    {
        "tahaemara/multi-digit-segmentation-and-recognition",
        "mrsadeghi/handwritten-multi-digits",
        "yantinglai/CS5330-project5-deep-network-recognition",
    }
)


@dataclass(frozen=True)
class RealPicture:
    """A picture of somebody's.

    Attributes:
        file: where it lies.
        label: its digits in reading order.
        kind: ``photo``, ``scan``, ``paint`` or ``28x28``.
        repository: owner and name.
    """

    file: Path
    label: str
    kind: str
    repository: str

    @property
    def row(self) -> str:
        """What it is a picture of, and whose."""
        digits = "one digit" if len(self.label) == 1 else "several digits"
        return f"{self.kind}, {digits}: {self.repository}"


@dataclass(frozen=True)
class Outcome:
    """An answer to a picture, and the milliseconds that it took."""

    picture: RealPicture
    answer: Prediction
    milliseconds: float

    @property
    def is_right(self) -> bool:
        """Whether all digits were read, in order."""
        return self.answer.text == self.picture.label

    @property
    def is_sure_and_wrong(self) -> bool:
        """Whether it says something else, without a doubt."""
        return self.answer.verdict in ("digit", "number") and not self.is_right


def measure(run: LoadedRun, data_folder: Path) -> list[Figure]:
    """The repositories that may be looked at; nothing where there are no such pictures.

    Raises:
        DataError: the list of labels is damaged.
    """
    pictures = read_pictures(data_folder)
    return summarize(answer_all(run, [one for one in pictures if one.repository not in HELD_OUT]))


def read_pictures(data_folder: Path) -> list[RealPicture]:
    """All pictures of the data folder, by kind and repository.

    Raises:
        DataError: the list of labels is damaged.
    """
    folder = data_folder / FOLDER
    if not (folder / LABELS).is_file():
        return []
    pictures = []
    for line in (folder / LABELS).read_text("utf-8").splitlines():
        try:
            row = json.loads(line)
            repository = row["source"].partition("@")[0]
            pictures.append(
                RealPicture(folder / row["file"], row["label"], row["kind"], repository)
            )
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise DataError(f"{folder / LABELS} has a line that cannot be read: {line}") from error
    return sorted(pictures, key=lambda one: (one.row, one.file))


def answer_all(run: LoadedRun, pictures: Sequence[RealPicture]) -> Iterator[Outcome]:
    """What a run answers to each picture, as its file stands."""
    recognizer = Recognizer(run)
    for picture in pictures:
        content = picture.file.read_bytes()
        start = time.perf_counter()
        answer = recognizer.recognize_picture(content, images=False)
        yield Outcome(picture, answer, 1000 * (time.perf_counter() - start))


def summarize(outcomes: Iterator[Outcome]) -> list[Figure]:
    """Shares and times, a row for each kind and repository, and for each kind."""
    rows: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        rows[outcome.picture.row].append(outcome)
    return [figure for row, members in rows.items() for figure in _figures(row, members)]


def _figures(row: str, outcomes: Collection[Outcome]) -> Iterator[Figure]:
    total = len(outcomes)
    yield share("right", sum(one.is_right for one in outcomes), total, row)
    for verdict in ("blank", "not_a_digit", "unsure"):
        yield share(verdict, sum(one.answer.verdict == verdict for one in outcomes), total, row)
    yield share("sure and wrong", sum(one.is_sure_and_wrong for one in outcomes), total, row)
    yield median("time", [one.milliseconds for one in outcomes], "ms", row)
