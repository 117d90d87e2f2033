"""How a report writes figures, and names sets and changes of samples, in the language of it."""

from __future__ import annotations

import re

from trainer.evaluation import wording
from trainer.evaluation.robustness import Robustness
from trainer.report.language import gettext, with_separators
from trainer.runs import wording as runs_wording
from trainer.runs.sentence_forms import CHANGES, translate

_NUMBER = re.compile(r"\d[\d.]*\d")


def percent(share: float) -> str:
    """A share, 0-1, as "99.56 %"."""
    return with_separators(wording.percent(share))


def percent_interval(interval: tuple[float, float]) -> str:
    """Bounds, 0-1, as "99.41 - 99.67 %"."""
    return with_separators(wording.percent_interval(interval))


def set_name(key: str) -> str:
    """A set of samples by its key, as "drawings by held-out writers: ibm"."""
    return runs_wording.set_name(key, gettext)


def change_name(change: Robustness) -> str:
    """What was done to the samples, as "turned: ±10°"."""
    if not change.change:
        return gettext("unchanged")
    return f"{_said(change.change)}: {_said(change.strength)}"


def _said(words: str) -> str:
    said = translate(words, CHANGES, gettext) or words
    return _NUMBER.sub(lambda found: with_separators(found[0]), said)
