"""Remember compactly which files an output answers already: twelve bytes for each.

A file is remembered by 64 bits of a hash of its name, and how often it is there.  Of the
last one, whose answers may have been cut off, the last line is known too.
"""

from __future__ import annotations

import hashlib
from array import array
from bisect import bisect_left

import numpy as np

WHOLE = -1  # the file is answered to its end


class AnsweredFiles:
    """The files of an output, which are then taken off one by one as they are found again.

    Two names share a hash in one of twenty million outputs of a million files each.
    """

    def __init__(self) -> None:
        self._hashes = array("Q")
        self._counts = array("I")  # of each hash, how often it is still there
        self._last: tuple[str, int] | None = None

    def add(self, file: str, line: int) -> None:
        """Add the next row's file and line, in the order of the output."""
        if self._last is not None and (file != self._last[0] or line <= self._last[1]):
            self._hashes.append(_hash(self._last[0]))
        self._last = file, line

    def prepare(self) -> None:
        """Call it between the last ``add`` and the first ``take``."""
        hashes, counts = np.unique(np.array(self._hashes, np.uint64), return_counts=True)
        self._hashes = array("Q", hashes.tobytes())
        self._counts = array("I", counts.astype(np.uintc).tobytes())

    def take(self, file: str) -> int:
        """Take a file off.

        Returns:
            the last line of it that is answered, 0 if none is, :data:`WHOLE` if all are.
        """
        if self._take_whole(file):
            return WHOLE
        if self._last is None or self._last[0] != file:
            return 0
        line = self._last[1]
        self._last = None
        return line

    def _take_whole(self, file: str) -> bool:
        # A file may be named twice, and two names may look alike in a row: of as many as there
        # are in the output, the first are done, as the order of files is always the same.
        value = _hash(file)
        place = bisect_left(self._hashes, value)
        if place == len(self._hashes) or self._hashes[place] != value or not self._counts[place]:
            return False
        self._counts[place] -= 1
        return True


def _hash(file: str) -> int:
    digest = hashlib.blake2b(file.encode("utf-8", "surrogatepass"), digest_size=8)
    return int.from_bytes(digest.digest(), "little")
