"""What the machine lacks when a command ends early, in one sentence with the remedy."""

from __future__ import annotations

import errno

MACHINE_ERRORS = (ImportError, OSError, MemoryError)

_OURS = ("recognizer", "trainer", "webapp")
_REMEDIES = {
    errno.ENOSPC: "the disk is full; make room and try again",
    errno.EDQUOT: "your share of the disk is used up; make room and try again",
    errno.EROFS: "the disk is read-only; name a place that can be written to",
    errno.EACCES: "you have no permission; name another place, or ask who owns it",
    errno.EPERM: "you have no permission; name another place, or ask who owns it",
    errno.EMFILE: "too many files are open; raise the limit with ulimit -n",
}


def machine_sentence(error: BaseException, requirements: str) -> str:
    """Say what is missing.

    Args:
        error: one of :data:`MACHINE_ERRORS`.
        requirements: the file that lists the packages which the command needs.

    Raises:
        ImportError: a module of this project is missing, which is nothing a person can install.
    """
    if isinstance(error, ImportError):
        package = (error.name or "").partition(".")[0]
        if package in _OURS:
            raise error
        what = f"the package {package!r}" if package else "a package"
        is_missing = isinstance(error, ModuleNotFoundError)
        state = "is not installed" if is_missing else f"cannot be loaded ({_first_line(error)})"
        return f"{what} {state}; this installs what is needed: pip install -r {requirements}"
    if isinstance(error, OSError):
        reason = _REMEDIES.get(error.errno or 0) or error.strerror or _first_line(error)
        name = error.filename2 or error.filename
        return reason if name is None else f"{name}: {reason}"
    return "there is not enough memory; end other programs, or ask for less at a time"


def _first_line(error: BaseException) -> str:
    return (str(error) or type(error).__name__).splitlines()[0]
