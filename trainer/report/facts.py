"""What run.json says about how a run was made, as names and values for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from trainer.report.language import gettext as _
from trainer.report.language import number, run_language, with_separators
from trainer.runs.details import RunDetails
from trainer.runs.wording import Facts, duration, fact_tables
from trainer.settings.definition import N_

_FITTED = (  # fields of run.json
    N_("temperature"), N_("drawing_temperature"), N_("digits_refused"), N_("digits_unsure"),
    N_("others_accepted"),
)  # fmt: skip


def summary(run: RunDetails) -> str:
    """A run in a sentence: recipe, state, when, how long, how large."""
    state = _(str(run.status))  # the admin pages mark these words for translation
    parts = [_("Recipe %(recipe)s, %(state)s", recipe=run.recipe, state=state)]
    if run.times.started:
        at = run.times.started.replace("T", " ").replace("Z", " UTC")
        parts.append(_("started %(at)s", at=at))
    if run.times.seconds:
        parts.append(_("%(time)s of work", time=duration(run.times.seconds, _)))
    network = run.main_network
    if network.parameters:
        parts.append(_("%(parameters)s parameters", parameters=number(network.parameters)))
    if network.epochs:
        parts.append(_("%(epochs)s epochs", epochs=network.epochs))
    return ", ".join(parts) + "."


def sections(run: RunDetails) -> Iterator[tuple[str, Facts]]:
    """The tables of the report's last part, by heading; those that would be empty are left out."""
    if run.settings:
        yield _("Settings"), [(key, _text(one)) for key, one in run.settings.items()]
    yield from fact_tables(run, run_language())
    fitted = {_("calibration"): run.calibration, _("refusal"): run.refusal}
    rest = [(name, _text(asdict(one))) for name, one in fitted.items() if one is not None]
    if rest:
        yield _("The rest"), rest


def _text(value: Any) -> str:
    if isinstance(value, Mapping):
        told = {key: entry for key, entry in value.items() if entry is not None}
        return ", ".join(f"{_(key)} {_text(entry)}" for key, entry in told.items())
    if isinstance(value, list | tuple):
        return ", ".join(map(_text, value)) or _("none")
    if isinstance(value, bool | str) or value is None:
        return str(value)
    return number(value) if isinstance(value, int) else with_separators(str(value))
