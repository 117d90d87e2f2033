"""The trainer's gates in words: what each asks, what was found and what is allowed.

The trainer measures and decides; its own sentence, which is English and tells some more, is kept
beside these.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import format_decimal, format_percent, format_scientific
from flask_babel import gettext as _

_SMALL_P = 0.001  # below it, how small a probability is tells a person nothing more
_WORST = re.compile(r"the (\d) is read worst")  # of the trainer's sentence about a floor
_TOO_FEW = "too few "  # the same of one that cannot judge, and passes
_NOT_MEASURABLE = "not measurable: "  # how the trainer begins the sentence of such a gate


@dataclass(frozen=True)
class GateWords:
    """One gate and its answer, in the language of the page.

    Attributes:
        name: the trainer's, as ``mnist_floor``.
        passed: whether the run may be served as far as this gate goes.
        question: what it asks.
        finding: what was found, with the figure and the limit.
        figure, limit: both alone; empty where there is none.
        sentence: the trainer's own, in English.
    """

    name: str
    passed: bool
    question: str
    finding: str
    figure: str
    limit: str
    sentence: str


def in_words(gate: Mapping[str, Any]) -> GateWords:
    """Put a gate and its answer into words.

    Args:
        gate: as ``python -m trainer activate --json`` prints it and the history keeps it; of a
            gate that is unknown here the trainer's sentence is all there is.
    """
    name, passed = str(gate.get("name")), bool(gate.get("passed"))
    figure, limit = (written(gate.get(key), str(gate.get("unit"))) for key in ("figure", "limit"))
    sentence = str(gate.get("sentence") or "")
    question = _questions().get(name, name)
    finding = _finding(name, passed, figure, limit, sentence)
    return GateWords(name, passed, question, finding, figure, limit, sentence)


def written(value: float | None, unit: str) -> str:
    """Write a figure or a limit as people do; empty where there is none."""
    if value is None:
        return ""
    if unit == "share":
        return str(format_percent(value, "#,##0.00%"))
    if unit == "probability":
        return str(format_scientific(value, "0.0E0"))
    if unit == "p":
        return f"< {_short(_SMALL_P)}" if value < _SMALL_P else _short(value)
    words = {"ms": _("%(number)s ms"), "bytes": _("%(number)s bytes")}.get(unit, "%(number)s")
    return str(words) % {"number": format_decimal(value, "#,##0.##")}


def _short(value: float) -> str:
    return str(format_decimal(value, "0.###"))


def _questions() -> dict[str, str]:
    return {
        "parity": _("Does the served file answer as Keras does?"),
        "quantized_parity": _("Does the 8-bit network answer as the exact one does?"),
        "mnist_floor": _("Is every digit of MNIST read well?"),
        "mnist_no_worse": _("Does it read MNIST no worse than the served run?"),
        "drawings_floor": _("Is every digit that strangers drew read well?"),
        "drawings_no_worse": _("Does it read strangers' drawings no worse than the served run?"),
        "numbers_no_worse": _("Does it read numbers no worse than the served run?"),
        "corrections_no_worse": _(
            "Does it read what people corrected no worse than the served run?"
        ),
        "latency": _("Does it answer fast enough?"),
        "parameters": _("Is the network small enough?"),
        "file_size": _("Is its file small enough?"),
    }


def _finding(name: str, passed: bool, figure: str, limit: str, sentence: str) -> str:
    if sentence.startswith(_NOT_MEASURABLE):
        return str(_("This could not be measured, which is no pass."))
    if sentence.startswith(_TOO_FEW):
        return str(_("There are too few held-out corrections to judge by, so nothing is said."))
    if name.endswith("_no_worse"):
        return _comparison(passed, figure, limit)
    known = {
        "parity": _("No probability differs by more than %(figure)s; %(limit)s is allowed."),
        "quantized_parity": _(
            "Of the held-out drawings %(figure)s get the same answer; at least %(limit)s is needed."
        ),
        "latency": _("A drawing takes %(figure)s in the network; %(limit)s is allowed."),
        "parameters": _("It has %(figure)s parameters; %(limit)s are allowed."),
        "file_size": _("It has %(figure)s; %(limit)s are allowed."),
    }
    floor = _(
        "Its weakest digit%(digit)s is read right in %(figure)s of the samples; %(limit)s is "
        "needed."
    )
    words = floor if name.endswith("_floor") else known.get(name, sentence.replace("%", "%%"))
    worst = _WORST.search(sentence)
    digit = f", {worst[1]}," if worst else ""
    return str(words) % {"figure": figure, "limit": limit, "digit": digit}


def _comparison(passed: bool, figure: str, limit: str) -> str:
    if not figure:
        return str(_("There is no served run to compare it with."))
    words = {
        True: _(
            "It reads as many digits right as the served run, or the difference may be chance "
            "(p %(figure)s; at least %(limit)s is needed)."
        ),
        False: _(
            "It reads fewer digits right than the served run; the difference is too large to "
            "be chance (p %(figure)s; at least %(limit)s is needed)."
        ),
    }[passed]
    p = figure if figure.startswith("<") else f"= {figure}"
    return str(words) % {"figure": p, "limit": limit}
