"""Which addresses are guarded, and which have to do with accounts at all.

Everything else, the drawing page and the public API, never reads or sets a session.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import unquote

ADMIN = "/admin"
_ACCOUNT_PAGES = frozenset({"sign-in", "sign-out", "set-up"})
_PERHAPS = re.compile("admin|sign-|set-up|%", re.IGNORECASE)
_UNSEEN = re.compile(r"[\s\0-\x1f\x7f]")
_SHORT = 100  # characters; longer paths are not remembered
_DECODED_TIMES = 3  # a server has decoded a path once; who hides it further means no good


def is_under_admin(path: str) -> bool:
    """Say whether a path is /admin or below, in whatever way it is written."""
    return _first_folder(path) == ADMIN[1:]


def knows_sessions(path: str) -> bool:
    """Say whether the answer at a path may depend on who is signed in."""
    folder = _first_folder(path)
    return folder == ADMIN[1:] or folder in _ACCOUNT_PAGES


def _first_folder(path: str) -> str:
    # Nearly all requests are for a few short paths, four times each: this is what they pay.
    return _read_short(path) if len(path) <= _SHORT else _read(path)


def _read(path: str) -> str:
    if not _PERHAPS.search(path):
        return ""
    for _ in range(_DECODED_TIMES):
        if "%" not in path:
            break
        path = unquote(path)
    kept: list[str] = []
    for part in _UNSEEN.sub("", path.casefold()).replace("\\", "/").split("/"):
        name = part.partition(";")[0]
        if name == "..":
            kept = kept[:-1]
        elif name not in ("", "."):
            kept.append(name)
    return kept[0] if kept else ""


_read_short = lru_cache(maxsize=256)(_read)
