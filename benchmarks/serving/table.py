"""The figures as tables in Markdown, which people read in a terminal, too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from benchmarks.serving.contestants import EMPTY, KERAS, OURS
from benchmarks.serving.measured import Figure, Round, middle, ratio

Rounds = Mapping[str, Sequence[Round]]
Row = tuple[str, Figure, str]  # what, where it comes from, how it is written


def render(rounds: Rounds, clients: Sequence[int], workers: int) -> str:
    """Every figure of every server with its ratio to the first, and what was to be reached."""
    head = ["", *(name if name == EMPTY else f"{name} (ratio)" for name in rounds)]
    lines = [_line(head), _line([":--", *("--:" for _ in rounds)])]
    for what, figure, form in _rows(clients):
        lines.append(_line([what, *_cells(rounds, figure, form)]))
    lines += ["", *_targets(rounds, clients, workers)]
    return "\n".join(lines)


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _rows(clients: Sequence[int]) -> Iterator[Row]:
    for number in clients:
        yield f"drawings/s, {number} clients", _per_second(number), ",.0f"
        for place, share in enumerate((50, 95, 99)):
            yield f"ms, {share} of 100, {number} clients", _latency(number, place), ".2f"
        yield f"CPU ms/drawing, {number} clients", _cpu(number), ".3f"
    yield "memory of all processes, MB", lambda one: one.megabytes, ".0f"
    yield "first right answer, s", lambda one: one.first_answer_seconds, ".2f"


def _per_second(clients: int) -> Figure:
    return lambda one: one.loads[clients].per_second


def _latency(clients: int, place: int) -> Figure:
    return lambda one: one.loads[clients].milliseconds[place]


def _cpu(clients: int) -> Figure:
    return lambda one: one.loads[clients].cpu_milliseconds


def _cells(rounds: Rounds, figure: Figure, form: str) -> Iterator[str]:
    for name, of_one in rounds.items():
        text = format(middle(of_one, figure), form)
        if name == EMPTY:
            yield text
        else:
            yield f"{text} ({ratio(of_one, rounds[EMPTY], figure):.3g})"


def _targets(rounds: Rounds, clients: Sequence[int], workers: int) -> Iterator[str]:
    ours, empty = rounds[OURS], rounds[EMPTY]
    for number in clients:
        share = ratio(ours, empty, _per_second(number))
        yield _target(f"of the empty endpoint's throughput, {number} clients", share, 0.5)
        if KERAS in rounds:
            times = ratio(ours, rounds[KERAS], _per_second(number))
            yield _target(f"times model.predict's throughput, {number} clients", times, 40)
    more = middle(ours, _megabytes) - middle(empty, _megabytes)
    yield _target("MB a worker beyond the empty endpoint", more / workers, 70, most=True)
    started = middle(ours, lambda one: one.first_answer_seconds)
    yield _target("s to the first right answer", started, 1, most=True)
    few = min(clients)
    slowest = middle(ours, lambda one: _latency(few, 2)(one) / _latency(few, 0)(one))
    yield _target(f"times the median for 99 of 100, {few} clients", slowest, 10, most=True)


def _megabytes(one: Round) -> float:
    return one.megabytes


def _target(what: str, reached: float, wanted: float, *, most: bool = False) -> str:
    is_reached = reached <= wanted if most else reached >= wanted
    bound = "at most" if most else "at least"
    return f"- {reached:.3g} {what} (wanted: {bound} {wanted:g}): {'yes' if is_reached else 'NO'}"
