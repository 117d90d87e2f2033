"""A threaded gunicorn worker that no slow, silent or hanging request can block.

gunicorn's own ``gthread`` gives a connection a thread as soon as it is made, and waits
there without end for the rest of a half-sent request and for a view that hangs. Here

- a request gets a thread once it has arrived (:mod:`webapp.operations.arrival`); until
  then it costs an entry in the main loop's table;
- one that takes longer than ``timeout`` seconds loses its connection, which ends a read or a
  write at once;
- if a thread still hangs after as long again, the worker stops reporting that it is well,
  and the master replaces it, as it does with a stuck ``sync`` worker.
"""

import contextlib
import errno
import selectors
import socket
import time
from functools import partial

from gunicorn.workers.gthread import TConn, ThreadWorker  # type: ignore[import-untyped]

from webapp.operations.arrival import KEPT_BYTES, is_worth_a_thread

_PASSING = {errno.EAGAIN, errno.ECONNABORTED, errno.EWOULDBLOCK, errno.EMFILE, errno.ENFILE}
_LINGER_SECONDS = 2.0  # for which a worker that shall stop still waits for requests


class PatientWorker(ThreadWorker):  # type: ignore[misc]
    """A ``gthread`` worker that waits for senders in one place and never for long."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self._arriving: dict[TConn, bytearray] = {}
        self._started: dict[TConn, float] = {}  # what threads are busy with, since when
        self._stopped_accepting: float | None = None

    def accept(self, listener: socket.socket) -> None:
        """Take a new connection and wait for its request in the main loop."""
        try:
            connection, address = listener.accept()
        except OSError as error:
            if error.errno not in _PASSING:
                raise
            return
        self.nr_conns += 1
        conn = TConn(self.cfg, connection, address, listener.getsockname())
        conn.data_ready = True  # or a thread would wait for its first byte
        if self.cfg.is_ssl:  # the bytes are a handshake's, which a thread has to make
            self.enqueue_req(conn)
        else:
            self._wait_for_request(conn)

    def on_client_socket_readable(self, conn: TConn, client: socket.socket) -> None:
        """Wait for the next request of a kept-alive connection in the same way."""
        if self.cfg.is_ssl:
            super().on_client_socket_readable(conn, client)
            return
        self.poller.unregister(client)
        self.keepalived_conns.remove(conn)
        self._wait_for_request(conn)
        self._receive(conn, client)

    def handle(self, conn: TConn) -> object:
        """Answer one request; runs in a thread of the pool."""
        self._started[conn] = time.monotonic()
        try:
            return super().handle(conn)
        finally:
            del self._started[conn]

    def notify(self) -> None:
        """Tell the master that all is well; the main loop does so every second."""
        now = time.monotonic()
        self._drop_late_arrivals(now)
        seconds = {conn: now - started for conn, started in self._started.copy().items()}
        for conn, spent in seconds.items():
            if spent > self.cfg.timeout:
                _cut(conn.sock)
        if max(seconds.values(), default=0) <= 2 * self.cfg.timeout:
            super().notify()

    def _wait_for_request(self, conn: TConn) -> None:
        conn.sock.setblocking(False)
        conn.timeout = time.monotonic() + self.cfg.timeout
        self._arriving[conn] = bytearray()
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self._receive, conn))

    def _receive(self, conn: TConn, client: socket.socket) -> None:
        try:
            data = client.recv(KEPT_BYTES)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        received = self._arriving[conn]
        received += data
        if not data:
            self._forget(conn)
            self.nr_conns -= 1
            conn.close()
        elif is_worth_a_thread(received):
            self._forget(conn)
            conn.init()
            conn.parser.unreader.unread(bytes(received))
            self.enqueue_req(conn)

    def _drop_late_arrivals(self, now: float) -> None:
        if not self.alive:
            self._stopped_accepting = self._stopped_accepting or now
        # In the order of their deadlines, for all are given the same time.
        while self._arriving:
            conn = next(iter(self._arriving))
            if now <= conn.timeout and not self._has_lingered(now):
                return
            self._forget(conn)
            self.nr_conns -= 1
            conn.close()

    def _has_lingered(self, now: float) -> bool:
        """Whether this worker shall stop and has waited for what was on its way."""
        return now - (self._stopped_accepting or now) > _LINGER_SECONDS

    def _forget(self, conn: TConn) -> None:
        self.poller.unregister(conn.sock)
        del self._arriving[conn]


def _cut(connection: socket.socket) -> None:
    # Not close(): the descriptor's number could become another's while a thread reads from it.
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
