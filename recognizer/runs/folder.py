"""Read a run's folder and verify that what lies in it is what its run.json says.

The trainer writes such folders, the registry serves from them.  What the network
in it answers is for :mod:`recognizer.engine`, which run is served for
:mod:`recognizer.runs.pointer`.
"""

from __future__ import annotations

import hashlib
import json
import re
import reprlib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from recognizer import geometry
from recognizer.errors import RunError, reason_of

FORMAT = 1  # of run.json
LABELS = [str(digit) for digit in range(10)]  # in the order of the network's outputs
DETAILS_FILE = "run.json"
CHECKSUM_FILE = "run.json.sha256"  # of run.json, as sha256sum writes it; only a sealed run has one
MODEL_FILE = "model.onnx"
SERVABLE = ("finished", "stopped")  # a run that was stopped early has a network all the same

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,127}")


def run_path(models_folder: Path, run_name: str) -> Path:
    """The folder of a run.

    Raises:
        RunError: the name could lead out of the models folder, or is no name at all.
    """
    if not _NAME.fullmatch(run_name):
        raise RunError(f"{run_name[:200]!r} is not the name of a run")
    return models_folder / run_name


def read_details(run: Path) -> Mapping[str, Any]:
    """Read the run.json of a run in any status.

    Raises:
        RunError: it is missing, not JSON, of another format, or belongs to another run.
    """
    return _parse(run, _read(run, DETAILS_FILE))


def verify(run: Path) -> Mapping[str, Any]:
    """See that a run may be served: at its end, made for this geometry, its files unchanged.

    Returns:
        what its run.json holds.

    Raises:
        RunError: it may not, and why.
    """
    return verify_files(run, is_sealed=True)


def verify_files(run: Path, *, is_sealed: bool) -> Mapping[str, Any]:
    """See that a run is at its end, made for this geometry, and its files are unchanged.

    Args:
        run: its folder.
        is_sealed: whether run.json itself must have its checksum beside it; older runs have none.

    Returns:
        what its run.json holds.

    Raises:
        RunError: something is not as it must be.
    """
    content = _read(run, DETAILS_FILE)
    details = _parse(run, content)
    if details.get("status") not in SERVABLE:
        found = reprlib.repr(details.get("status"))
        raise RunError(f"{run.name}: run.json has status {found}, not {' or '.join(SERVABLE)}")
    if is_sealed:
        _verify_seal(run, content)
    _expect(run, details, "labels", LABELS)
    _expect(run, details, "preprocessing_version", geometry.VERSION)
    checksums = details.get("files")
    if not isinstance(checksums, dict) or MODEL_FILE not in checksums:
        raise RunError(f"{run.name}: run.json has no checksum of {MODEL_FILE}")
    for name, checksum in checksums.items():
        _verify_checksum(run, name, checksum)
    return details


def sha256(path: Path) -> str:
    """The checksum of a file, as hexadecimal digits, read in blocks.

    Raises:
        OSError: the file cannot be read.
    """
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def checksum_line(content: bytes) -> str:
    """What :data:`CHECKSUM_FILE` holds beside a run.json with this content."""
    return f"{hashlib.sha256(content).hexdigest()}  {DETAILS_FILE}\n"


def _read(run: Path, name: str) -> bytes:
    try:
        return (run / name).read_bytes()
    except OSError as error:
        raise RunError(f"{run.name}: {name} cannot be read: {reason_of(error)}") from error


def _parse(run: Path, content: bytes) -> Mapping[str, Any]:
    try:
        details = json.loads(content.decode("utf-8"), parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise RunError(f"{run.name}: run.json is not JSON: {error}") from error
    if not isinstance(details, dict):
        raise RunError(f"{run.name}: run.json is not an object")
    _expect(run, details, "format", FORMAT)
    _expect(run, details, "name", run.name)
    return MappingProxyType(details)


def _no_number(constant: str) -> None:
    """What NaN and the infinities are read as, which are no JSON and which older runs may hold."""


def _verify_seal(run: Path, content: bytes) -> None:
    if not (run / CHECKSUM_FILE).exists():
        raise RunError(
            f"{run.name}: there is no {CHECKSUM_FILE}; make a new run of the same networks that "
            f"has one: python -m trainer upgrade {run.name}"
        )
    if _read(run, CHECKSUM_FILE) != checksum_line(content).encode():
        raise RunError(f"{run.name}: run.json is not the file that {CHECKSUM_FILE} is of")


def _expect(run: Path, details: Mapping[str, Any], key: str, expected: object) -> None:
    actual = details.get(key)
    # 1 == True == 1.0 in Python, but not in a file that says what it means.
    if type(actual) is not type(expected) or actual != expected:
        found = reprlib.repr(actual)
        raise RunError(f"{run.name}: run.json has {key} {found}, not {expected!r}")


def _verify_checksum(run: Path, name: str, checksum: object) -> None:
    path = run / name
    try:
        if not path.resolve().is_relative_to(run.resolve()):
            raise RunError(f"{run.name}: {name!r} lies outside the run")
        actual = sha256(path)
    except (OSError, ValueError) as error:
        raise RunError(f"{run.name}: {name!r} cannot be read: {reason_of(error)}") from error
    if actual != checksum:
        raise RunError(f"{run.name}: {name!r} is not the file that run.json has the checksum of")
