from __future__ import annotations

from dataclasses import replace

from benchmarks.capacity.figures import Figures
from benchmarks.capacity.projection import RATES, million, projected

FIGURES = Figures(
    web_ms=0.7, batch_ms=0.35, web_megabytes=100, worker_megabytes=40, bytes_in=1000,
    bytes_out=500, nginx_ms=0.07, files_ms=0.5, reports=1000, corrections=500, bundles=5000,
)  # fmt: skip


def test_workers_are_as_many_as_keep_each_core_at_seven_tenths() -> None:
    rows = dict(projected(FIGURES))

    assert RATES == (10, 1_000, 100_000)
    assert rows["web workers, a core each"] == ["1", "1", "100"]
    assert rows["machines of 16 cores, at least two"] == ["2", "2", "7"]
    assert rows["cores for nginx, without TLS"] == ["1", "1", "10"]
    assert rows["network out, Mbit/s"] == ["0.0", "4.0", "400.0"]


def test_what_the_database_is_asked_is_held_against_what_it_can() -> None:
    rows = dict(projected(FIGURES))

    assert rows["reports to the database a second (one connection takes 1,000)"] == [
        "0.5 (0.1%)", "0.5 (0.1%)", "50.0 (5.0%)",
    ]  # fmt: skip


def test_what_was_not_measured_is_left_out() -> None:
    rows = dict(projected(replace(FIGURES, nginx_ms=None, reports=None, bundles=None)))

    assert not [what for what in rows if "nginx" in what or "Redis" in what or "reports" in what]


def test_a_million_costs_its_processor_time_with_room_to_spare() -> None:
    rows = dict(million(FIGURES, price=0.7))

    assert rows["64 drawings a request"] == ["2,857", "0.14", "0.097"]
    assert rows["one drawing a request"][0] == "1,299"
