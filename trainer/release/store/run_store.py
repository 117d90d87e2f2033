"""A store of runs: the runs, the history of what was served, and ``current``, the run to serve.

It is laid out as a models folder is, but that each line of the history is an object of its own with
a number, which one writer alone can create; so two who activate at once come one behind the other.
What a machine makes of it is for :mod:`trainer.release.store.mirror`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from recognizer.errors import RunError
from recognizer.runs.folder import CHECKSUM_FILE, DETAILS_FILE, run_path, verify
from recognizer.runs.pointer import POINTER
from trainer.release.history import Activation, read_history
from trainer.release.store.bucket import Bucket
from trainer.runs.listing import current_name

HISTORY = "activations"


class RunStore:
    """Released runs that any number of machines serve."""

    def __init__(self, address: str) -> None:
        """Remember where it is; nothing is asked yet.

        Raises:
            StoreError: what speaks to stores is not installed.
        """
        self._bucket = Bucket(address)
        self.address = self._bucket.address

    def version(self) -> str | None:
        """What changes when another run shall be served; None while there is none.  One request."""
        return self._bucket.version(POINTER)

    def current(self) -> str | None:
        """The name of the run to serve; None while there is none."""
        content = self._bucket.read(POINTER)
        return None if content is None else content.decode("utf-8", "replace").strip()

    def details(self, run_name: str) -> bytes:
        """The run.json of a run, as it was published.

        Raises:
            RunError: the store does not have the run.
        """
        content = self._bucket.read(f"{run_name}/{DETAILS_FILE}")
        if content is None:
            raise RunError(f"{run_name} is not in the store {self.address}")
        return content

    def download(self, run_name: str, details: bytes, folder: Path) -> None:
        """Write a run into an empty folder of its name, and verify it there.

        Args:
            run_name: the run.
            details: its run.json, which says what its files are.
            folder: where; it is left behind half full where this fails.

        Raises:
            RunError: a file is missing, or is not what run.json has the checksum of.
            StoreError: the store does not answer.
        """
        for name in _file_names(run_name, details):
            content = self._bucket.read(f"{run_name}/{name}")
            if content is None:
                raise RunError(f"{run_name} in the store {self.address} has no {name}")
            (folder / name).write_bytes(content)
        (folder / DETAILS_FILE).write_bytes(details)
        if (seal := self._bucket.read(f"{run_name}/{CHECKSUM_FILE}")) is not None:
            (folder / CHECKSUM_FILE).write_bytes(seal)
        try:
            verify(folder)
        except RunError as error:
            raise RunError(f"the store {self.address} has a damaged run: {error}") from error

    def history(self) -> bytes:
        """Everything that was served, as ``activations.jsonl`` holds it."""
        lines = self._bucket.read_all(self._bucket.names(HISTORY))
        return b"".join(line.rstrip(b"\n") + b"\n" for line in lines)

    def publish(self, models: Path, activation: Activation) -> None:
        """Bring a run, note who wants it served, and have it served by everybody.

        A store without a history is given what was served here so far.

        Raises:
            RunError: the run may not be served; nothing has changed then.
            StoreError: the store does not take it; the old run is served on.
        """
        self._upload(models, activation.run)
        if not self._bucket.names(HISTORY):
            self._bring_history(models)
        self._note(activation)
        # Somebody who activates at the same time may have written `current` before us, though his
        # line stands behind ours: whoever writes last sees all lines, and the last one counts.
        wanted = activation.run
        while True:
            self._bucket.write(POINTER, f"{wanted}\n".encode())
            if (newest := self._newest()) == wanted:
                return
            wanted = newest

    def publish_first(self, models: Path) -> None:
        """Fill an empty store with what a models folder serves; any number may do so at once.

        Raises:
            RunError, StoreError: as in :meth:`publish`.
        """
        run_name = current_name(models)
        if run_name is None:
            return
        self._upload(models, run_name)
        self._bring_history(models)
        self._bucket.create(POINTER, f"{run_name}\n".encode())

    def _upload(self, models: Path, run_name: str) -> None:
        folder = run_path(models, run_name)
        details = verify(folder)
        text = (folder / DETAILS_FILE).read_bytes()
        if self._bucket.read(f"{run_name}/{DETAILS_FILE}") == text:
            return
        for name in (*details["files"], CHECKSUM_FILE):
            self._bucket.write(f"{run_name}/{name}", (folder / name).read_bytes())
        # Last: who sees it finds all the others.
        self._bucket.write(f"{run_name}/{DETAILS_FILE}", text)

    def _bring_history(self, models: Path) -> None:
        for number, activation in enumerate(read_history(models), 1):
            self._bucket.create(_line(number), _as_line(activation))

    def _note(self, activation: Activation) -> None:
        number = len(self._bucket.names(HISTORY)) + 1
        while not self._bucket.create(_line(number), _as_line(activation)):
            number += 1

    def _newest(self) -> str:
        (line,) = self._bucket.read_all(self._bucket.names(HISTORY)[-1:])
        return str(json.loads(line)["run"])


def open_store(address: str) -> RunStore | None:
    """The store at this address; None for an empty one."""
    return RunStore(address) if address else None


def _line(number: int) -> str:
    return f"{HISTORY}/{number:08d}.json"


def _as_line(activation: Activation) -> bytes:
    return json.dumps(activation.as_json(), ensure_ascii=False).encode() + b"\n"


def _file_names(run_name: str, details: bytes) -> Iterable[str]:
    try:
        names = list(json.loads(details)["files"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise RunError(f"{run_name}/{DETAILS_FILE} in the store is none: {error}") from error
    if strange := [name for name in names if Path(name).name != name]:
        raise RunError(f"{run_name} in the store has files outside the run: {strange}")
    return names
