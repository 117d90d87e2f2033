"""Which JavaScript modules a page needs, so that it can fetch them all at once.

A browser finds a module's imports only after loading it; naming them in the page's head saves the
round trips. The import statements in `static/js` are the only source.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_IMPORTED = re.compile(r"""^import .*?"\./([\w-]+\.js)";$""", re.MULTILINE | re.DOTALL)


@cache
def imported_modules(folder: Path, entry: str) -> tuple[str, ...]:
    """Return the file names that `entry` imports, directly or not, in alphabetical order."""
    found: set[str] = set()
    waiting = [entry]
    while waiting:
        text = (folder / waiting.pop()).read_text(encoding="utf-8")
        new = set(_IMPORTED.findall(text)) - found
        found |= new
        waiting += new
    return tuple(sorted(found))
