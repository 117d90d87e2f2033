"""Connections that have had their last answer, until their senders have seen it.

Who closes a connection while bytes still come loses the answer (RFC 9112, 9.6), so one goes on
reading for a while.  Gunicorn does that where it waits for all the others: a sender that did not
close its side held everybody up for two seconds.
"""

from __future__ import annotations

import contextlib
import selectors
import socket
import time

SECONDS = 2.0  # for which a sender may still send
MOST = 500  # connections at a time; who comes then is cut off
_MOST_BYTES = 32 * 1_048_576  # that one may still send


class Farewells:
    """Reads and drops what still comes on connections that are ours to close."""

    def __init__(self, poller: selectors.BaseSelector) -> None:
        """Prepare.

        Args:
            poller: of the main loop; calls what it was given with each socket that is readable.
        """
        self._poller = poller
        self._leaving: dict[socket.socket, tuple[float, int]] = {}  # deadline, bytes still taken

    def say(self, connection: socket.socket) -> None:
        """Send nothing more, and close when the sender does, or later."""
        try:
            connection.setblocking(False)
            connection.shutdown(socket.SHUT_WR)
        except OSError:  # the sender has gone
            connection.close()
            return
        if len(self._leaving) >= MOST:
            connection.close()
            return
        self._leaving[connection] = (time.monotonic() + SECONDS, _MOST_BYTES)
        self._poller.register(connection, selectors.EVENT_READ, self._drop)

    def end_late(self, now: float) -> None:
        """Close those whose time is up."""
        while self._leaving:  # in the order of their deadlines
            connection, (deadline, _) = next(iter(self._leaving.items()))
            if now <= deadline:
                return
            self._close(connection)

    def _drop(self, connection: socket.socket) -> None:
        data = b""
        with contextlib.suppress(BlockingIOError, OSError):
            data = connection.recv(65_536)
        deadline, allowance = self._leaving[connection]
        if not data or len(data) >= allowance:
            self._close(connection)
        else:
            self._leaving[connection] = (deadline, allowance - len(data))

    def _close(self, connection: socket.socket) -> None:
        del self._leaving[connection]
        self._poller.unregister(connection)
        connection.close()
