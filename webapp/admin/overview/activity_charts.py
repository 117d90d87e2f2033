"""What was counted, as charts: predictions, verdicts, confidence, digits, latency, errors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from webapp.activity.counted import EXPLAINED, VERDICTS
from webapp.activity.rollup import Bin, Period, steps_of
from webapp.activity.scales import CONFIDENCE_STEPS, percentile
from webapp.admin.corrections.wording import verdicts
from webapp.admin.overview.summary import PERCENTILES

Chart = dict[str, Any]
_LEAST_SECONDS = 15.0  # of the last bin, before which a rate means nothing
_COLUMNS = 12  # of the chart of digits over time


def activity_charts(bins: Sequence[Bin], period: Period, now: datetime) -> Mapping[str, Chart]:
    """The charts by their ids, as static/js/admin/chart.js takes them; times in UTC.

    Args:
        bins: of the whole period, the oldest first.
        period: that they are of.
        now: in UTC; the last bin is not over, so rates are taken over what has passed of it.
    """
    times = [_time(one.start) for one in bins]
    return {
        "predictions": _predictions(bins, times, _minutes(bins, period, now)),
        "verdicts": _counts(bins, times, verdict_names()),
        "confidence": _confidence(bins, times),
        "digits": _digits(bins),
        "drawing-latency": _latency(bins, times, "drawing_seconds"),
        "picture-latency": _latency(bins, times, "picture_seconds"),
        "errors": _errors(bins, times),
    }  # fmt: skip


def verdict_names() -> dict[str, str]:
    """Each count of verdicts in words."""
    names = dict(verdicts())
    return {f"verdict.{verdict}": names[verdict] for verdict in VERDICTS}


def _time(start: datetime) -> str:
    return start.isoformat().replace("+00:00", "Z")


def _minutes(bins: Sequence[Bin], period: Period, now: datetime) -> list[float]:
    """How long each bin has lasted; the last one is not over, and no less busy for that."""
    so_far = max((now - bins[-1].start).total_seconds(), _LEAST_SECONDS)
    return [period.seconds / 60] * (len(bins) - 1) + [min(so_far, period.seconds) / 60]


def _predictions(bins: Sequence[Bin], times: list[str], minutes: Sequence[float]) -> Chart:
    kinds = {
        "sent.drawing": _("Drawings"),
        "sent.picture": _("Pictures"),
        EXPLAINED: _("Explanations"),
    }
    return {
        "kind": "lines",
        "x_time": True,
        "y_title": _("per minute"),
        "series": [
            {
                "name": name,
                "x": times,
                "y": [
                    round(one.counts[key] / length, 2)
                    for one, length in zip(bins, minutes, strict=True)
                ],
            }
            for key, name in kinds.items()
            if any(one.counts[key] for one in bins)
        ],
    }


def _counts(bins: Sequence[Bin], times: list[str], names: Mapping[str, str]) -> Chart:
    return {
        "kind": "bars",
        "stacked": True,
        "x_time": True,
        "y_title": _("Answers"),
        "series": [
            {"name": name, "x": times, "y": [one.counts[key] for one in bins]}
            for key, name in names.items()
            if any(one.counts[key] for one in bins)
        ],
    }


def _confidence(bins: Sequence[Bin], times: list[str]) -> Chart:
    bands = _confidence_bands()
    shares = [_band_shares(one.counts, list(bands)) for one in bins]
    return {
        "kind": "bars",
        "stacked": True,
        "percent": True,
        "x_time": True,
        "y_title": _("Share of the answers"),
        "series": [
            {"name": name, "x": times, "y": [share[least] for share in shares]}
            for least, name in reversed(bands.items())
            if any(share[least] for share in shares)
        ],
    }


def _confidence_bands() -> dict[float, str]:
    """The words of static/js/confidence.js by the least confidence of each, rising."""
    return {
        0.0: _("Only a guess"),
        0.4: _("Not sure"),
        0.7: _("Fairly sure"),
        0.9: _("Quite sure"),
        0.99: _("Almost certain"),
    }


def _band_shares(counts: Counter[str], bands: Sequence[float]) -> dict[float, float]:
    steps = steps_of(counts, "confidence")
    total = sum(steps.values()) or 1
    sums = dict.fromkeys(bands, 0)
    for step, count in steps.items():
        sums[max(least for least in bands if CONFIDENCE_STEPS[step] >= least)] += count
    return {least: count / total for least, count in sums.items()}


def _digits(bins: Sequence[Bin]) -> Chart:
    size = len(bins) // _COLUMNS
    columns = [bins[at : at + size] for at in range(0, len(bins), size)]
    sums = [steps_of(sum((one.counts for one in column), Counter()), "digit") for column in columns]
    return {
        "kind": "heatmap",
        "y_title": _("Digit"),
        "cells": {
            "x": [_time(column[0].start) for column in columns],
            "y": [str(digit) for digit in range(10)],
            "z": [[column.get(digit, 0) for column in sums] for digit in range(10)],
        },
    }


def _latency(bins: Sequence[Bin], times: list[str], name: str) -> Chart:
    steps = [steps_of(one.counts, name) for one in bins]
    words = {0.5: _("half of them within"), 0.95: _("95 % within"), 0.99: _("99 % within")}
    is_empty = not any(steps)
    return {
        "kind": "lines",
        "x_time": True,
        "y_log": True,
        "y_title": _("Milliseconds"),
        "series": [] if is_empty else [
            {"name": words[one], "x": times, "y": [_milliseconds(counts, one) for counts in steps]}
            for one in PERCENTILES
        ],
    }  # fmt: skip


def _milliseconds(counts: Mapping[int, int], share: float) -> float | None:
    seconds = percentile(counts, share)
    return None if seconds is None else round(1000 * seconds, 2)


def _errors(bins: Sequence[Bin], times: list[str]) -> Chart:
    statuses = sorted({status for one in bins for status in steps_of(one.counts, "status")})
    return {
        **_counts(bins, times, {f"status.{status}": str(status) for status in statuses}),
        "y_title": _("Errors"),
    }
