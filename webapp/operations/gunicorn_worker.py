"""A threaded gunicorn worker that no slow, silent or hanging request can block.

gunicorn's own ``gthread`` gives a connection a thread as soon as it is made, and waits
there without end for the rest of a half-sent request and for a view that hangs. Here

- a request gets a thread once all of it has arrived (:mod:`webapp.operations.arrival`), and the
  thread reads from memory, so none ever waits for a sender;
- one for which no thread becomes free in time is told to come again
  (:mod:`webapp.operations.waiting_line`);
- one that takes longer than ``timeout`` seconds loses its connection, which ends a write at once;
- if a thread still hangs after as long again, the worker stops reporting that it is well,
  and the master replaces it, as it does with a stuck ``sync`` worker;
- a worker that shall stop takes first what already waits at its door.
"""

from __future__ import annotations

import contextlib
import errno
import os
import selectors
import socket
import time
from functools import partial
from typing import Any

from gunicorn.http.errors import LimitRequestHeaders  # type: ignore[import-untyped]
from gunicorn.workers.gthread import TConn, ThreadWorker  # type: ignore[import-untyped]

from webapp.configuration import read_configuration
from webapp.operations.arrival import BLOCK_BYTES, Arrival
from webapp.operations.farewells import Farewells
from webapp.operations.overload import TooBusy
from webapp.operations.received import Received
from webapp.operations.refusal import refuse
from webapp.operations.waiting_line import WaitingLine

MOST_ARRIVING_BYTES = 64 * 1_048_576  # of all unfinished requests of a worker together

_GO_ON = b"HTTP/1.1 100 Continue\r\n\r\n"
_HEAD_BYTES = 4096  # enough to see what was asked for, and in which language
_PASSING = {errno.EAGAIN, errno.ECONNABORTED, errno.EWOULDBLOCK, errno.EMFILE, errno.ENFILE}
_LINGER_SECONDS = 2.0  # for which a worker that shall stop still waits for requests


class Connection(TConn):  # type: ignore[misc]
    """A connection that says farewell in the main loop, which goes on meanwhile."""

    is_probe = False
    farewells: Farewells | None = None

    def close(self, graceful: bool = False) -> None:
        """Close now, or gracefully: when the sender has seen the answer."""
        if graceful and self.farewells and isinstance(self.sock, socket.socket):
            self.farewells.say(self.sock)
        else:
            super().close()


