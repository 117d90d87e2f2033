"""Names, figures and times of runs in the language of the page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timezone
from typing import TypeGuard

from flask_babel import (
    format_datetime,
    format_decimal,
    format_scientific,
    gettext,
    lazy_gettext,
    ngettext,
)

from trainer.runs import wording
from trainer.runs.state import KILLED
from trainer.runs.wording import ABSENT, Language
from webapp.admin.trainer_words import trainer_says

_STATUSES: Mapping[str, str] = {
    "queued": lazy_gettext("queued"),
    "running": lazy_gettext("training"),
    "finished": lazy_gettext("finished"),
    "stopped": lazy_gettext("stopped"),
    "failed": lazy_gettext("failed"),
    "broken": lazy_gettext("broken"),
}
_PROBLEMS: Mapping[str, str] = {
    KILLED: lazy_gettext(
        'The training process ended unexpectedly. "Continue training" starts at its last finished '
        "epoch."
    ),
}
_TOO_LONG: Mapping[str, str] = {
    "display_name": lazy_gettext("Nothing was saved: a name has at most %(longest)s characters."),
    "note": lazy_gettext("Nothing was saved: a note has at most %(longest)s characters."),
}


def status_name(status: str) -> str:
    """A run's state in words; one that is not known as it stands."""
    return str(_STATUSES.get(status, status))


def problem_sentence(problem: str, longest: int = 0) -> str:
    """Why a run failed, of ``longest`` characters at most; 0 for all."""
    known = _PROBLEMS.get(problem)
    return trainer_says(problem, longest) if known is None else str(known)


def too_long_sentence(field: str, longest: int) -> str:
    """Say that a run's ``display_name`` or ``note`` has too many characters."""
    return str(_TOO_LONG[field]) % {"longest": longest}


def set_name(key: str) -> str:
    """A set of samples by its key, as ``held_out_writers/ibm``: a name that begins large."""
    name = wording.set_name(key, gettext)
    return name[:1].upper() + name[1:]


def percent(share: object, digits: int = 2) -> str:
    """A share, 0-1, as "99.56 %"; a dash where there is none."""
    if not is_figure(share):
        return ABSENT
    return f"{format_decimal(round(100 * share, digits), '0.' + '0' * digits)} %"


def number(value: object, digits: int = 4) -> str:
    """A number with at most so many decimals; a dash where there is none."""
    if not is_figure(value):
        return ABSENT
    if isinstance(value, int):
        return str(format_decimal(value))
    small = value != 0 and abs(value) < 10**-digits
    if small:
        return str(format_scientific(float(f"{value:.3g}"), "0.##E0"))
    return str(format_decimal(value, "#,##0." + "#" * digits))


def duration(seconds: object) -> str:
    """Write a duration as "33 min 5 s"; a dash where there is none."""
    return wording.duration(seconds, gettext) if is_figure(seconds) else ABSENT


def moment(text: object) -> str:
    """Write a time, or the text of one, for people and in UTC; of other text 40 characters."""
    at = text if isinstance(text, datetime) else read_moment(text)
    if at is None:
        return text[:40] if isinstance(text, str) else ABSENT
    at = at.astimezone(timezone.utc)
    return f"{format_datetime(at, 'yyyy-MM-dd HH:mm', rebase=False)} UTC"


def read_moment(text: object) -> datetime | None:
    """Read a time as run.json and the history have it, ``2026-11-21T00:36:38Z``; None for others.

    A time that names no zone is one of UTC.
    """
    try:
        at = datetime.fromisoformat(text.replace("Z", "+00:00")) if isinstance(text, str) else None
    except ValueError:
        return None
    return at and (at if at.tzinfo else at.replace(tzinfo=timezone.utc))


LANGUAGE = Language(gettext, number, moment)  # of whoever looks at the page


def runs_found(total: int) -> str:
    """Say how many runs a table has."""
    return str(ngettext("%(num)s run", "%(num)s runs", total))


def size(count: int) -> str:
    """Write a number of bytes as "1.2 MB"."""
    value, units = float(count), ["B", "kB", "MB", "GB"]
    while value >= 1000 and len(units) > 1:
        value, units = value / 1000, units[1:]
    return f"{format_decimal(round(value, 1), '0.#')} {units[0]}"


def is_figure(value: object) -> TypeGuard[int | float]:
    """Whether something out of a run.json is a number."""
    return isinstance(value, int | float) and not isinstance(value, bool)
