"""A run's facts in words, the same for reports, command lines and pages.

They are English unless a caller passes another language on: how gettext says sentences in it, and
how it writes numbers and times.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from trainer.runs.details import NetworkFacts, RunDetails

ABSENT = "–"
Facts = list[tuple[str, str]]
Say = Callable[..., str]  # as gettext: an English sentence and its parameters


def _in_english(sentence: str, **parameters: object) -> str:
    return sentence % parameters if parameters else sentence


@dataclass(frozen=True)
class Language:
    """How a language says a sentence, and how it writes a number and a moment of run.json."""

    say: Say = _in_english
    number: Callable[[Any], str] = lambda value: ABSENT if value is None else f"{value:,}"
    moment: Callable[[Any], str] = str


ENGLISH = Language()


def set_name(key: str, _: Say = _in_english) -> str:
    """A set of samples by its key, as ``held_out_writers/ibm``: "drawings by …: ibm"."""
    group, _slash, part = key.partition("/")
    names = {
        "mnist_test": _("MNIST test images"),
        "held_out_writers": _("drawings by held-out writers"),
        "held_out_sites": _("drawings from held-out sites"),
        "own_images": _("own images"),
        "own_drawings": _("own drawings"),
        # Only docs/figures.md tells these.
        "usps": "USPS, its test images",
        "emnist-digits": "EMNIST, its test digits (by writers who are in MNIST, too)",
        "sklearn-digits": "scikit-learn's digits",
    }
    name = names.get(group, group)
    return f"{name}: {part}" if part else name


def duration(seconds: float, _: Say = _in_english) -> str:
    """A time in the units that matter, as "33 min 5 s"."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return _("%(hours)s h %(minutes)s min", hours=hours, minutes=minutes)
    if minutes:
        return _("%(minutes)s min %(seconds)s s", minutes=minutes, seconds=rest)
    return _("%(seconds)s s", seconds=rest)


def fact_tables(run: RunDetails, language: Language = ENGLISH) -> list[tuple[str, Facts]]:
    """How a run was made, as tables by their headings; those that would be empty are left out."""
    _ = language.say
    tables = [
        (_("Networks"), [(name, _network(one, language)) for name, one in run.networks.items()]),
        (_("Times"), _times(run, language)),
        (_("Data files"), _data(run, language)),
        (_("Hardware"), [(name, written(value)) for name, value in run.hardware.items()]),
        (_("Versions"), _versions(run)),
    ]
    return [(heading, facts) for heading, facts in tables if facts]


def _network(one: NetworkFacts, language: Language) -> str:
    _ = language.say
    words = [
        _("%(parameters)s parameters", parameters=language.number(one.parameters)),
        _("%(epochs)s epochs", epochs=language.number(one.epochs)),
    ]
    if not one.is_complete:
        words.append(_("ended early"))
    if (difference := one.largest_difference_to_keras) is not None:
        words.append(_("differs from Keras by %(most)s at most", most=f"{difference:.1e}"))
    return ", ".join(words)


def _times(run: RunDetails, language: Language) -> Facts:
    _, times = language.say, run.times
    moments = [
        (_("Queued"), times.queued), (_("Started"), times.started), (_("Ended"), times.finished),
    ]  # fmt: skip
    facts = [(name, language.moment(at)) for name, at in moments if at]
    if times.seconds:
        facts.append((_("Work"), duration(times.seconds, _)))
    return facts + [(_("Continued"), language.moment(one.at)) for one in run.resumes]


def _data(run: RunDetails, language: Language) -> Facts:
    facts = [
        (name, f"{one.file}, SHA-256 {one.sha256}" if one.sha256 else str(one.file))
        for name, one in run.datasets.items()
    ]
    return facts + [(language.say("Own data"), path) for path in run.added]


def _versions(run: RunDetails) -> Facts:
    named = {"code": run.git_commit, **run.versions, "geometry": run.preprocessing_version}
    return [(name, str(value)) for name, value in named.items() if value is not None]


def written(value: object) -> str:
    """A value of run.json as it stands, without the marks of JSON."""
    if isinstance(value, list | tuple):
        return ", ".join(map(written, value))
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {written(one)}" for name, one in value.items())
    return str(value)
