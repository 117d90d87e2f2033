"""A person's own data, added to what a network is trained on and to nothing it is measured by."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from recognizer.runs.folder import sha256
from trainer.batches.base import Material
from trainer.data.mnist import Images
from trainer.data.own import load_own

NOTHING = Material(Images(np.zeros((0, 28, 28), np.uint8), np.zeros(0, np.int64)), [])


def load_added(paths: Iterable[Path]) -> tuple[Material, list[str]]:
    """All pictures and drawings in some files and folders.

    Returns:
        them, and what lies there and is not read.

    Raises:
        DataError: one of them is missing or holds what cannot be read.
    """
    owned = [load_own(path) for path in paths]
    parts = (Material(own.images, own.drawings, own.outliers) for own in owned)
    return join(NOTHING, *parts), [name for own in owned for name in own.left_out]


def origins(paths: Sequence[Path]) -> dict[str, dict[str, str]]:
    """Path and checksum of each, to be stored with a run; a folder's is that of all its files.

    Returns:
        each under ``added/NAME``, or ``added/NUMBER/NAME`` where an earlier one has that name.
    """
    found: dict[str, dict[str, str]] = {}
    for number, path in enumerate(paths, start=1):
        key = f"added/{path.name}"
        key = f"added/{number}/{path.name}" if key in found else key
        found[key] = {"file": str(path), "sha256": _sha256(path)}
    return found


def join(*parts: Material) -> Material:
    """One material of several, in their order; the same arrays where only one has any."""
    parts = tuple(filter(_has_any, parts)) or (NOTHING,)
    if len(parts) == 1:
        return parts[0]
    images = Images(
        np.concatenate([part.images.ink for part in parts]),
        np.concatenate([part.images.labels for part in parts]),
    )
    drawings = [drawing for part in parts for drawing in part.drawings]
    return Material(images, drawings, [outlier for part in parts for outlier in part.outliers])


def repeat_for_share(added: Material, share: float, beside: Material) -> Material:
    """Repeat own data until it makes up a share of what is trained on; nothing is left out for it.

    Args:
        added: own data.
        share: of the pictures, of the drawings and of what is no digit, each among its kind, 0 to
            below 1; 0 leaves the data as it is.  Where no drawings are trained on, own ones are
            pictures, too.
        beside: what else is trained on.
    """
    odds = share / (1 - share)
    drawings, images = len(added.drawings), len(added.images)
    kinds: list[tuple[int, float]]
    if beside.drawings:
        kinds = [(drawings, len(beside.drawings)), (images, len(beside.images))]
    else:
        pool = len(beside.images) / max(1, drawings + images)
        kinds = [(drawings, drawings * pool), (images, images * pool)]
    kinds.append((len(added.outliers), len(beside.outliers)))
    drawn, pictured, others = (_rows(own, odds * rest) for own, rest in kinds)
    return Material(
        Images(added.images.ink[pictured], added.images.labels[pictured]),
        [added.drawings[row] for row in drawn],
        [added.outliers[row] for row in others],
    )


def _rows(own: int, wanted: float) -> NDArray[np.int64]:
    """The numbers of ``own`` rows, again and again, as many as are wanted, each at least once."""
    return np.resize(np.arange(own), max(own, round(wanted)) if own else 0)


def _has_any(part: Material) -> bool:
    return bool(len(part.images) or part.drawings or part.outliers)


def _sha256(path: Path) -> str:
    if path.is_file():
        return sha256(path)
    digest = hashlib.sha256()
    for file in sorted(path.rglob("*")):
        if file.is_file():
            digest.update(os.fsencode(f"{file.relative_to(path)}\0{sha256(file)}\n"))
    return digest.hexdigest()
