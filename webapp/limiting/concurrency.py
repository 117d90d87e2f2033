"""Work that is done by a few threads of a process at a time; the others wait, but not for long.

A picture may need a hundred times the memory and the time of a drawing: with all threads reading
pictures, nobody's drawing would be answered and the memory would run out.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from queue import SimpleQueue
from threading import BoundedSemaphore, current_thread, main_thread

from webapp.errors import ConcurrencyLimitError


class Slots:
    """A few slots; who enters without one being free waits: ``with COMPUTING: …``.

    The main thread needs none: it answers most drawings by itself, and must wait for nobody.
    A semaphore whose slots are tokens in a queue, since that one is written in C.
    """

    def __init__(self, number: int) -> None:
        self._free: SimpleQueue[None] = SimpleQueue()
        for _ in range(number):
            self._free.put(None)

    def __enter__(self) -> None:
        if current_thread() is not main_thread():
            self._free.get()

    def __exit__(self, *_: object) -> None:
        if current_thread() is not main_thread():
            self._free.put(None)


# Threads of a process that compute on drawings beside its main one. Python runs one at a time,
# and where all of them want to, the thread that takes and refuses connections hardly runs.
COMPUTING = Slots(2)


class ConcurrencyLimit:
    """Lets a few threads in at a time; others wait for a while."""

    def __init__(self, at_once: int, wait_seconds: float) -> None:
        """Prepare the slots.

        Args:
            at_once: threads that are let in at the same time; as many may wait, and who comes
                then is sent away at once.
            wait_seconds: for which a thread waits.
        """
        self._slots = BoundedSemaphore(at_once)
        self._queue = BoundedSemaphore(2 * at_once)
        self._wait_seconds = wait_seconds

    @contextmanager
    def acquire(self) -> Iterator[None]:
        """Hold a slot while the block runs.

        Raises:
            ConcurrencyLimitError: none was free within the time to wait, or too many wait already.
        """
        if not self._queue.acquire(blocking=False):
            raise ConcurrencyLimitError
        try:
            if not self._slots.acquire(timeout=self._wait_seconds):
                raise ConcurrencyLimitError
            try:
                yield
            finally:
                self._slots.release()
        finally:
            self._queue.release()
