"""A few operations on the objects of an S3-compatible store; each succeeds or says why not.

Who it is that asks, and where, is told as to every program that speaks S3: ``AWS_ACCESS_KEY_ID``,
``AWS_SECRET_ACCESS_KEY``, ``AWS_ENDPOINT_URL``, a profile or a machine's own role.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from trainer.errors import TrainerError

SCHEME = "s3://"
PATIENCE_SECONDS = 5  # for a connection, and between two pieces of an answer
_TRIES = 2

_FAILED = (OSError, asyncio.TimeoutError)


class StoreError(TrainerError):
    """The store does not answer, refuses, or holds what may not be served."""


class Bucket:
    """The objects below one address, by names relative to it."""

    def __init__(self, address: str) -> None:
        """Remember the address; nothing is asked yet.

        Args:
            address: as ``s3://bucket/prefix``.
        """
        self.address = address.rstrip("/")
        self._root = self.address.removeprefix(SCHEME)
        self._files = _open()

    def version(self, name: str) -> str | None:
        """What changes with every write of an object (its ETag); None where there is none."""
        with self._asking():
            try:
                return str(self._files.info(self._path(name), refresh=True)["ETag"])
            except FileNotFoundError:
                return None

    def read(self, name: str) -> bytes | None:
        """What an object holds; None where there is none."""
        with self._asking():
            try:
                return bytes(self._files.cat_file(self._path(name)))
            except FileNotFoundError:
                return None

    def read_all(self, names: Sequence[str]) -> list[bytes]:
        """What several objects hold, read at the same time; all of them have to be there."""
        paths = [self._path(name) for name in names]
        with self._asking():
            found = self._files.cat(paths) if paths else {}
        return [found[path] for path in paths]

    def names(self, folder: str) -> list[str]:
        """The objects right below a name, in their order."""
        with self._asking():
            try:
                paths = self._files.ls(self._path(folder), detail=False, refresh=True)
            except FileNotFoundError:
                return []
        return sorted(f"{folder}/{path.rpartition('/')[2]}" for path in paths)

    def write(self, name: str, content: bytes) -> None:
        """Write an object as a whole, whatever was there."""
        with self._asking():
            self._files.pipe_file(self._path(name), content)

    def create(self, name: str, content: bytes) -> bool:
        """Write an object unless there is one; returns whether it was written."""
        with self._asking():
            try:
                self._files.pipe_file(self._path(name), content, mode="create")
            except FileExistsError:
                return False
        return True

    def _path(self, name: str) -> str:
        return f"{self._root}/{name}"

    @contextmanager
    def _asking(self) -> Iterator[None]:
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            yield
        except (*_FAILED, BotoCoreError, ClientError) as error:
            reason = str(error) or type(error).__name__
            raise StoreError(f"the store {self.address} cannot be used: {reason}") from error


def _open() -> Any:
    try:
        from s3fs import S3FileSystem
    except ImportError as error:
        raise StoreError(f"a store needs requirements/s3.txt: {error}") from error
    files = S3FileSystem(
        skip_instance_cache=True,
        use_listings_cache=False,  # others write to it
        config_kwargs={
            "connect_timeout": PATIENCE_SECONDS,
            "read_timeout": PATIENCE_SECONDS,
            "retries": {"max_attempts": _TRIES},
        },
    )
    files.retries = _TRIES
    return files
