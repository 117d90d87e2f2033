"""Any data set as labelled samples that can be counted, compared and drawn."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from recognizer.geometry import Ink, draw
from trainer.data.mnist import Images, Mnist
from trainer.data.rows import Points, Row


@dataclass(frozen=True, eq=False)
class Sample:
    """One picture or drawing.

    Attributes:
        label: what it shows.
        part: the split of a picture (``train``), the site of a row (``ibm``).
        writer: who drew it, within the site; None for pictures that are no rows.
        place: where it stands, as ``mnist train 12`` or ``mine.jsonl:7``.
        digest: equal for samples of exactly the same ink or strokes.
        ink: draws it, (28, 28) uint8.
    """

    label: str
    part: str
    writer: str | None
    place: str
    digest: bytes
    ink: Callable[[], Ink]


@dataclass(frozen=True, eq=False)
class SampleSet:
    """A data set.

    Attributes:
        name: what reports call it.
        samples: in its order.
        held_out: the writers (site and name) that no run is trained on; empty where the set is
            not split by writers.
    """

    name: str
    samples: Sequence[Sample]
    held_out: frozenset[tuple[str, str]] = frozenset()

    def labels(self) -> list[str]:
        """Every label that occurs, sorted."""
        return sorted({sample.label for sample in self.samples})

    def parts(self) -> list[str]:
        """Every part, in the order of the samples."""
        return list(dict.fromkeys(sample.part for sample in self.samples))

    def counts(self) -> dict[str, Counter[str]]:
        """Samples of each label, by part."""
        counts: dict[str, Counter[str]] = {part: Counter() for part in self.parts()}
        for sample in self.samples:
            counts[sample.part][sample.label] += 1
        return counts

    def writers(self) -> dict[str, Counter[str]]:
        """Samples of each writer, by part; empty where nobody knows who drew them."""
        writers: dict[str, Counter[str]] = {}
        for sample in self.samples:
            if sample.writer is not None:
                writers.setdefault(sample.part, Counter())[sample.writer] += 1
        return writers

    def held_out_counts(self) -> dict[str, Counter[str]]:
        """Samples of each label by held-out writers, by part."""
        counts: dict[str, Counter[str]] = {part: Counter() for part in self.parts()}
        for sample in self.samples:
            if sample.writer is not None and (sample.part, sample.writer) in self.held_out:
                counts[sample.part][sample.label] += 1
        return counts


def mnist_samples(mnist: Mnist, validation_images: int) -> SampleSet:
    """MNIST's pictures, the last of its training images being those for validation."""
    last = max(0, len(mnist.train) - validation_images)
    parts = {
        "train": mnist.train[:last],
        "validation": mnist.train[last:],
        "test": mnist.test,
    }
    samples = [
        sample
        for part, images in parts.items()
        for sample in _pictures(images, part, [f"mnist {part} {n}" for n in range(len(images))])
    ]
    return SampleSet("mnist", samples)


def picture_samples(name: str, images: Images, paths: Sequence[Path]) -> SampleSet:
    """A person's own pictures."""
    return SampleSet(name, list(_pictures(images, "pictures", [str(path) for path in paths])))


def test_set_samples(name: str, images: Images) -> SampleSet:
    """The pictures of a public set that no recipe trains on."""
    return SampleSet(
        name, list(_pictures(images, "test", [f"{name} {n}" for n in range(len(images))]))
    )


def drawing_samples(
    name: str,
    rows: Sequence[tuple[str, Row]],
    held_out: frozenset[tuple[str, str]] = frozenset(),
) -> SampleSet:
    """The rows of one file, each with its place: drawings, and digits of pictures."""
    return SampleSet(name, [_of_row(place, row) for place, row in rows], held_out)


def _of_row(place: str, row: Row) -> Sample:
    ink, who = row.ink, (row.label, row.source, row.writer, place)
    if ink is not None:
        return Sample(*who, _digest_of_ink(ink), lambda: ink)
    return Sample(*who, _digest_of_strokes(row.strokes), lambda: draw(row.strokes))


def _pictures(images: Images, part: str, places: Sequence[str]) -> Iterator[Sample]:
    for ink, label, place in zip(images.ink, images.labels, places, strict=True):
        digest = _digest_of_ink(ink)
        yield Sample(str(label), part, None, place, digest, lambda ink=ink: ink)  # type: ignore[misc]


def _digest_of_ink(ink: Ink) -> bytes:
    return hashlib.blake2b(b"ink" + ink.tobytes(), digest_size=16).digest()


def _digest_of_strokes(strokes: Sequence[Points]) -> bytes:
    digest = hashlib.blake2b(b"strokes", digest_size=16)
    for stroke in strokes:
        digest.update(np.int64(len(stroke)).tobytes() + stroke.tobytes())
    return digest.digest()
