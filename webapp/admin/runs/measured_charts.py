"""Charts of what was measured, as static/js/admin/chart-traces.js draws them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from trainer.runs.details import SetFigures
from webapp.admin.runs.wording import set_name

Chart = dict[str, Any]


def reliability_chart(measured: SetFigures) -> Chart | None:
    """How often answers of each confidence were right, beside what they promise."""
    bins = [one for one in measured.reliability if one.count]
    if not bins:
        return None
    confidences = [one.confidence for one in bins]
    return {
        "kind": "lines",
        "percent": True,
        "x_percent": True,
        "x_range": [0, 1.02],
        "y_range": [0, 1.02],
        "x_title": _("Confidence"),
        "y_title": _("Answered right"),
        "series": [
            {
                "name": _("this run"),
                "x": confidences,
                "y": [one.accuracy for one in bins],
                "colour": 0,
            },
            {
                "name": _("perfectly calibrated"),
                "x": [0, 1],
                "y": [0, 1],
                "dash": True,
                "colour": 7,
            },
        ],
    }


def confidence_chart(measured: SetFigures) -> Chart | None:
    """How many answers there were of each confidence."""
    bins = [one for one in measured.reliability if one.count]
    if not bins:
        return None
    names = [f"{100 * one.low:.0f}–{100 * one.high:.0f} %" for one in bins]
    return {
        "kind": "bars",
        "y_log": True,
        "x_title": _("Confidence"),
        "y_title": _("Answers"),
        "series": [{"name": _("Answers"), "x": names, "y": [one.count for one in bins]}],
    }


def class_distribution_chart(sets: Mapping[str, SetFigures]) -> Chart | None:
    """How many samples of each digit the sets hold."""
    series = [
        {
            "name": set_name(key),
            "x": [str(digit) for digit in range(len(one.confusion_matrix))],
            "y": [sum(row) for row in one.confusion_matrix],
        }
        for key, one in sets.items()
        if one.confusion_matrix
    ]
    if not series:
        return None
    return {"kind": "bars", "x_title": _("Digit"), "y_title": _("Samples"), "series": series}
