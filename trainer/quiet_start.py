"""Import Keras and find its devices without TensorFlow's greetings on standard error.

They are written by native code before any log level counts; importing this module
first is all that a command has to do.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")


@contextmanager
def _standard_error_closed() -> Iterator[None]:
    """Python's exceptions still get through: they are printed after the block."""
    sys.stderr.flush()
    kept = os.dup(2)
    with open(os.devnull, "wb") as nowhere:
        os.dup2(nowhere.fileno(), 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


with _standard_error_closed():
    import keras

    DEVICES: list[str] = keras.distribution.list_devices()
