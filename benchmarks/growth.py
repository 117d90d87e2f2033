"""How serving grows with workers, clients and points: ``python -m benchmarks.growth``.

One and two workers with 1 to 256 clients, and drawings of 10 to 20,000 points, as a table and as
the plot docs/images/growth.png.  "Worse than linear" is a slope above 1 in a plot of logarithms.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.serving.contestants import PATH, ours
from benchmarks.serving.drawings import Question, as_bodies, load_questions, with_points
from benchmarks.serving.load import LoadError, Request, load
from benchmarks.serving.measured import Load
from benchmarks.serving.server import Server, answers, running
from trainer.data.location import data_folder
from trainer.errors import TrainerError
from trainer.figures.environment import describe_environment
from webapp.configuration import REPOSITORY

WORKERS = (1, 2)
CLIENTS = (1, 2, 4, 8, 16, 32, 64, 128, 256)
POINTS = (10, 30, 100, 300, 1000, 3000, 10_000, 20_000)
PICTURE = REPOSITORY / "docs" / "images" / "growth.png"
POINTS_SECONDS = 2.0  # for each number of points
_DRAWINGS = 20  # of each number of points
_MANY_POINTS = 1000  # from here on the points are what is paid for


@dataclass(frozen=True)
class Growth:
    """What was measured.

    Attributes:
        loads: by workers and clients.
        milliseconds: for a request with so many points, of one client: the median.
    """

    loads: dict[int, dict[int, Load]]
    milliseconds: dict[int, float]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit status."""
    options = _parser().parse_args(arguments)
    try:
        growth = _measure(load_questions(data_folder(options.data_dir)), options)
    except (LoadError, TrainerError, OSError) as error:
        print(f"growth: {error}", file=sys.stderr)
        return 1
    about = [f"- {key}: {value}" for key, value in describe_environment().items()]
    print("\n".join([*about, "", *_tables(growth)]))
    if options.plot:
        plot(growth, options.plot)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.growth", description=(__doc__ or "").split("\n\n")[0]
    )
    parser.add_argument("--seconds", type=float, default=5.0, help="of each load; default: 5")
    parser.add_argument("--plot", type=Path, default=PICTURE, help=f"default: {PICTURE.name}")
    parser.add_argument("--clients", type=int, nargs="+", default=CLIENTS)
    parser.add_argument("--points", type=int, nargs="+", default=POINTS)
    parser.add_argument("--data-dir", type=Path, metavar="DIR", help="where the data sets lie")
    return parser


def _measure(questions: Sequence[Question], options: argparse.Namespace) -> Growth:
    bodies = as_bodies(questions)
    singles = [Request(PATH, body) for body in bodies]
    loads: dict[int, dict[int, Load]] = {}
    milliseconds: dict[int, float] = {}
    for workers in WORKERS:
        server_settings = ours(singles, workers)
        is_ready = answers(PATH, bodies[0], questions[0].digit)
        with running((), server_settings.environment, is_ready) as server:
            load(server.port, singles, 8, 1.0)
            loads[workers] = {
                clients: _load(server, singles, clients, options.seconds)
                for clients in options.clients
            }
            if workers == max(WORKERS):
                milliseconds = {
                    points: _latency(server, questions, points) for points in options.points
                }
    return Growth(loads, milliseconds)


def _load(server: Server, requests: Sequence[Request], clients: int, seconds: float) -> Load:
    before = server.cpu_seconds()
    answered = load(server.port, requests, clients, seconds)
    return Load.of(answered, server.cpu_seconds() - before, 1)


def _latency(server: Server, questions: Sequence[Question], points: int) -> float:
    bodies = [with_points(question, points) for question in questions[:_DRAWINGS]]
    requests = [Request(PATH, body) for body in bodies]
    return load(server.port, requests, 1, POINTS_SECONDS).milliseconds[0]


def slope(sizes: Sequence[float], costs: Sequence[float]) -> float:
    """By which power of the size the cost grows: 1 is linear, 0 not at all."""
    return float(np.polyfit(np.log(sizes), np.log(costs), 1)[0])


def _tables(growth: Growth) -> list[str]:
    lines = [
        "| workers | clients | drawings/s | ms, 50 of 100 | ms, 99 of 100 | CPU ms/drawing |",
        "| --: | --: | --: | --: | --: | --: |",
    ]
    for workers, loads in growth.loads.items():
        for clients, one in loads.items():
            p50, _, p99 = one.milliseconds
            lines.append(
                f"| {workers} | {clients} | {one.per_second:,.0f} | {p50:.2f} | {p99:.2f} "
                f"| {one.cpu_milliseconds:.3f} |"
            )
        latencies = [one.milliseconds[0] for one in loads.values()]
        power = slope(list(loads), latencies)
        lines.append(f"\n{workers} workers: the median grows with clients to the power {power:.2f}")
        lines += [""] if workers == max(growth.loads) else ["", *lines[:2]]
    lines += ["| points | ms, 50 of 100 | µs a point |", "| --: | --: | --: |"]
    lines += [
        f"| {points:,} | {spent:.2f} | {1000 * spent / points:.1f} |"
        for points, spent in growth.milliseconds.items()
    ]
    many = {points: ms for points, ms in growth.milliseconds.items() if points >= _MANY_POINTS}
    if len(many) > 1:
        power = slope(list(many), list(many.values()))
        lines.append(f"\nfrom {_MANY_POINTS:,} points on: to the power {power:.2f} of the points")
    return lines


def plot(growth: Growth, file: Path) -> None:
    """Draw throughput and latency by clients, and latency by points, as a PNG."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(1, 3, figsize=(12, 3.6), layout="constrained")
    for workers, loads in growth.loads.items():
        clients, label = list(loads), f"{workers} worker{'s' * (workers > 1)}"
        axes[0].plot(clients, [one.per_second for one in loads.values()], "o-", label=label)
        axes[1].plot(
            clients, [one.milliseconds[0] for one in loads.values()], "o-", label=f"median, {label}"
        )
        axes[1].plot(
            clients, [one.milliseconds[2] for one in loads.values()], "x:", label=f"99 %, {label}"
        )
    axes[2].plot(list(growth.milliseconds), list(growth.milliseconds.values()), "o-")
    _name(axes[0], "clients", "drawings a second", "linear")
    _name(axes[1], "clients", "milliseconds a request", "log")
    _name(axes[2], "points a drawing", "milliseconds a request, median", "log")
    figure.savefig(file, dpi=110)
    plt.close(figure)


def _name(axes: Any, across: str, up: str, scale: str) -> None:
    axes.set(xlabel=across, ylabel=up, xscale="log", yscale=scale)
    axes.grid(alpha=0.3)
    if axes.get_legend_handles_labels()[0]:
        axes.legend(fontsize="small")
    if scale == "linear":
        axes.set_ylim(bottom=0)


if __name__ == "__main__":
    sys.exit(main())
