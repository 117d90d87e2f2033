"""What was measured of each server in each round, and how that is put together.

Rounds alternate, so whatever else the machine does meets all servers.  A figure is the median of
its rounds; a ratio is the median of the rounds' own ratios.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

from benchmarks.serving.load import Answers


@dataclass(frozen=True)
class Load:
    """So many clients at once, for a while.

    Attributes:
        per_second: drawings answered a second.
        milliseconds: of requests that 50, 95 and 99 of 100 do not exceed.
        cpu_milliseconds: that all processes of the server computed for each drawing.
    """

    per_second: float
    milliseconds: tuple[float, float, float]
    cpu_milliseconds: float

    @classmethod
    def of(cls, answers: Answers, cpu_seconds: float, drawings: int) -> Load:
        """From what came back, so many drawings in each request."""
        answered = answers.answered * drawings
        return cls(answered / answers.seconds, answers.milliseconds, 1000 * cpu_seconds / answered)


@dataclass(frozen=True)
class Round:
    """One server in one round.

    Attributes:
        first_answer_seconds: from its start to its first right answer.
        megabytes: of all its processes after the load (PSS, in units of 10**6 bytes).
        loads: by the number of clients.
    """

    first_answer_seconds: float
    megabytes: float
    loads: dict[int, Load]


Figure = Callable[[Round], float]


def middle(rounds: Sequence[Round], figure: Figure) -> float:
    """The median of the rounds."""
    return median(figure(one) for one in rounds)


def ratios(rounds: Sequence[Round], beside: Sequence[Round], figure: Figure) -> list[float]:
    """Each round's ratio to another server's same round, ascending."""
    pairs = zip(rounds, beside, strict=True)
    return sorted(figure(one) / figure(other) for one, other in pairs)


def ratio(rounds: Sequence[Round], beside: Sequence[Round], figure: Figure) -> float:
    """The median of each round's ratio to another server's same round."""
    return median(ratios(rounds, beside, figure))
