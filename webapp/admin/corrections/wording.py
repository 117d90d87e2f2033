"""What the page of the corrections calls things."""

from __future__ import annotations

from collections.abc import Callable

from flask_babel import format_percent, ngettext
from flask_babel import gettext as _

from webapp.corrections.finding import NOT_A_DIGIT, NUMBER, RIGHT, UNASKED, WRONG
from webapp.corrections.tables import ACCEPTED, CORRECTION, PRACTICE, REJECTED, WAITING

Choices = list[tuple[str, str]]
Sentence = Callable[[int], str]


def states() -> Choices:
    """What an operator may have said of a correction."""
    return [(WAITING, _("waiting")), (ACCEPTED, _("accepted")), (REJECTED, _("rejected"))]


def kinds() -> Choices:
    """What a drawing may be, or be read as."""
    digits = [(digit, digit) for digit in "0123456789"]
    return [*digits, (NUMBER, _("a number")), (NOT_A_DIGIT, _("not a digit"))]


def origins() -> Choices:
    """How a drawing came to be kept."""
    return [(CORRECTION, _("a corrected answer")), (PRACTICE, _("practice"))]


def readings() -> Choices:
    """How the run that answers today reads a drawing."""
    return [(RIGHT, _("as corrected")), (WRONG, _("otherwise")), (UNASKED, _("not asked yet"))]


def verdicts() -> Choices:
    """What the answer to a drawing may have been."""
    return [
        ("digit", _("a digit")),
        ("number", _("a number")),
        ("unsure", _("unsure")),
        ("not_a_digit", _("not a digit")),
        ("blank", _("blank")),
    ]


def orders() -> Choices:
    """In which order the corrections may stand."""
    return [
        ("newest", _("newest first")),
        ("oldest", _("oldest first")),
        ("surest", _("surest answers first")),
        ("least_sure", _("least sure first")),
    ]


def label_name(label: str | None) -> str:
    """A label or an answer in words."""
    return _("not a digit") if label == "" else label or "–"


def accepted(number: int) -> str:
    """Say how many drawings were accepted."""
    return str(ngettext("%(num)s drawing was accepted.", "%(num)s drawings were accepted.", number))


def rejected(number: int) -> str:
    """Say how many drawings were rejected."""
    return str(ngettext("%(num)s drawing was rejected.", "%(num)s drawings were rejected.", number))


def reopened(number: int) -> str:
    """Say how many drawings were reopened."""
    return str(ngettext("%(num)s drawing waits again.", "%(num)s drawings wait again.", number))


def removed(number: int) -> str:
    """Say how many drawings were removed."""
    return str(ngettext("%(num)s drawing was removed.", "%(num)s drawings were removed.", number))


def percent(share: float) -> str:
    """Write a confidence, 0-1, as a percentage."""
    return str(format_percent(share, "#,##0.#%"))
