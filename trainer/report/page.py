"""Make the report's page: one HTML file that needs no other, no script and no network.

What it looks like stands in ``report.html``; here its parts are put into words.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from trainer.data.fetch.sources import SOURCES
from trainer.evaluation import measures
from trainer.evaluation.measurement import Measurement
from trainer.evaluation.refusal import RefusalMeasurement
from trainer.report.contributions import Contribution
from trainer.report.facts import sections, summary
from trainer.report.language import catalog, language_code, number
from trainer.report.pictures.picture import Picture
from trainer.report.wording import change_name, percent, percent_interval, set_name
from trainer.runs.details import parse_details
from trainer.runs.training_log import EpochResult

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, eq=False)
class Report:
    """All that a report tells.

    Attributes:
        details: what the run's run.json holds.
        log: the epochs of the main network.
        measurements: of the run, the main ones first.
        contributions: of the data sets.
        credits: of whoever made the data sets.
        training, data: pictures of these parts.
        answers: pictures of each set that was measured in detail, by its key.
        refusal: of what is no digit, by what was asked about: ``drawings``, ``pictures``; empty
            where there is nothing to measure it with.
        refused: pictures of that.
    """

    details: Mapping[str, Any]
    log: Sequence[EpochResult]
    measurements: Sequence[Measurement]
    contributions: Sequence[Contribution]
    credits: Sequence[str]
    training: Sequence[Picture]
    data: Sequence[Picture]
    answers: Mapping[str, Sequence[Picture]]
    refusal: Mapping[str, RefusalMeasurement] = field(default_factory=dict)
    refused: Sequence[Picture] = ()

    @property
    def pictures(self) -> list[Picture]:
        """All of them, in the order of the page."""
        return [
            *self.training,
            *self.data,
            *(one for each in self.answers.values() for one in each),
            *self.refused,
        ]


def render_page(report: Report) -> str:
    """The page, as HTML, in the language that is spoken now."""
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.policies["ext.i18n.trimmed"] = True
    environment.install_gettext_translations(catalog(), newstyle=True)  # type: ignore[attr-defined]
    environment.filters.update(
        number=number,
        percent=percent,
        percent_interval=percent_interval,
        set_name=set_name,
        capitalize_first=lambda text: text[:1].upper() + text[1:],
        as_address=_as_address,
    )
    run = parse_details(report.details)
    environment.globals.update(measures=measures, change_name=change_name)
    return environment.get_template("report.html").render(
        report=report,
        details=report.details,
        language=language_code(),
        published={source.credit for source in SOURCES},
        summary=summary(run),
        sections=sections(run),
    )


def _as_address(png: bytes) -> str:
    return "data:image/png;base64," + base64.b64encode(png).decode("ascii")
