"""Files that systems leave in people's folders, and nobody means when they name the folder."""

from __future__ import annotations

_OF_WINDOWS = frozenset({"thumbs.db", "ehthumbs.db", "desktop.ini", "$recycle.bin"})
_OF_MACS = frozenset({"__macosx", "icon\r"})
_OF_DISKS = frozenset(
    {"@eadir", "@recycle", "#recycle", "#snapshot", "lost+found", "system volume information"}
)


def is_hidden(name: str) -> bool:
    """Whether a file or folder of this name, without its path, is to be left out."""
    is_of_a_system = name.lower() in _OF_WINDOWS | _OF_MACS | _OF_DISKS
    return is_of_a_system or name.startswith((".", "~$"))  # "~$" locks what Office has open
