"""A back-up's file: a compressed tar with a manifest that has the checksum of everything in it.

What belongs into a back-up is for :mod:`webapp.maintenance.backup` to say.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

from recognizer.errors import reason_of
from webapp.maintenance.errors import MaintenanceError

FORMAT = 1
MANIFEST = "manifest.json"
_COMPRESSION = 3  # 9 takes five times as long and saves a hundredth: most is compressed already


class ArchiveWriter:
    """Takes files in, and remembers their checksums for the manifest."""

    def __init__(self, tar: tarfile.TarFile, left_out: Collection[Path]) -> None:
        """Begin with nothing; files that are ``left_out`` are never added."""
        self._tar = tar
        self._left_out = left_out
        self.checksums: dict[str, str] = {}

    def add(self, path: Path, name: str) -> None:
        """Add a file as it is now, unless it shall be left out or has just gone.

        The file is read once, so one that is being written or replaced is whole in the archive
        or as long as it was, and never of two ages.
        """
        if path in self._left_out:
            return
        try:
            with path.open("rb") as file:
                content, status = file.read(), os.fstat(file.fileno())
        except FileNotFoundError:
            return
        self._add_content(name, content, status.st_mode & 0o777, status.st_mtime)

    def add_still(self, path: Path, name: str) -> None:
        """Add a file that nobody writes to, and that may be larger than the memory."""
        self.checksums[name] = _checksum(path)
        self._tar.add(path, name, recursive=False)

    def add_folder(self, folder: Path, name: str) -> None:
        """Add every file below a folder; links, locks and what is hidden are left out.

        Hidden are drafts, and what a process left behind that was killed.
        """
        for path in sorted(folder.rglob("*")):
            inside = path.relative_to(folder)
            is_hidden = any(part.startswith(".") for part in inside.parts)
            is_left_out = is_hidden or path.is_symlink() or path.name.endswith(".lock")
            if path.is_file() and not is_left_out:
                self.add(path, f"{name}/{inside.as_posix()}")

    def close(self, manifest: Mapping[str, Any]) -> None:
        """Write the manifest, after which nothing can be added."""
        whole = {"format": FORMAT, **manifest, "files": self.checksums}
        self._add_content(MANIFEST, json.dumps(whole, indent=1).encode(), 0o600, 0)

    def _add_content(self, name: str, content: bytes, mode: int, changed: float) -> None:
        self.checksums[name] = hashlib.sha256(content).hexdigest()
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode, entry.mtime = len(content), mode, int(changed)
        self._tar.addfile(entry, io.BytesIO(content))


@contextmanager
def writing_archive(
    path: Path, draft: Path, left_out: Collection[Path] = ()
) -> Iterator[ArchiveWriter]:
    """Make an archive that nobody else may read, and that is there when it is whole.

    Args:
        path: of the archive.
        draft: of a file on the same disk that is not there yet; removed at the end.
        left_out: files that are not to be in it.

    Raises:
        MaintenanceError: there is such a file already, or it cannot be written.
    """
    if path.exists():
        raise MaintenanceError(f"{path} is there already; a back-up is never written over another.")
    try:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with (
            os.fdopen(descriptor, "wb") as file,
            tarfile.open(fileobj=file, mode="w:gz", compresslevel=_COMPRESSION) as tar,
        ):
            yield ArchiveWriter(tar, left_out)
        _sync(draft)
        os.link(draft, path)  # unlike a rename, this replaces nothing
    except OSError as error:
        raise MaintenanceError(f"{path} cannot be written: {reason_of(error)}") from error
    finally:
        draft.unlink(missing_ok=True)


def unpack(path: Path, folder: Path) -> Mapping[str, Any]:
    """Unpack an archive into a new folder, and see that it is what was packed.

    Returns:
        the manifest.

    Raises:
        MaintenanceError: it is none of ours, of another format, torn, or changed since.
    """
    try:
        with tarfile.open(path, "r:gz") as tar:
            for entry in tar:
                _unpack_entry(tar, entry, folder)
        manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
        checksums = dict(manifest["files"])
    except (OSError, EOFError, ValueError, TypeError, KeyError, tarfile.TarError) as error:
        raise MaintenanceError(f"{path} is no whole back-up of Nét: {reason_of(error)}") from error
    if manifest.get("format") != FORMAT:
        raise MaintenanceError(f"{path} is a back-up of another format: {manifest.get('format')!r}")
    for name, checksum in checksums.items():
        if not (folder / name).is_file() or _checksum(folder / name) != checksum:
            raise MaintenanceError(f"{path}: {name} is not what was backed up.")
    return dict(manifest)


def _unpack_entry(tar: tarfile.TarFile, entry: tarfile.TarInfo, folder: Path) -> None:
    name = PurePosixPath(entry.name)
    content = tar.extractfile(entry) if entry.isfile() else None
    if content is None or name.is_absolute() or ".." in name.parts:
        raise ValueError(f"{entry.name!r} is not a file of a back-up")
    target = folder / name
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("xb") as file:
        while block := content.read(1 << 20):
            file.write(block)
    target.chmod(entry.mode & 0o777)


def _checksum(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
