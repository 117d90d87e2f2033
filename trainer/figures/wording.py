"""How figures are written for people: a value, and its interval, in the unit that fits."""

from __future__ import annotations

from trainer.figures.figure import POINTS, SHARE, Figure

MINUS = "−"


def value(figure: Figure) -> str:
    """As "99.56 %", "−0.17", "0.9876" or "0.53 ms"."""
    return f"{_number(figure, figure.value)}{_unit(figure)}"


def interval(figure: Figure, unit: bool = True) -> str:
    """As "99.41–99.67 %"; empty where the value was counted and not estimated.

    Args:
        figure: whose interval it is.
        unit: whether to name it, which the value beside it may have done.
    """
    if figure.low == figure.high == figure.value:
        return ""
    between = " to " if figure.unit == POINTS else "–"
    ends = _number(figure, figure.low), _number(figure, figure.high)
    return between.join(ends) + (_unit(figure) if unit else "")


def _unit(figure: Figure) -> str:
    if figure.unit == SHARE:
        return " %"
    return f" {figure.unit}" if figure.unit and figure.unit != POINTS else ""


def _number(figure: Figure, number: float) -> str:
    if figure.unit == SHARE:
        return f"{100 * number:.2f}"
    if figure.unit == POINTS:
        text = f"{100 * number:+.2f}"
        return f"{0:.2f}" if float(text) == 0 else text.replace("-", MINUS)
    if figure.low == figure.high and number == int(number):
        return f"{int(number):,}"
    if abs(number) < 1:
        return f"{number:.{3 if figure.unit else 4}f}"
    return f"{number:,.0f}" if abs(number) >= 100 else f"{number:.2f}"
