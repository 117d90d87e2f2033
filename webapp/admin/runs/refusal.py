"""What a run refuses, and how its confidences are made honest, in words and figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import LazyString, lazy_gettext
from flask_babel import gettext as _

from trainer.runs.details import RefusalFacts
from webapp.admin.runs.seen_run import SeenRun
from webapp.admin.runs.wording import number, percent

# What is no digit, by kind, as the trainer names it in run.json.
_KINDS: Mapping[str, LazyString] = {
    "clear capitals": lazy_gettext("clear capitals"),
    "clear small letters": lazy_gettext("clear small letters"),
    "clear symbols": lazy_gettext("clear symbols"),
    "look-alikes": lazy_gettext("look-alikes"),
    "scribbles": lazy_gettext("scribbles"),
    "dots and ticks": lazy_gettext("dots and ticks"),
    "crossed-out digits": lazy_gettext("crossed-out digits"),
    "two digits": lazy_gettext("two digits"),
}


@dataclass(frozen=True)
class RefusalFigures:
    """What the thresholds do to drawings or to pictures.

    Attributes:
        name: of what was asked about.
        facts: names and figures.
        accepted: of each kind of what is no digit, the share that is taken for one.
    """

    name: str
    facts: list[tuple[str, str]]
    accepted: list[tuple[str, str]]


def refusal_figures(run: SeenRun) -> list[RefusalFigures]:
    """Tell what is refused of drawings and of pictures; nothing for a run that refuses nothing."""
    drawings = run.details.refusal
    if drawings is None:
        return []
    asked = [(_("Drawings"), drawings), (_("Pictures"), drawings.pictures)]
    return [_refusal(name, one) for name, one in asked if one]


def _refusal(name: str, one: RefusalFacts) -> RefusalFigures:
    facts = [
        (_('Refused when the "is a digit" score is below'), number(one.digitness)),
        (_("Unsure when the confidence is below"), percent(one.confidence, 1)),
        (_("Real digits refused"), percent(one.digits_refused)),
        (_("Real digits answered as unsure"), percent(one.digits_unsure)),
    ]
    accepted = one.others_accepted.items()
    return RefusalFigures(
        name, facts, [(_kind_name(kind), percent(share, 1)) for kind, share in accepted]
    )


def _kind_name(kind: str) -> str:
    return str(_KINDS.get(kind, kind))


def calibration_facts(run: SeenRun) -> list[tuple[str, str]]:
    """The temperatures that make confidences honest."""
    calibration = run.details.calibration
    if calibration is None:
        return []
    temperatures = [
        (_("Temperature of the main network"), calibration.temperature),
        (_("Temperature of the network for strokes"), calibration.drawing_temperature),
    ]
    return [(name, number(one)) for name, one in temperatures if one is not None]
