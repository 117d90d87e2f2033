"""What becomes of requests when far more is asked than can be answered?

Run as ``python -m benchmarks.overload``.  It starts gunicorn with one worker twice, in turn: with
the patience that it has by default (``NET_WAITING_SECONDS``), and with none that ever ends.  More
and more clients ask for predictions of large drawings, each one after the other.  Printed are how
many were answered and how many told to come again each second, and how long that took.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import time
from collections import defaultdict

from benchmarks.serving.server import serving
from benchmarks.soak import PREDICTIONS, X, Y
from webapp.configuration import Configuration

FOR_EVER = 3600
POINTS = 500  # times 14 of each drawing: one takes some ten milliseconds
Times = dict[int, list[float]]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seconds", type=float, default=8, help="of each; default: 8")
    parser.add_argument("--clients", type=int, nargs="+", default=[8, 64, 256, 800])
    options = parser.parse_args()
    body = json.dumps({"strokes": [{"x": X * POINTS, "y": Y * POINTS}]}).encode()
    head = f"POST {PREDICTIONS} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    request = f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body
    print(f"{'':28}{'answered':>22}{'':12}{'told to come again':>22}")
    print(f"{'patience':>10}{'clients':>9}" + 2 * f"{'a second':>12}{'median':>12}{'slowest':>12}")
    for clients in options.clients:
        for patience in (Configuration().waiting_seconds, FOR_EVER):
            with serving(workers=1, NET_WAITING_SECONDS=patience) as server:
                times = asyncio.run(_ask(server.port, request, clients, options.seconds))
            shown = "for ever" if patience == FOR_EVER else f"{patience:g} s"
            parts = (_part(times[status], options.seconds) for status in (200, 503))
            print(f"{shown:>10}{clients:>9}{''.join(parts)}", flush=True)
            if others := times.keys() - {200, 503}:
                raise SystemExit(f"answered with {others}")


async def _ask(port: int, request: bytes, clients: int, seconds: float) -> Times:
    """By status, the seconds that each answer took that came in time."""
    times: Times = defaultdict(list)
    end = time.monotonic() + seconds
    tasks = [asyncio.create_task(_client(port, request, times)) for _ in range(clients)]
    await asyncio.sleep(max(0.0, end - time.monotonic()))
    for task in tasks:
        task.cancel()
    for outcome in await asyncio.gather(*tasks, return_exceptions=True):
        if isinstance(outcome, Exception):
            raise outcome
    return times


async def _client(port: int, request: bytes, times: Times) -> None:
    while True:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            while True:
                begun = time.perf_counter()
                writer.write(request)
                head = await reader.readuntil(b"\r\n\r\n")
                fields = head.lower().split(b"\r\n")
                (length,) = [field for field in fields if field.startswith(b"content-length:")]
                await reader.readexactly(int(length.split(b":")[1]))
                status = int(head.split()[1])
                times[status].append(time.perf_counter() - begun)
                if status == 503:
                    await asyncio.sleep(0.5)  # less than it was asked to wait
                if b"connection: close" in fields:
                    break
        finally:
            writer.close()


def _part(times: list[float], seconds: float) -> str:
    if not times:
        return f"{0:>12}{'':24}"
    ordered = sorted(times)
    median, slowest = ordered[len(ordered) // 2] * 1000, ordered[-1] * 1000
    return f"{len(times) / seconds:>12.0f}{median:>9.0f} ms{slowest:>9.0f} ms"


if __name__ == "__main__":
    main()
