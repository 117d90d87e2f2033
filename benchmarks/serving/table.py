"""The figures as tables in Markdown, which people read in a terminal, too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from statistics import median

from benchmarks.serving.contestants import BATCHES, EMPTY, KERAS, OURS, PLAIN
from benchmarks.serving.measured import Figure, Round, middle, ratio, ratios

Rounds = Mapping[str, Sequence[Round]]
Row = tuple[str, Figure, str]  # what, where it comes from, how it is written

_OF_EMPTY = {8: 0.40, 64: 0.36}  # by clients: the share of the empty endpoint's requests/s wanted


def render(rounds: Rounds, clients: Sequence[int], workers: int) -> str:
    """Every figure of every server, and what was to be reached.

    In brackets: the ratio to the first server in the same round, and its spread over the rounds.
    """
    head = ["", *rounds]
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
            yield f"{text} ({_spread(ratios(of_one, rounds[EMPTY], figure))})"


def _spread(of_rounds: Sequence[float]) -> str:
    """The median, and the lowest and the highest where there are several."""
    if len(of_rounds) == 1:
        return f"{of_rounds[0]:.3g}"
    return f"{median(of_rounds):.3g}; {of_rounds[0]:.3g}-{of_rounds[-1]:.3g}"


def _targets(rounds: Rounds, clients: Sequence[int], workers: int) -> Iterator[str]:
    ours, empty = rounds[OURS], rounds[EMPTY]
    for number in clients:
        of_empty = f"of the empty endpoint's throughput, {number} clients"
        if number in _OF_EMPTY:
            yield _target(of_empty, ratio(ours, empty, _per_second(number)), _OF_EMPTY[number])
        if PLAIN in rounds and number > 1:
            times = ratio(ours, rounds[PLAIN], _per_second(number))
            yield _target(f"of the 30 lines' throughput, {number} clients", times, 1)
        if KERAS in rounds:
            times = ratio(ours, rounds[KERAS], _per_second(number))
            yield _target(f"times model.predict's throughput, {number} clients", times, 40)
    few = min((number for number in clients if number > 1), default=1)
    if PLAIN in rounds and 1 in clients:
        times = ratio(ours, rounds[PLAIN], _latency(1, 0))
        yield _target("times the 30 lines' median, 1 client", times, 1.2, most=True)
    if BATCHES in rounds:
        share = ratio(rounds[BATCHES], empty, _per_second(few))
        yield _target(f"of the empty endpoint's requests/s, in batches, {few} clients", share, 0.9)
    more = middle(ours, _megabytes) - middle(empty, _megabytes)
    yield _target("MB a worker beyond the empty endpoint", more / workers, 70, most=True)
    started = middle(ours, lambda one: one.first_answer_seconds)
    yield _target("s to the first right answer", started, 0.8, most=True)
    slowest = middle(ours, lambda one: _latency(few, 2)(one) / _latency(few, 0)(one))
    yield _target(f"times the median for 99 of 100, {few} clients", slowest, 2, most=True)


def _megabytes(one: Round) -> float:
    return one.megabytes


def _target(what: str, reached: float, wanted: float, *, most: bool = False) -> str:
    is_reached = reached <= wanted if most else reached >= wanted
    bound = "at most" if most else "at least"
    return f"- {reached:.3g} {what} (wanted: {bound} {wanted:g}): {'yes' if is_reached else 'NO'}"
