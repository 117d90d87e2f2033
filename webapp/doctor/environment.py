"""Variables that look like settings and are none: a name that is wrong is silently ignored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from webapp.configuration import variables
from webapp.health.check import Check
from webapp.secret_files import SUFFIX

_OTHERS = frozenset({"NET_METRICS_PREPARED", "NET_SKIPS_FAIL"})


def examine_environment(environment: Mapping[str, str]) -> Iterator[Check]:
    """Look for names that nobody reads."""
    known = set(variables()) | {name + SUFFIX for name in variables()} | _OTHERS
    unknown = sorted(name for name in environment if name.startswith("NET_") and name not in known)
    for name in unknown:
        close = get_close_matches(name, known, 1)
        advice = f"did you mean {close[0]}?" if close else "see docs/configuration.md"
        yield Check("settings", "warning", f"nobody reads {name}", advice)
    if not unknown:
        yield Check("settings", "good", "every setting can be used")
