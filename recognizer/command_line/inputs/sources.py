"""Go through all that was named: files, folders and lists of them, one file after the other."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from recognizer.command_line.inputs.contents import STANDARD_INPUT
from recognizer.command_line.inputs.entry import Entry
from recognizer.command_line.inputs.folders import FoundFile, count, walk
from recognizer.command_line.inputs.path_lists import read_paths

_Kind = TypeVar("_Kind")

# What stands for the streams of whoever opens it, and so must not be opened by another process.
_PLACES_OF_STREAMS = ("/dev/", "/proc/")


@dataclass(frozen=True)
class FoundStream:
    """Standard input, a pipe or a device: to be read once, by this process."""

    name: str


Found = FoundFile | FoundStream | Entry
_EMPTY_FOLDER = "holds no file that could be answered"
_EMPTY_LIST = "names no file"


@dataclass(frozen=True)
class Sources:
    """What was named on the command line.

    Attributes:
        names: files and folders; ``-`` is standard input.
        list_file: a file that names more of them, or None; ``-`` is standard input.
        nul_separated: how that list is written (:func:`.path_lists.read_paths`).
    """

    names: Sequence[str]
    list_file: str | None = None
    nul_separated: bool = False

    def find(
        self, leave_out: str | None = None, say: Callable[[str], object] = len
    ) -> Iterator[Found | None]:
        """Every file, in the order they were named; an entry in place of what cannot be listed.

        None stands where a list from standard input goes on later.

        Args:
            leave_out: the path of a file to leave out of folders, links in it resolved.
            say: is told of each folder and list in which there is nothing.
        """
        for name in self._names(say):
            if not isinstance(name, str):
                yield name
            elif os.path.isdir(name):
                yield from _or_say(walk(name, leave_out), f"{name} {_EMPTY_FOLDER}", say)
            else:
                yield FoundStream(name) if _is_stream(name) else FoundFile(name)

    def are_many(self) -> bool:
        """Whether more than one file may be found."""
        return self.list_file is not None or len(self.names) != 1 or os.path.isdir(self.names[0])

    def count(self) -> int | None:
        """How many files will be found; None where only reading standard input tells."""
        if self.list_file is not None and _is_stream(self.list_file):
            return None
        names = (name for name in self._names() if isinstance(name, str))
        return sum(count(name) if os.path.isdir(name) else 1 for name in names)

    def _names(self, say: Callable[[str], object] = len) -> Iterator[str | Entry | None]:
        yield from self.names
        if self.list_file is not None:
            named = read_paths(self.list_file, self.nul_separated)
            yield from _or_say(named, f"{self.list_file} {_EMPTY_LIST}", say)


def _or_say(found: Iterator[_Kind], sentence: str, say: Callable[[str], object]) -> Iterator[_Kind]:
    """What was found; where that is nothing, the sentence is said."""
    is_empty = True
    for one in found:
        is_empty &= one is None
        yield one
    if is_empty:
        say(sentence)


def _is_stream(name: str) -> bool:
    if name == STANDARD_INPUT or os.path.abspath(name).startswith(_PLACES_OF_STREAMS):
        return True
    try:
        mode = os.stat(name).st_mode
    except (OSError, ValueError):  # whoever reads it will say why
        return False
    return not stat.S_ISREG(mode)
