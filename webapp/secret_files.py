"""Settings whose value stands in a file: ``NET_SECRET_KEY_FILE`` names that of ``NET_SECRET_KEY``.

It is how Docker, Kubernetes and systemd hand secrets over, so that none is in an environment that
other processes may read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

SUFFIX = "_FILE"


def read_secret_files(environment: Mapping[str, str], variables: Iterable[str]) -> dict[str, str]:
    """The values that stand in files, without the white space around them.

    Args:
        environment: its ``<variable>_FILE`` are paths; a variable that is set itself is stronger.
        variables: the settings to look for.

    Raises:
        OSError: a file cannot be read; its ``filename`` is set.
    """
    named = {name: environment.get(name + SUFFIX) for name in variables}
    return {name: Path(path).read_text("utf-8").strip() for name, path in named.items() if path}
