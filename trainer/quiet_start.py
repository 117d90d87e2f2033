"""Import Keras and find its devices: quietly, and without what nobody here asks it for.

TensorFlow's greetings on standard error are written by native code before any log level counts.
Keras's wrappers and plots load scikit-learn, Matplotlib and pandas where they are installed.
Importing this module first is all that a command has to do.
"""

from __future__ import annotations

import gc
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


# With them, and with garbage collections on the way, the import took 5.6 s of a processor, not 3.2.
_NOT_NEEDED = ("sklearn", "matplotlib", "pandas")


@contextmanager
def _nothing_else_imported() -> Iterator[None]:
    """What Keras could do with other packages is not there; they can be imported afterwards."""
    hidden = [name for name in _NOT_NEEDED if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]  # None: not to be found
    was_collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]
        if was_collecting:
            gc.enable()


with _standard_error_closed(), _nothing_else_imported():
    import keras

    DEVICES: list[str] = keras.distribution.list_devices()
