"""Walk a folder: every file under it in the order of their paths, in bounded memory.

The system lists a folder in no order at all.  To sort a million names without
holding them, the folder is listed again and again, each time for the next
``HELD`` names.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from recognizer.command_line.inputs.entry import Entry, cannot_be_read
from recognizer.hidden_files import is_hidden

HELD = 1 << 17  # names of a folder that are held in memory together (twice as many while sorting)

_Identity = tuple[int, int]  # device and inode


@dataclass(frozen=True)
class FoundFile:
    """A file to be read."""

    name: str


def walk(folder: str, leave_out: str | None = None) -> Iterator[FoundFile | Entry]:
    """The files under a folder, in the order of their paths.

    Links are followed, except one to a folder that it lies in.  Hidden files and folders
    (:mod:`recognizer.hidden_files`) and what is neither file nor folder are left out.

    Args:
        folder: its path; files are named by paths that begin with it.
        leave_out: the path of a file to leave out, links in it resolved: the one written to.

    Yields:
        the files, and an entry in place of a folder that cannot be listed.
    """
    return _walk(folder, _in_order, (), leave_out)


def count(folder: str) -> int:
    """How many files a walk will find; cheaper than the walk, as it goes in any order."""
    return sum(1 for _ in _walk(folder, _in_any_order, (), None))


def _walk(
    folder: str,
    children: Callable[[str], Iterator[str]],
    above: tuple[_Identity, ...],
    leave_out: str | None,
) -> Iterator[FoundFile | Entry]:
    try:
        status = os.stat(folder)
        identity = status.st_dev, status.st_ino
        if identity in above:
            return
        left_out = _name_in(folder, leave_out)
        for name in children(folder):
            if name.endswith(os.sep):
                inner = os.path.join(folder, name[: -len(os.sep)])
                yield from _walk(inner, children, (*above, identity), leave_out)
            elif name != left_out:
                yield FoundFile(os.path.join(folder, name))
    except (OSError, RecursionError) as error:
        yield cannot_be_read(folder, 1, error)


def _name_in(folder: str, file: str | None) -> str | None:
    """The name that a file has in a folder; None if it lies elsewhere."""
    if file is None or not os.path.samefile(folder, os.path.dirname(file)):
        return None
    return os.path.basename(file)


def _in_order(folder: str) -> Iterator[str]:
    names = _first(_in_any_order(folder))
    yield from names
    while len(names) == HELD:
        names = _first(_in_any_order(folder, names[-1]))
        yield from names


def _first(names: Iterable[str]) -> list[str]:
    """The first ``HELD`` names by their order, or all where there are fewer."""
    held: list[str] = []
    last = None  # the greatest name that may still be among them
    for name in names:
        if last is None or name < last:
            held.append(name)
            if len(held) == 2 * HELD:
                held.sort()
                del held[HELD:]
                last = held[-1]
    held.sort()
    return held[:HELD]


def _in_any_order(folder: str, after: str = "") -> Iterator[str]:
    """The names that come behind another; a folder's ends as in a path, and sorts as there."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name + os.sep <= after or is_hidden(entry.name):
                continue
            name = entry.name + os.sep if _is(entry.is_dir) else entry.name
            # A broken link is no file, but somebody may miss it: it is named as an error.
            is_wanted = name != entry.name or _is(entry.is_file) or entry.is_symlink()
            if is_wanted and name > after:
                yield name


def _is(kind: Callable[[], bool]) -> bool:
    """Whether an entry is of a kind; not where the system cannot tell, as of a link to itself."""
    try:
        return kind()
    except OSError:
        return False
