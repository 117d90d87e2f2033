"""Where a form may send a person on to: this site, and nowhere else."""

from __future__ import annotations

from urllib.parse import urlsplit


def path_on_this_site(target: str, home: str) -> str:
    """Return `target` where it is a path of ours, else `home`: no open redirect."""
    # Browsers read "/\host" and "//host" as another host, and drop tabs and newlines.
    if not target.startswith("/") or target.startswith("//") or not target.isprintable():
        return home
    if "\\" in target:
        return home
    try:
        parts = urlsplit(target)
    except ValueError:
        return home
    return target if not parts.scheme and not parts.netloc else home