class PatientWorker(ThreadWorker):  # type: ignore[misc]
    """A ``gthread`` worker that waits for senders in one place and never for long."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self._arriving: dict[Connection, Arrival] = {}
        self._arriving_bytes = 0
        self._started: dict[TConn, float] = {}  # what threads are busy with, since when
        self._line = WaitingLine[Connection](read_configuration(os.environ).waiting_seconds)
        self._too_busy = TooBusy(self)
        self._stopped_accepting: float | None = None

    def init_process(self) -> None:
        """Begin to work; returns at the end."""
        self.farewells: Farewells | None = None
        super().init_process()

    def run(self) -> None:
        """Answer until told to stop."""
        self.farewells = None if self.cfg.is_ssl else Farewells(self.poller)
        super().run()

    def accept(self, listener: socket.socket) -> None:
        """Take a new connection and wait for its request in the main loop."""
        self._take_connection(listener)

    def set_accept_enabled(self, enabled: bool) -> None:
        """Begin or cease to take connections; at the end, take those that were made before."""
        super().set_accept_enabled(enabled)
        if not self.alive:
            for listener in self.sockets:
                while self._take_connection(listener):
                    pass
                # Nobody may come to a door that is not opened any more. Others have theirs.
                listener.close()

    def enqueue_req(self, conn: Connection) -> None:
        """Give a request to the threads, unless others wait for one in vain."""
        now = time.monotonic()
        if self._line.is_too_long(now) and not conn.is_probe:
            self._too_busy.tell(conn.sock, self._head_of(conn))
            self._end(conn, graceful=True)
            return
        future = self.tpool.submit(self.handle, conn)
        if not conn.is_probe:
            self._line.join(conn, future, now)
        future.add_done_callback(
            lambda done: self.method_queue.defer(self.finish_request, conn, done)
        )

    def on_client_socket_readable(self, conn: Connection, client: socket.socket) -> None:
        """Wait for the next request of a kept-alive connection in the same way."""
        if self.cfg.is_ssl:
            super().on_client_socket_readable(conn, client)
            return
        self.poller.unregister(client)
        self.keepalived_conns.remove(conn)
        self._wait_for_request(conn)
        self._receive(conn, client)

    def handle(self, conn: Connection) -> object:
        """Answer one request; runs in a thread of the pool."""
        self._started[conn] = time.monotonic()
        try:
            return super().handle(conn)
        finally:
            del self._started[conn]

    def finish_request(self, conn: Connection, fs: Any) -> None:
        """Go on with the connection of a request that was answered, or not begun with."""
        goes_on = not fs.cancelled() and fs.exception() is None and fs.result() is True
        if goes_on and not self.cfg.is_ssl and (rest := conn.parser.unreader.take_buffered()):
            self._wait_for_request(conn)  # what came behind the request is the next one's
            self._take(conn, rest)
        else:
            super().finish_request(conn, fs)

    def _keepalive_after(self, conn: Connection, keepalive: bool) -> bool:
        if not isinstance(conn.parser.unreader, Received):
            return bool(super()._keepalive_after(conn, keepalive))
        # Where a request is not whole, nobody knows where the next one begins.  What the app has
        # not read of a whole one is here: nothing is waited for, so there need be no limit to it.
        return keepalive and conn.parser.unreader.is_whole and bool(conn.parser.finish_body())

    def handle_error(
        self,
        req: object,
        client: socket.socket,
        addr: tuple[str, int] | None,
        exc: Exception,
    ) -> None:
        """Refuse what is no request, or could not be handled."""
        refuse(client, addr, exc)

    def notify(self) -> None:
        """Tell the master that all is well; the main loop does so every second."""
        now = time.monotonic()
        self._make_room()
        self._drop_late_arrivals(now)
        for conn in self._line.take_overdue(now):  # the cancelled future ends the connection
            self._too_busy.tell(conn.sock, self._head_of(conn))
        if self.farewells:
            self.farewells.end_late(now)
        seconds = {conn: now - started for conn, started in self._started.copy().items()}
        for conn, spent in seconds.items():
            if spent > self.cfg.timeout:
                _cut(conn.sock)
        if max(seconds.values(), default=0) <= 2 * self.cfg.timeout:
            super().notify()

    def _take_connection(self, listener: socket.socket) -> bool:
        try:
            client, address = listener.accept()
        except OSError as error:
            if error.errno not in _PASSING:
                raise
            return False
        self.nr_conns += 1
        conn = Connection(self.cfg, client, address, listener.getsockname())
        conn.farewells = self.farewells
        conn.data_ready = True  # or a thread would wait for its first byte
        if self.cfg.is_ssl:  # the bytes are a handshake's, which a thread has to make
            self.enqueue_req(conn)
        else:
            self._wait_for_request(conn)
        return True

    def _make_room(self) -> None:
        """Keep a place free for the next connection, at the expense of one that is silent."""
        if self.nr_conns < self.worker_connections:
            return
        if self.keepalived_conns:
            conn = self.keepalived_conns.popleft()
            self.poller.unregister(conn.sock)
        elif self._arriving:
            conn = next(iter(self._arriving))
            self._forget(conn)
        else:
            return
        self._end(conn)

    def _wait_for_request(self, conn: Connection) -> None:
        conn.sock.setblocking(False)
        conn.timeout = time.monotonic() + self.cfg.timeout
        self._arriving[conn] = Arrival()
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self._receive, conn))

    def _receive(self, conn: Connection, client: socket.socket) -> None:
        arrival = self._arriving.get(conn)
        if arrival is None:  # it was dropped for another that came at the same time
            return
        try:
            data = client.recv(arrival.block_bytes)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if data:
            self._take(conn, data)
        else:
            self._forget(conn)
            self._end(conn)

    def _take(self, conn: Connection, data: bytes) -> None:
        arrival = self._arriving[conn]
        before = len(arrival.received)
        is_enough = arrival.take(data)
        self._arriving_bytes += len(arrival.received) - before
        if is_enough:
            self._begin(conn, arrival)
            return
        if arrival.wants_to_be_told:
            arrival.wants_to_be_told = False
            with contextlib.suppress(OSError):
                conn.sock.send(_GO_ON)
        if self._arriving_bytes > MOST_ARRIVING_BYTES:
            self._drop_a_large_arrival()

    def _begin(self, conn: Connection, arrival: Arrival) -> None:
        self._forget(conn)
        if arrival.is_endless_head:
            refuse(conn.sock, conn.client, LimitRequestHeaders(""))
            self._end(conn, graceful=True)
            return
        conn.init()
        conn.parser.unreader = Received(arrival.received, is_whole=arrival.is_whole)
        conn.is_probe = arrival.is_probe
        self.enqueue_req(conn)

    def _head_of(self, conn: Connection) -> bytes:
        return conn.parser.unreader.beginning(_HEAD_BYTES) if conn.parser else b""

    def _drop_a_large_arrival(self) -> None:
        """Let go of the unfinished request that has been coming for longest, among the large."""
        large = (conn for conn, one in self._arriving.items() if len(one.received) > BLOCK_BYTES)
        conn = next(large, None) or next(iter(self._arriving))
        self._too_busy.tell(conn.sock, bytes(self._arriving[conn].received[:_HEAD_BYTES]))
        self._forget(conn)
        self._end(conn, graceful=True)

    def _drop_late_arrivals(self, now: float) -> None:
        if not self.alive:
            self._stopped_accepting = self._stopped_accepting or now
        # In the order of their deadlines, for all are given the same time.
        while self._arriving:
            conn = next(iter(self._arriving))
            if now <= conn.timeout and not self._has_lingered(now):
                return
            self._forget(conn)
            self._end(conn)

    def _has_lingered(self, now: float) -> bool:
        """Whether this worker shall stop and has waited for what was on its way."""
        return now - (self._stopped_accepting or now) > _LINGER_SECONDS

    def _forget(self, conn: Connection) -> None:
        self.poller.unregister(conn.sock)
        self._arriving_bytes -= len(self._arriving.pop(conn).received)

    def _end(self, conn: Connection, *, graceful: bool = False) -> None:
        self.nr_conns -= 1
        conn.close(graceful)


def _cut(connection: socket.socket) -> None:
    # Not close(): the descriptor's number could become another's while a thread reads from it.
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
