"""What workers that have ended did count, kept in one file for all of them.

Each worker counts into files of its own, which are read again at every question.  Workers are
replaced at each reload and after each crash, so their files would add up; here the master adds
those of an ended worker to one sum.  Whoever reads the folder meanwhile waits, so nothing is missed
or read twice.
"""

from __future__ import annotations

from pathlib import Path

from prometheus_client import multiprocess
from prometheus_client.mmap_dict import MmapedDict

from recognizer.file_lock import locked
from webapp.telemetry.reserved_counts import ENDED

_SUMMED = ("counter", "histogram")  # gauges of an ended worker are dropped


def roll_up(folder: Path, pid: int) -> None:
    """Add what an ended worker has counted to the sum, and drop what only a living one has.

    Raises:
        OSError: the folder cannot be written to; the worker's files stay and still count.
    """
    with locked(folder):
        multiprocess.mark_process_dead(pid, str(folder))  # type: ignore[no-untyped-call]
        for kind in _SUMMED:
            counted = folder / f"{kind}_{pid}.db"
            if counted.exists():
                _add(counted, folder / f"{kind}_{ENDED}.db")
                counted.unlink()


def _add(counted: Path, total: Path) -> None:
    sums = MmapedDict(str(total))  # type: ignore[no-untyped-call]
    try:
        for key, value, _, _ in MmapedDict.read_all_values_from_file(str(counted)):  # type: ignore[no-untyped-call]
            before, _ = sums.read_value(key)  # type: ignore[no-untyped-call]
            sums.write_value(key, before + value, 0.0)  # type: ignore[no-untyped-call]
    finally:
        sums.close()  # type: ignore[no-untyped-call]
