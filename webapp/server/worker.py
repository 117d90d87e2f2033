"""A gunicorn ``gthread`` worker that waits for senders in one place, and for nobody long.

- Requests arrive in the main loop (:mod:`webapp.server.connection`), whole and in memory.
- Drawings are answered there, a few at a time; everything else gets a thread.
- Whoever waits longer than ``NET_WAITING_SECONDS`` for either is told to come again.
- A thread that takes longer than ``timeout`` loses its connection; after as long again the worker
  stops reporting that it is well, as it does while the loop hangs, and the master replaces it.
"""

from __future__ import annotations

import contextlib
import math
import os
import selectors
import socket
import sys
import time
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future
from functools import partial
from types import SimpleNamespace
from typing import Any

from gunicorn.http.wsgi import Response  # type: ignore[import-untyped]
from gunicorn.workers.gthread import ThreadWorker  # type: ignore[import-untyped]

from webapp.configuration import read_configuration
from webapp.dynamic_batching import answer_in_batch
from webapp.server import balance
from webapp.server.connection import BLOCK_BYTES, Connection
from webapp.server.refusals import refuse, tell_to_come_again

MOST_ARRIVING_BYTES = 64 * 1_048_576  # of all unfinished requests of a worker together

_PROBES = frozenset({"/livez", "/readyz", "/metrics"})
_QUICK, _QUICK_BYTES = "/api/v1/predictions", 16_384  # a longer drawing takes as long as a picture
_BATCH, _BATCH_BYTES = 8, 8_192  # drawings, that one of 256 strokes (0.5 s) is alone among
_SLICE_SECONDS = 0.02  # for what arrives, and then for answers
_LEAVE_SECONDS = 0.05  # for which a worker with more connections leaves a new one to others
_YIELD_SECONDS = 0.0001  # of that, before it looks again
_EVEN = 1.25  # times the fewest connections are no more: many that come at once shall not queue
_LINGER_SECONDS = 2.0  # for which a worker that shall stop waits for what is on its way
_ANSWER_BYTES = 262_144  # an answer from the main loop is smaller
_NOBODY = SimpleNamespace(
    version=(1, 1), method="GET", path="", headers=(), should_close=lambda: True
)


class Outbox(bytearray):
    """Takes an answer that is put together in the main loop, in the place of a socket."""

    sendall = bytearray.extend
    setblocking = shutdown = settimeout = close = lambda *_: None
    recv = lambda *_: b""  # noqa: E731


