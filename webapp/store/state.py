"""What the one worker that follows the store tells the others, in a file of the models folder."""

from __future__ import annotations

import json
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from recognizer.atomic_file import write_atomically

FILE = ".store.json"
RENEWED_SECONDS = 10.0  # how often it is written though nothing has changed
SILENT_SECONDS = 60.0  # older than this it says that nobody follows


@dataclass(frozen=True)
class StoreState:
    """Says how the following of the store goes.

    Attributes:
        trouble: why the newest run of the store is not served; None where it is.
    """

    trouble: str | None


def write_state(models: Path, state: StoreState) -> None:
    """Tell the others; raises OSError where the folder cannot be written to."""
    content = json.dumps({"trouble": state.trouble, "at": time.time()})
    write_atomically(models / FILE, content.encode())


def read_state(models: Path) -> StoreState:
    """Read what was told last, or that nothing was told lately."""
    with suppress(OSError, ValueError, KeyError, TypeError):  # then nothing readable was told
        told = json.loads((models / FILE).read_bytes())
        if abs(time.time() - told["at"]) < SILENT_SECONDS:
            return StoreState(told["trouble"])
    return StoreState("no worker of this machine has asked the store lately")
