"""Does a server's memory stay level while it is asked for hours, for good and for bad?

Run as ``python -m benchmarks.soak``.  It starts gunicorn with the served run and sends it 200,000
requests, of which a part are drawings and pictures and a part is whatever else comes from the
internet.  After each tenth it prints what came back, and what the workers hold: memory of their own
(private to each), open files and threads.
"""

from __future__ import annotations

import argparse
import http.client
import io
import json
import random
import socket
import statistics
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from PIL import Image, ImageDraw

from benchmarks.serving.server import serving

PREDICTIONS = "/api/v1/predictions"
JSON = {"Content-Type": "application/json"}
FORM = {"Content-Type": "multipart/form-data; boundary=cut"}
X = [52, 80, 110, 140, 170, 198, 190, 178, 166, 154, 143, 133, 124, 117]
Y = [60, 58, 57, 57, 58, 60, 82, 108, 134, 160, 186, 212, 238, 264]
Request = tuple[str, str, bytes, dict[str, str]]


def drawing(chance: random.Random) -> Request:
    """A drawing of one to four shaky sevens, of up to 2,000 points."""
    strokes = []
    for place in range(chance.randint(1, 4)):
        times = chance.choice((1, 1, 1, 1, 30))
        wobble = [chance.gauss(0, 3) for _ in X * times]
        x = [value + 200 * place + one for value, one in zip(X * times, wobble, strict=True)]
        strokes.append({"x": x, "y": [value + chance.gauss(0, 3) for value in Y * times]})
    return "POST", PREDICTIONS, json.dumps({"strokes": strokes}).encode(), JSON


def picture(chance: random.Random) -> Request:
    """A picture of a stroke, whole or with wrong bytes in it."""
    image = Image.new("L", (chance.randint(40, 600), chance.randint(40, 600)), 255)
    corners = [chance.randint(0, side - 1) for side in image.size]
    ImageDraw.Draw(image).line((0, 0, *corners), fill=0, width=9)
    file = io.BytesIO()
    image.save(file, chance.choice(("PNG", "JPEG", "WEBP")))
    content = bytearray(file.getvalue())
    for _ in range(chance.choice((0, 0, 5))):
        content[chance.randrange(len(content))] = chance.randrange(256)
    head = b'--cut\r\nContent-Disposition: form-data; name="image"; filename="a"\r\n\r\n'
    return "POST", f"{PREDICTIONS}/image", head + bytes(content) + b"\r\n--cut--\r\n", FORM


def bad(chance: random.Random) -> Request:
    """Something that is refused."""
    huge = [[0] * 20_001, [10**400], [None], ["1"], {}, [float("nan")]]
    strokes = [{"x": chance.choice(huge), "y": chance.choice(huge)}]
    bodies = (
        chance.randbytes(chance.randint(0, 300)),
        b"[" * 100_000,
        b'{"strokes":[{"x":[1',
        b" " * 1_048_577,
        json.dumps({"strokes": strokes}).encode(),
        json.dumps({"strokes": [{}] * 300, "mode": "x"}).encode(),
    )
    path = chance.choice((PREDICTIONS, PREDICTIONS, f"{PREDICTIONS}/image", "/api/v1/corrections"))
    return "POST", path, chance.choice(bodies), chance.choice((JSON, JSON, FORM, {}))


def visit(chance: random.Random) -> Request:
    """A page, a probe, or an address that is not there."""
    known = ("/", "/readyz", "/metrics", "/api/v1/models/current", "/api/docs", "/sign-in")
    stranger = f"/{chance.randrange(10**9):x}/../%00{chance.random()}"
    headers = {"Accept-Language": chance.choice(("vi", "en", "x" * 2000)), "Cookie": "lang=vi"}
    return "GET", chance.choice((*known, stranger)), b"", headers


Shares = Sequence[tuple[Callable[[random.Random], Request], int]]
KINDS: Shares = (
    (drawing, 70), (picture, 5), (bad, 15), (visit, 9),
)  # fmt: skip
RAW = 1  # of a hundred are bytes that are no request, or end in the middle


def main() -> None:
    """Ask and print."""
    options = _options()
    statuses: Counter[str] = Counter()
    memories: list[list[int]] = []
    with serving(options.workers) as server:
        print(f"{'requests':>9} {'seconds':>8}  memory of each worker's own, MB · files · threads")
        begun = time.monotonic()
        for part in range(11):
            if part:
                _send(server.port, options, part, statuses)
            memories.append([_private_bytes(pid) for pid in server.workers()])
            states = [
                f"{_private_bytes(pid) / 1e6:6.1f} · {_count(pid, 'fd')} · {_count(pid, 'task')}"
                for pid in server.workers()
            ]
            done = part * (options.requests // 10)
            print(f"{done:>9,} {time.monotonic() - begun:>8.0f}  {'   '.join(states)}", flush=True)
    _print(statuses, memories)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--requests", type=int, default=200_000, help="in all; default: 200,000")
    parser.add_argument("--clients", type=int, default=8, help="at a time; default: 8")
    parser.add_argument("--without", nargs="*", default=[], help="kinds: drawing picture bad visit")
    parser.add_argument("--workers", type=int, default=2, help="of gunicorn; default: 2")
    return parser.parse_args()


def _send(port: int, options: argparse.Namespace, seed: int, statuses: Counter[str]) -> None:
    requests, clients = options.requests // 10, options.clients
    kinds = [(kind, share) for kind, share in KINDS if kind.__name__ not in options.without]
    shares = [requests // clients + (number < requests % clients) for number in range(clients)]
    threads = [
        threading.Thread(target=_ask, args=(port, share, kinds, 1000 * seed + number, statuses))
        for number, share in enumerate(shares)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _ask(port: int, requests: int, shares: Shares, seed: int, statuses: Counter[str]) -> None:
    chance = random.Random(seed)
    kinds, weights = zip(*shares, strict=True)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    for _ in range(requests):
        if chance.randrange(100) < RAW:
            statuses[_send_nonsense(port, chance)] += 1
            continue
        method, path, body, headers = chance.choices(kinds, weights)[0](chance)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            answer.read()
            statuses[str(answer.status)] += 1
        except (OSError, http.client.HTTPException) as error:
            statuses[type(error).__name__] += 1
            connection.close()
    connection.close()


def _send_nonsense(port: int, chance: random.Random) -> str:
    half = b"POST /api/v1/predictions HTTP/1.1\r\nContent-Length: 5000\r\n\r\n{"
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        connection.sendall(chance.choice((half, chance.randbytes(100) + b"\r\n\r\n")))
    return "no request"


def _private_bytes(pid: int) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return 1024 * sum(int(line.split()[1]) for line in lines if line.startswith("Private_"))


def _count(pid: int, kind: str) -> int:
    return sum(1 for _ in Path(f"/proc/{pid}/{kind}").iterdir())


def _print(statuses: Counter[str], memories: list[list[int]]) -> None:
    print("\nanswers: " + ", ".join(f"{name}: {count:,}" for name, count in statuses.most_common()))
    print(
        f"5xx other than 503: {sum(c for s, c in statuses.items() if s[0] == '5' and s != '503')}"
    )
    # The first parts fill caches, pools and the metrics' series.
    middle, end = (statistics.mean(memories[part]) / 1e6 for part in (len(memories) // 2, -1))
    print(f"memory of a worker's own: {middle:.1f} MB in the middle, {end:.1f} MB at the end")
    print(f"ratio of the end to the middle: {end / middle:.3f}")


if __name__ == "__main__":
    main()
