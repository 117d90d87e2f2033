"""A setting in words and limits, for a person at the command line or a form on a page."""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass
from typing import Any

from trainer.settings.common import CommonSettings
from trainer.settings.definition import Limits, limits_of


@dataclass(frozen=True)
class SettingDescription:
    """One setting.

    Attributes:
        name: as behind ``--set``.
        kind: ``int``, ``float`` or ``str``.
        default: without ``--set``.
        limits: its meaning and the values it takes.
    """

    name: str
    kind: str
    default: int | float | str
    limits: Limits

    @property
    def meaning(self) -> str:
        """A sentence for people."""
        return self.limits.meaning

    def as_json(self) -> dict[str, Any]:
        """With null for a bound that there is not."""
        return {
            "name": self.name,
            "kind": self.kind,
            "default": self.default,
            "meaning": self.meaning,
            "low": self.limits.low,
            "high": None if math.isinf(self.limits.high) else self.limits.high,
            "choices": list(self.limits.choices),
            "is_searched": self.limits.search is not None,
        }


def describe_settings(kind: type[CommonSettings]) -> tuple[SettingDescription, ...]:
    """Every setting of a recipe's ``Settings``, in their order."""
    defaults = dataclasses.asdict(kind())
    return tuple(
        SettingDescription(name, type(defaults[name]).__name__, defaults[name], limits)
        for name, limits in limits_of(kind).items()
    )
