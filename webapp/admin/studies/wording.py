"""Outcomes of trials, places of studies and figures of both, in the language of the page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import LazyString, gettext, lazy_gettext

from webapp.admin.studies.places import LOCAL, SHARED

OUTCOMES: Mapping[str, LazyString] = {
    "complete": lazy_gettext("complete"),
    "pruned": lazy_gettext("ended early"),
    "running": lazy_gettext("running"),
    "waiting": lazy_gettext("waiting"),
    "failed": lazy_gettext("failed"),
    "interrupted": lazy_gettext("interrupted"),
    "lost": lazy_gettext("lost"),
}
PLACES: Mapping[str, LazyString] = {
    LOCAL: lazy_gettext("this machine"),
    SHARED: lazy_gettext("shared database"),
}
PRUNER_WORDS: Mapping[str, LazyString] = {
    "median": lazy_gettext("those worse than the median of the complete ones"),
    "hyperband": lazy_gettext("all but the best third, stage by stage"),
    "none": lazy_gettext("none"),
}


def outcome_name(outcome: str) -> str:
    """Say what became of a trial."""
    return str(OUTCOMES.get(outcome, outcome))


def counts_in_words(counts: Mapping[str, int]) -> str:
    """Write counts of outcomes as "10 complete, 20 ended early"."""
    return ", ".join(f"{number} {outcome_name(word)}" for word, number in counts.items())


def value_text(value: object) -> str:
    """Write a setting's value with four digits at most, as a person wants to compare it."""
    if isinstance(value, float):
        return f"{value:.4g}"
    return "–" if value is None else str(value)


def limits_text(limits: Mapping[str, Any]) -> str:
    """Say between which values a setting is sampled, or which ones are tried."""
    if "choices" in limits:
        return ", ".join(map(str, limits["choices"]))
    span = gettext(
        "%(low)s to %(high)s", low=value_text(limits["low"]), high=value_text(limits["high"])
    )
    if limits["logarithmic"]:
        return f"{span}, {gettext('spread evenly on a log scale')}"
    return str(span)
