"""The files of a run that may be fetched: those under its checksums, and what jobs made of it.

No name out of an address ever becomes part of a path: it is looked up in a list.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from recognizer.runs.folder import sha256
from webapp.admin.runs.seen_run import SeenRun
from webapp.jobs.kinds import Place


@dataclass(frozen=True)
class RunFile:
    """A file that can be fetched.

    Attributes:
        name: of the file.
        size: bytes.
    """

    name: str
    size: int


@dataclass(frozen=True)
class Product:
    """Something that a job makes of a run.

    Attributes:
        key: in the address, as ``h5``.
        kind: of the job.
        format: of an export; empty for the report.
        file: its name where the job puts it.
    """

    key: str
    kind: str
    format: str
    file: str


PRODUCTS: Mapping[str, Product] = {
    product.key: product
    for product in (
        Product("h5", "export", "h5", "model.h5"),
        Product("tflite", "export", "tflite", "model.tflite"),
        Product("report", "report", "", "report.html"),
    )
}
_FIRST = ("model.keras", "model.onnx", "drawing.keras", "drawing.onnx", "training_log.csv")


def run_files(run: SeenRun) -> list[RunFile]:
    """List the files under the run's checksums that are there, the networks first."""
    names = list(run.details.files)
    names.sort(key=lambda name: (_FIRST.index(name) if name in _FIRST else len(_FIRST), name))
    found = [(name, path) for name in names if (path := _inside(run, name))]
    return [RunFile(name, path.stat().st_size) for name, path in found]


def find_file(run: SeenRun, name: str) -> Path | None:
    """Find a file of the run that has the checksum in its run.json; None for any other."""
    checksum = run.details.files.get(name)
    path = _inside(run, name) if checksum else None
    return path if path and sha256(path) == checksum else None


def product_path(place: Place, run: SeenRun, product: Product) -> Path | None:
    """Find where a product lies; None until a job has made it."""
    folder = place.reports if product.kind == "report" else place.exports
    path = folder / run.name / product.file
    return path if path.is_file() else None


def _inside(run: SeenRun, name: str) -> Path | None:
    path = run.folder / name
    try:
        is_inside = path.resolve().parent == run.folder.resolve()
        return path if is_inside and path.is_file() else None
    except (OSError, ValueError):
        return None
