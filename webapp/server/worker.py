"""A gunicorn ``gthread`` worker that waits for senders in one place, and for nobody long.

- Requests arrive in the main loop (:mod:`webapp.server.connection`), whole and in memory.
- Drawings are answered there, one after the other; everything else gets a thread.
- Whoever waits longer than ``NET_WAITING_SECONDS`` for either is told to come again.
- A thread that takes longer than ``timeout`` loses its connection; after as long again the worker
  stops reporting that it is well, as it does while the loop hangs, and the master replaces it.
"""

from __future__ import annotations

import contextlib
import errno
import math
import os
import selectors
import socket
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from types import SimpleNamespace
from typing import Any

from gunicorn.http.wsgi import Response, create  # type: ignore[import-untyped]
from gunicorn.workers.gthread import ThreadWorker  # type: ignore[import-untyped]

from webapp.configuration import read_configuration
from webapp.server.connection import BLOCK_BYTES, Connection
from webapp.server.overload import TooBusy
from webapp.server.refusal import refuse

MOST_ARRIVING_BYTES = 64 * 1_048_576  # of all unfinished requests of a worker together
LINGER_SECONDS = 2.0  # for which a connection that we close may still send (RFC 9112, 9.6)

_PROBES = frozenset({"/livez", "/readyz", "/metrics"})
_PROBE_THREADS = 2
_QUICK = frozenset({("POST", "/api/v1/predictions"), ("GET", "/livez")})
_QUICK_BYTES = 16_384  # of a body; longer drawings take as long as pictures may
_ARRIVAL_SECONDS = 0.02  # for what arrives, between two answers
_PASSING = {errno.EAGAIN, errno.ECONNABORTED, errno.EWOULDBLOCK, errno.EMFILE, errno.ENFILE}
_MAPPED = "::ffff:"  # by the kernel, where a server listens on [::]
_NOBODY = SimpleNamespace(version=(1, 1), method="GET", should_close=lambda: True)


class Outbox(bytearray):
    """What an answer is written to in the main loop, which must not wait for who reads slowly."""

    def sendall(self, data: bytes) -> None:
        """Take more of it."""
        self.extend(data)


