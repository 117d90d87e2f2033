"""Download one file, go on where an interrupted download stopped, and never glue two together.

What has arrived lies in ``NAME.part``, and beside it what the server called this version of the
file (its ETag or date).  A later download asks for the rest of that very version (``If-Range``,
RFC 9110) and starts over when the server has another one.
"""

from __future__ import annotations

import errno
import http.client
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from recognizer.errors import reason_of
from trainer.data.fetch.partial import Partial
from trainer.errors import DataError

Progress = Callable[[int, int | None], None]  # bytes that are here, and of how many

_BLOCK = 1 << 18  # bytes between two looks at the progress
_TIMEOUT = 30  # seconds without a byte
_FIRST_PAUSE = 0.5  # seconds before the second attempt; doubles for each further one
_WORTH_ANOTHER_TRY = (408, 425, 429, 500, 502, 503, 504)


class _InterruptedError(Exception):
    """The connection ended early, or never came about."""


def download(url: str, target: Path, on_progress: Progress, retries: int = 4) -> None:
    """Put what lies at an address into a file, whole or not at all.

    Args:
        url: http or https.
        target: the file, which is replaced; its folder exists.
        on_progress: told often how much is here.
        retries: how many times to try again after the network failed.

    Raises:
        DataError: the address, the network or the disk does not give it, and what to do.
    """
    if not url.startswith(("http://", "https://")):
        raise DataError(f"{url} is no address that can be fetched: http or https only")
    partial = Partial(target)
    try:
        _try_until_complete(url, partial, on_progress, retries)
        partial.finish()
    except OSError as error:
        raise _about_the_disk(error, partial) from error


def _try_until_complete(url: str, partial: Partial, on_progress: Progress, retries: int) -> None:
    for attempt in range(retries + 1):
        try:
            return _attempt(url, partial, on_progress)
        except _InterruptedError as error:
            if attempt == retries:
                raise DataError(
                    f"{url} cannot be fetched: {error}; {partial.size():,} bytes are kept in "
                    f"{partial.path}, and the same command goes on from there"
                ) from error
            time.sleep(_FIRST_PAUSE * 2**attempt)
    raise AssertionError("unreachable: the last attempt returns or raises")


def _attempt(url: str, partial: Partial, on_progress: Progress) -> None:
    headers = {"Accept-Encoding": "identity", **partial.resume_headers()}
    try:
        with _over_the_network():
            request = urllib.request.Request(url, headers=headers)
            # The addresses stand in sources.py.
            answer = urllib.request.urlopen(request, timeout=_TIMEOUT)  # nosec B310
    except urllib.error.HTTPError as error:
        with error:
            _explain(url, error, partial)
    with answer:
        _receive(answer, partial, on_progress)


@contextmanager
def _over_the_network() -> Iterator[None]:
    """Within a ``with`` block whatever fails is the connection, and not the disk."""
    try:
        yield
    except urllib.error.HTTPError:
        raise
    except (OSError, http.client.HTTPException) as error:
        reason = getattr(error, "reason", None) or error
        raise _InterruptedError(reason_of(reason)) from error


def _explain(url: str, error: urllib.error.HTTPError, partial: Partial) -> NoReturn:
    if error.code == 416:  # what is here is not the start of what is there
        partial.discard()
        raise _InterruptedError("the server has another version of the file")
    if error.code in _WORTH_ANOTHER_TRY:
        raise _InterruptedError(f"the server answers {error.code} {error.reason}")
    raise DataError(f"{url} cannot be fetched: the server answers {error.code} {error.reason}")


def _receive(answer: http.client.HTTPResponse, partial: Partial, on_progress: Progress) -> None:
    if not partial.fits(answer):
        partial.discard()
        raise _InterruptedError("the server sent the rest of another version of the file")
    here = partial.size() if answer.status == 206 else 0
    total = None if answer.length is None else here + answer.length
    with partial.open_for(answer) as file:
        on_progress(here, total)
        while block := _read(answer):
            file.write(block)
            here += len(block)
            on_progress(here, total)
    if total is not None and here < total:
        raise _InterruptedError(f"the connection ended after {here:,} of {total:,} bytes")


def _read(answer: http.client.HTTPResponse) -> bytes:
    with _over_the_network():
        return answer.read(_BLOCK)


def _about_the_disk(error: OSError, partial: Partial) -> DataError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DataError(
            f"the disk of {partial.path.parent} is full; make room and run the same command "
            f"again, it goes on from {partial.path.name}"
        )
    return DataError(f"{partial.path} cannot be written: {reason_of(error)}")