class PatientWorker(ThreadWorker):  # type: ignore[misc]
    """Gunicorn's threaded worker with one door for all requests, and two lines behind it."""

    def __init__(self, *arguments: object, **named: object) -> None:
        super().__init__(*arguments, **named)
        settings = read_configuration(os.environ)
        self._patience = settings.waiting_seconds
        self._may_be_quick = settings.limits_url.startswith("memory")  # a Redis might hang
        self._connections: set[Connection] = set()
        self._arriving: dict[socket.socket, Connection] = {}
        self._quick: deque[Connection] = deque()
        self._slow: deque[Connection] = deque()
        self._busy: dict[Connection, float] = {}  # what threads are busy with, since when
        self._worked = 0.0
        self._left_since = 0.0  # since when somebody waits that is left to another worker

    @classmethod
    def check_config(cls, cfg: Any, log: Any) -> None:
        """Stop the start where a handshake would be read as a request."""
        if cfg.is_ssl:
            sys.exit("Nét cannot start: TLS is a proxy's to speak (docs/deploy.md).")

    def set_accept_enabled(self, enabled: bool) -> None:
        """Begin or cease to take connections; at the end, take those that were made before."""
        super().set_accept_enabled(enabled)
        balance.tell(self.age, self.nr_conns if enabled else None)
        if not self.alive:
            for listener in self.sockets:
                while self._accept_one(listener):
                    pass
                listener.close()  # nobody may come to a door that is not opened any more

    def accept(self, listener: socket.socket) -> None:
        """Take new connections, unless another worker has fewer and comes soon."""
        now = time.monotonic()
        self._left_since = self._left_since or now
        is_overdue = now - self._left_since > _LEAVE_SECONDS
        most = math.inf if is_overdue else _EVEN * balance.least_of_others(self.age)
        if self.nr_conns > most:
            time.sleep(_YIELD_SECONDS)
            return
        if not is_overdue:
            self._left_since = 0.0
        for _ in range(1 + int(2000 * self._worked)):
            if self.nr_conns > most or not self._accept_one(listener):
                return

    def _accept_one(self, listener: socket.socket) -> bool:
        try:
            client, address = listener.accept()
        except OSError:  # it has gone, or another worker has it
            return False
        if address:  # IPv4 is IPv4, also where a server listens on [::]
            address = (address[0].removeprefix("::ffff:"), *address[1:])
            client.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _ANSWER_BYTES)
        conn = Connection(self.cfg, client, address, listener.getsockname())
        self._connections.add(conn)
        self.nr_conns += 1
        if self._accepting:
            balance.tell(self.age, self.nr_conns)
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
        if not conn.is_watched:
            conn.is_watched = True
            receive = partial(self._receive, conn)
            self.poller.register(conn.sock, selectors.EVENT_READ, receive)

    def _receive(self, conn: Connection, client: socket.socket) -> None:
        if conn in self._connections and conn.deadline == math.inf:
            self.poller.unregister(client)  # what comes is the next request's
            conn.is_watched = False
        elif conn in self._connections:
            try:
                data = client.recv(conn.receive_bytes)
            except BlockingIOError:
                return
            except OSError:
                data = b""
            if not data and not conn.reading:
                self._end(conn)
            elif not conn.is_leaving:
                self._take(conn, data)

    def _take(self, conn: Connection, data: bytes) -> None:
        if not conn.reading:
            conn.deadline = time.monotonic() + self.cfg.timeout
        try:
            is_whole = conn.take(data)
        except (OSError, StopIteration):
            self._end(conn)
        except Exception as error:
            self.handle_error(conn.request, conn.sock, conn.client, error)
            self._go_on(conn, keepalive=False)
        else:
            if is_whole:
                self._arriving.pop(conn.sock, None)
                self.enqueue_req(conn)
                return
            self._arriving[conn.sock] = conn
            large = [one for one in self._arriving.values() if one.body_bytes > BLOCK_BYTES]
            if sum(one.body_bytes for one in large) > MOST_ARRIVING_BYTES:
                self._tell_to_come_again(large[0])

    def enqueue_req(self, conn: Connection) -> None:
        """Put a request into the line that it belongs to."""
        conn.deadline, conn.queued_at = math.inf, time.monotonic()
        conn.parser = iter((conn.request,))
        path = conn.request.path
        if path == _QUICK and conn.body_bytes <= _QUICK_BYTES and self._may_be_quick:
            self._quick.append(conn)
        elif path in _PROBES:
            self._hand_over(conn)
        else:
            self._slow.append(conn)

    def wait_for_and_dispatch_events(self, timeout: float) -> None:
        """One round of the main loop: take what has come, and answer."""
        is_in_haste = self._quick or self._left_since
        events = self.poller.select(0 if is_in_haste else min(timeout, 0.25))
        begun = time.monotonic()
        if self._left_since and not any(key.fileobj in self.sockets for key, _ in events):
            self._left_since = 0.0  # another worker has come
        events.sort(key=lambda event: event[0].fileobj in self._arriving)  # others come first
        for key, _ in events:
            key.data(key.fileobj)
            if time.monotonic() - begun > _SLICE_SECONDS:
                break
        while self._slow and len(self._busy) < self.cfg.threads:
            self._hand_over(self._slow.popleft())
        until = time.monotonic() + _SLICE_SECONDS
        while self._quick and time.monotonic() < until:
            self._answer(self._next_batch())
        now = time.monotonic()
        # As many drawings as there are threads count as in hand, as if they had been given to them.
        for line, in_hand in ((self._quick, self.cfg.threads), (self._slow, 0)):
            while len(line) > in_hand and now - line[0].queued_at > self._patience:
                self._tell_to_come_again(line.popleft())
        self._worked = now - begun

    def _next_batch(self) -> list[Connection]:
        """Take those that are answered together: the next, and more while few and short."""
        drawings = [self._quick.popleft()]
        room = _BATCH_BYTES - drawings[0].body_bytes
        while self._quick and len(drawings) < _BATCH and self._quick[0].body_bytes <= room:
            drawings.append(self._quick.popleft())
            room -= drawings[-1].body_bytes
        return drawings

    def _hand_over(self, conn: Connection) -> None:
        self._busy[conn] = time.monotonic()
        super().enqueue_req(conn)

    def finish_request(self, conn: Connection, fs: Future[bool]) -> None:
        """Go on with the connection of a request that a thread has answered."""
        del self._busy[conn]
        self._go_on(conn, keepalive=not fs.exception() and fs.result())

    def _keepalive_after(self, conn: Connection, keepalive: bool) -> bool:
        return keepalive  # whatever of the body the app has not read is in memory

    def _answer(self, conns: Sequence[Connection]) -> None:
        """Answer here and now; who has not even room for it does not read answers."""
        answers = answer_in_batch([partial(self._handle_in_memory, conn) for conn in conns])
        for conn, (answer, keepalive) in zip(conns, answers, strict=True):
            try:
                conn.sock.sendall(answer)
            except OSError:
                self._end(conn)
            else:
                self._go_on(conn, keepalive)

    def _handle_in_memory(self, conn: Connection) -> tuple[Outbox, bool]:
        client, conn.sock = conn.sock, Outbox()
        keepalive = self.handle(conn)
        answer, conn.sock = conn.sock, client
        return answer, keepalive

    def _go_on(self, conn: Connection, keepalive: bool) -> None:
        """Wait for the next request, or for the sender to close where we do (RFC 9112, 9.6)."""
        self._wait(conn, self.cfg.keepalive if self.alive else _LINGER_SECONDS)
        if keepalive:
            if rest := conn.take_buffered():
                self._take(conn, rest)
            return
        conn.is_leaving = True
        self._forget(conn)
        with contextlib.suppress(OSError):
            conn.sock.shutdown(socket.SHUT_WR)

    def _forget(self, conn: Connection) -> None:
        self._arriving.pop(conn.sock, None)
        if conn.reading:
            conn.reading.throw()
        conn.request = conn.parser = None

    def _end(self, conn: Connection) -> None:
        self._forget(conn)
        self._connections.remove(conn)
        self.nr_conns -= 1
        if self._accepting:
            balance.tell(self.age, self.nr_conns)
        if conn.is_watched:
            self.poller.unregister(conn.sock)
        conn.close()

    def _tell_to_come_again(self, conn: Connection) -> None:
        self._say(conn.request, conn.sock, partial(tell_to_come_again, self.wsgi))
        self._go_on(conn, keepalive=False)

    def handle_error(self, req: Any, client: Any, addr: Any, exc: Exception) -> None:
        """Refuse what is no request, or could not be handled."""
        self._say(req or _NOBODY, client, partial(refuse, self.wsgi, exc, addr))

    def _say(self, request: Any, client: Any, app: Any) -> None:
        response = Response(request, client, self.cfg)
        response.force_close()
        environ = {f"HTTP_{name.replace('-', '_')}": value for name, value in request.headers}
        with contextlib.suppress(OSError):
            for part in app({**environ, "PATH_INFO": request.path}, response.start_response):
                response.write(part)

    def notify(self) -> None:
        """End what takes too long; tell the master that all is well, if it is."""
        now = time.monotonic()
        for conn, since in self._busy.items():
            if now - since > self.cfg.timeout:
                with contextlib.suppress(OSError):  # close() could give its number to another
                    conn.sock.shutdown(socket.SHUT_RDWR)
        for conn in [conn for conn in self._connections if conn.deadline < now]:
            self._end(conn)
        if now - min(self._busy.values(), default=now) <= 2 * self.cfg.timeout:
            super().notify()

    def _cap_keepalive(self, deadline: float) -> None:
        for conn in self._connections:
            if conn.deadline < math.inf:
                conn.deadline = min(conn.deadline, deadline)
