"""What the page of the corrections calls things."""

from __future__ import annotations

from collections.abc import Callable

from flask_babel import format_percent, ngettext
from flask_babel import gettext as _

from webapp.corrections.finding import NOT_A_DIGIT, NUMBER, ORDERS, READINGS
from webapp.corrections.tables import ORIGINS, STATES

Choices = list[tuple[str, str]]
Sentence = Callable[[int], str]


def states() -> Choices:
    """What an operator may have said of a correction."""
    names = (_("waiting"), _("accepted"), _("rejected"))
    return list(zip(STATES, names, strict=True))


def kinds() -> Choices:
    """What a drawing may be, or be read as."""
    digits = [(digit, digit) for digit in "0123456789"]
    return [*digits, (NUMBER, _("a number")), (NOT_A_DIGIT, _("not a digit"))]


def origins() -> Choices:
    """How a drawing came to be kept."""
    names = (_("a corrected answer"), _("practice"))
    return list(zip(ORIGINS, names, strict=True))


def readings() -> Choices:
    """How the run that answers today reads a drawing."""
    names = (_("as corrected"), _("otherwise"), _("not asked yet"))
    return list(zip(READINGS, names, strict=True))


def verdicts() -> Choices:
    """What had been answered."""
    return [
        ("digit", _("a digit")),
        ("number", _("a number")),
        ("unsure", _("unsure")),
        ("not_a_digit", _("not a digit")),
        ("blank", _("blank")),
    ]


def orders() -> Choices:
    """In which order they stand."""
    names = (_("newest first"), _("oldest first"), _("surest answers first"), _("least sure first"))
    return list(zip(ORDERS, names, strict=True))


def label_name(label: str | None) -> str:
    """A label or an answer in words."""
    return _("not a digit") if label == "" else label or "–"


def accepted(number: int) -> str:
    """What was done."""
    return str(ngettext("%(num)s drawing was accepted.", "%(num)s drawings were accepted.", number))


def rejected(number: int) -> str:
    """What was done."""
    return str(ngettext("%(num)s drawing was rejected.", "%(num)s drawings were rejected.", number))


def reopened(number: int) -> str:
    """What was done."""
    return str(ngettext("%(num)s drawing waits again.", "%(num)s drawings wait again.", number))


def removed(number: int) -> str:
    """What was done."""
    return str(ngettext("%(num)s drawing was removed.", "%(num)s drawings were removed.", number))


def percent(share: float) -> str:
    """A confidence, 0-1."""
    return str(format_percent(share, "#,##0.#%"))
