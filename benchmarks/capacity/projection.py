"""What so many requests a second would take, computed from what one core was measured to take."""

from __future__ import annotations

import math
from collections.abc import Iterator

from benchmarks.capacity.figures import Figures

RATES = (10, 1_000, 100_000)  # requests a second
FULL = 0.7  # share of a core that is planned with; the rest is for what comes at the same time
CORES = 16  # of a machine, for how many there are
PERSON_A_SECOND = 1.0  # requests of somebody who draws: some strokes, a look, the next digit
REPORT_SECONDS = 2.0  # of a web worker to the database (webapp.activity.reporter)
POLL_SECONDS = 0.5  # of a machine to the store (NET_MODELS_POLL_SECONDS)

Row = tuple[str, list[str]]


def million(figures: Figures, price: float) -> Iterator[Row]:
    """What a million predictions cost, by the way they come.

    Args:
        figures: as measured.
        price: of a core for an hour.
    """
    ways = {
        "one drawing a request": figures.web_ms + (figures.nginx_ms or 0),
        "64 drawings a request": figures.batch_ms,
        "files, `python -m recognizer`": figures.files_ms,
    }
    for way, milliseconds in ways.items():
        hours = milliseconds * 1e6 / 3.6e6 / FULL
        yield way, [f"{1000 / milliseconds:,.0f}", f"{hours:.2f}", f"{hours * price:.3f}"]


def projected(figures: Figures) -> Iterator[Row]:
    """Rows of a table with a column for each of :data:`RATES`."""
    workers = [_cores(rate, figures.web_ms) for rate in RATES]
    machines = [max(2, math.ceil(count / CORES)) for count in workers]
    yield "web workers, a core each", [f"{count:,}" for count in workers]
    yield f"machines of {CORES} cores, at least two", [f"{count:,}" for count in machines]
    yield "memory of all web workers, GB", [_memory(figures, count) for count in workers]
    if figures.nginx_ms is not None:
        nginx = [_cores(rate, figures.nginx_ms) for rate in RATES]
        yield "cores for nginx, without TLS", [f"{count:,}" for count in nginx]
    yield "network in, Mbit/s", [_megabits(rate * figures.bytes_in) for rate in RATES]
    yield "network out, Mbit/s", [_megabits(rate * figures.bytes_out) for rate in RATES]
    # A worker keeps one for its reports; each thread that answers an admin page may take another.
    yield "connections to the database, at least", [f"{count:,}" for count in workers]
    reports = [count / REPORT_SECONDS for count in workers]
    if figures.reports is not None:
        yield (
            _of("reports to the database a second", figures.reports),
            _shares(reports, figures.reports),
        )
    if figures.bundles is not None:
        people = [rate / PERSON_A_SECOND for rate in RATES]
        everywhere = [  # each worker takes one for each person in a minute
            min(rate, count * each / 60)
            for rate, count, each in zip(RATES, workers, people, strict=True)
        ]
        at_one = [
            min(rate, min(CORES, count) * each / 60)
            for rate, count, each in zip(RATES, workers, people, strict=True)
        ]
        what = _of("bundles from Redis a second", figures.bundles)
        yield what, _shares(everywhere, figures.bundles)
        yield "the same, each client kept to one machine", _shares(at_one, figures.bundles)
    polls = [count / POLL_SECONDS for count in machines]
    yield "requests to the store a second", [f"{count:,.0f}" for count in polls]


def _cores(rate: float, milliseconds: float) -> int:
    return math.ceil(round(rate * milliseconds / 1000 / FULL, 6))


def _memory(figures: Figures, workers: int) -> str:
    machines = max(1, math.ceil(workers / CORES))
    first = figures.web_megabytes * machines
    return f"{(first + figures.worker_megabytes * max(0, workers - machines)) / 1000:,.1f}"


def _megabits(bytes_a_second: float) -> str:
    return f"{8 * bytes_a_second / 1e6:,.1f}"


def _of(what: str, capacity: float) -> str:
    return f"{what} (one connection takes {capacity:,.0f})"


def _shares(rates: list[float], capacity: float) -> list[str]:
    return [f"{rate:,.1f} ({rate / capacity:.1%})" for rate in rates]