class PatientWorker(ThreadWorker):  # type: ignore[misc]
    """See above."""

    def __init__(self, *arguments: object, **named: object) -> None:
        super().__init__(*arguments, **named)
        settings = read_configuration(os.environ)
        self._patience = settings.waiting_seconds
        self._has_quick = settings.limits_url.startswith("memory")  # a Redis might be waited for
        self._connections: set[Connection] = set()
        self._arriving: dict[socket.socket, Connection] = {}
        self._quick: deque[Connection] = deque()
        self._slow: deque[Connection] = deque()
        self._busy: dict[Connection, float] = {}  # what threads are busy with, since when
        self._too_busy = TooBusy(self)
        self._worked = self._looked = 0.0

    def get_thread_pool(self) -> ThreadPoolExecutor:
        """Threads for requests, and some for who asks how this server is."""
        return ThreadPoolExecutor(self.cfg.threads + _PROBE_THREADS)

    def set_accept_enabled(self, enabled: bool) -> None:
        """Begin or cease to take connections; at the end, take those that were made before."""
        super().set_accept_enabled(enabled)
        if not self.alive:
            for listener in self.sockets:
                while self._take_connection(listener):
                    pass
                listener.close()  # nobody may come to a door that is not opened any more

    def accept(self, listener: socket.socket) -> None:
        """Take new connections; a few at a time, so that idle workers get as many."""
        for _ in range(1 + int(2000 * self._worked)):
            if not self._take_connection(listener):
                return

    def _take_connection(self, listener: socket.socket) -> bool:
        try:
            client, address = listener.accept()
        except OSError as error:
            if error.errno not in _PASSING:
                raise
            return False
        if isinstance(address, tuple) and address[0].startswith(_MAPPED):
            address = (address[0].removeprefix(_MAPPED), address[1])  # IPv4 stays IPv4
        conn = Connection(self.cfg, client, address, listener.getsockname())
        self._connections.add(conn)
        self.nr_conns += 1
        self._wait(conn, self.cfg.timeout)
        self._receive(conn, client)
        if self.nr_conns >= self.worker_connections:
            first = min(self._connections, key=lambda one: one.deadline)
            if first.deadline < math.inf:
                self._end(first)  # the place of one that is silent is the next one's
        return True

    def _wait(self, conn: Connection, seconds: float) -> None:
        """Be told when something comes."""
        conn.sock.setblocking(False)
        conn.deadline = time.monotonic() + seconds
        self._watch(conn, selectors.EVENT_READ, partial(self._receive, conn))

    def _watch(
        self, conn: Connection, events: int, callback: Callable[[socket.socket], None]
    ) -> None:
        if conn.watched != events:
            watch = self.poller.modify if conn.watched else self.poller.register
            watch(conn.sock, events, callback)
            conn.watched = events

    def _receive(self, conn: Connection, client: socket.socket) -> None:
        if conn not in self._connections:
            return
        if conn.deadline == math.inf:  # an answer is on its way, and what comes is the next one's
            self.poller.unregister(client)
            conn.watched = 0
            return
        try:
            data = client.recv(conn.wanted)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data and conn.reading is None:
            self._end(conn)
        elif not conn.is_leaving:
            self._take(conn, data)

    def _take(self, conn: Connection, data: bytes) -> None:
        if conn.reading is None:
            conn.deadline = time.monotonic() + self.cfg.timeout
        try:
            is_whole = conn.take(data)
        except (OSError, StopIteration):
            self._end(conn)
        except Exception as error:
            self.handle_error(conn.request, conn.sock, conn.client, error)
            self._leave(conn)
        else:
            if is_whole:
                self._arriving.pop(conn.sock, None)
                self.enqueue_req(conn)
                return
            self._arriving[conn.sock] = conn
            if conn.kept > BLOCK_BYTES:
                self._limit_memory()

    def _limit_memory(self) -> None:
        large = [conn for conn in self._arriving.values() if conn.kept > BLOCK_BYTES]
        if sum(conn.kept for conn in large) > MOST_ARRIVING_BYTES:
            self._tell_to_come_again(large[0])

    def enqueue_req(self, conn: Connection) -> None:
        """Put a request into the line that it belongs to."""
        conn.deadline, conn.since = math.inf, time.monotonic()
        request = conn.request
        is_quick = (request.method, request.path) in _QUICK and conn.kept <= _QUICK_BYTES
        if is_quick and self._has_quick:
            self._quick.append(conn)
        elif request.path in _PROBES:
            self._hand_over(conn)
        else:
            self._slow.append(conn)

    def wait_for_and_dispatch_events(self, timeout: float) -> None:
        """One round of the main loop: take what has come, and answer."""
        events = self.poller.select(0 if self._quick else min(timeout, 0.25))
        begun = time.monotonic()
        events.sort(key=lambda event: event[0].fileobj in self._arriving)  # others come first
        for key, _ in events:
            key.data(key.fileobj)
            if time.monotonic() - begun > _ARRIVAL_SECONDS:
                break
        now = time.monotonic()
        for line in (self._quick, self._slow):
            while line and now - line[0].since > self._patience:
                self._tell_to_come_again(line.popleft())
        while self._slow and len(self._busy) < self.cfg.threads:
            self._hand_over(self._slow.popleft())
        until = now + now - begun  # as long as was spent on what arrives, and at least one
        while self._quick:
            self._answer(self._quick.popleft())
            if time.monotonic() > until:
                break
        self._worked = time.monotonic() - begun

    def _hand_over(self, conn: Connection) -> None:
        self._busy[conn] = time.monotonic()
        conn.parser = iter((conn.request,))
        super().enqueue_req(conn)

    def finish_request(self, conn: Connection, fs: Future[bool]) -> None:
        """Go on with the connection of a request that a thread has answered."""
        del self._busy[conn]
        self._go_on(conn, not fs.exception() and fs.result() is True)

    def _keepalive_after(self, conn: Connection, keepalive: bool) -> bool:
        return keepalive  # whatever of the body the app has not read is in memory

    def _answer(self, conn: Connection) -> None:
        """Answer here and now."""
        client, conn.sock = conn.sock, Outbox()
        keepalive = False
        try:
            keepalive = self.handle_request(conn.request, conn)
        except Exception as error:
            conn.sock.clear()
            self.handle_error(conn.request, conn.sock, conn.client, error)
        outbox, conn.sock = conn.sock, client
        self._send(conn, outbox, keepalive, client)

    def _send(
        self, conn: Connection, outbox: Outbox, keepalive: bool, client: socket.socket
    ) -> None:
        if conn not in self._connections:
            return
        try:
            del outbox[: client.send(outbox)]
        except BlockingIOError:
            pass
        except OSError:
            self._end(conn)
            return
        if not outbox:
            self._go_on(conn, keepalive)
        elif conn.deadline == math.inf:
            conn.deadline = time.monotonic() + self.cfg.timeout
            send = partial(self._send, conn, outbox, keepalive)
            self._watch(conn, selectors.EVENT_WRITE, send)

    def _go_on(self, conn: Connection, keepalive: bool) -> None:
        if not keepalive:
            self._leave(conn)
            return
        self._wait(conn, self.cfg.keepalive if self.alive else LINGER_SECONDS)
        if rest := conn.take_buffered():
            self._take(conn, rest)

    def _leave(self, conn: Connection) -> None:
        """Send nothing more, and close when the sender does, or later."""
        conn.forget()
        self._arriving.pop(conn.sock, None)
        conn.is_leaving = True
        self._wait(conn, LINGER_SECONDS)
        with contextlib.suppress(OSError):
            conn.sock.shutdown(socket.SHUT_WR)

    def _end(self, conn: Connection) -> None:
        conn.forget()
        self._arriving.pop(conn.sock, None)
        self._connections.remove(conn)
        self.nr_conns -= 1
        if conn.watched:
            self.poller.unregister(conn.sock)
        conn.close()

    def _tell_to_come_again(self, conn: Connection) -> None:
        conn.request.force_close()
        with contextlib.suppress(OSError):
            response, environ = create(conn.request, conn.sock, conn.client, conn.server, self.cfg)
            for part in self._too_busy(environ, response.start_response):
                response.write(part)
        self._leave(conn)

    def handle_error(self, request: Any, client: Any, address: Any, error: Exception) -> None:
        """Refuse what is no request, or could not be handled."""
        response = Response(request or _NOBODY, client, self.cfg)
        response.force_close()
        with contextlib.suppress(OSError):
            for part in refuse(error, address, response.start_response):
                response.write(part)

    def notify(self) -> None:
        """Tell the master that all is well, if it is; the main loop does so all the time."""
        now = time.monotonic()
        for conn, since in self._busy.items():
            if now - since > self.cfg.timeout:
                with contextlib.suppress(OSError):  # close() could give its number to another
                    conn.sock.shutdown(socket.SHUT_RDWR)
        if now - min(self._busy.values(), default=now) <= 2 * self.cfg.timeout:
            super().notify()

    def murder_keepalived(self, force: bool = False) -> None:
        """End connections on which nothing came in time; with ``force`` all that wait."""
        now = time.monotonic()
        if force or now - self._looked > 0.25:
            self._looked = now
            until = math.inf if force else now
            for conn in [conn for conn in self._connections if conn.deadline < until]:
                self._end(conn)

    def _cap_keepalive(self, deadline: float) -> None:
        for conn in self._connections:
            if conn.deadline < math.inf:
                conn.deadline = min(conn.deadline, deadline)
