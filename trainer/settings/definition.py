"""A recipe's settings: what each means, which values it takes, and which a search tries.

A recipe's ``Settings`` is a frozen dataclass whose fields are made by :func:`setting`.  The
command line (``--set epochs=3``), the search and a form on a page all read them from there.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from recognizer.suggestions import did_you_mean
from trainer.errors import SettingsError

Settings = TypeVar("Settings")
Value = int | float | str
_METADATA_KEY = "net"
_KINDS = {int: "a whole number", float: "a number"}


def N_(sentence: str) -> str:  # noqa: N802  # gettext's own name for it
    """A sentence as it is, marked for translators: a page says it in its reader's language."""
    return sentence


@dataclasses.dataclass(frozen=True)
class Span:
    """Numbers that a search draws from.

    Attributes:
        low, high: the smallest and the largest, both included.
        step: distance of two neighbours; None where every number between will do.
        logarithmic: whether small and large numbers are tried equally often.
    """

    low: float
    high: float
    step: float | None = None
    logarithmic: bool = False


@dataclasses.dataclass(frozen=True)
class Limits:
    """What a setting means and which values it takes.

    Attributes:
        meaning: a sentence for people, its unit in it.
        low, high: bounds of a number, both included.
        choices: the only values it takes; empty where every value within the bounds will do.
        search: what ``tune`` tries; None where the search leaves it alone.
    """

    meaning: str
    low: float = 0
    high: float = math.inf
    choices: tuple[Value, ...] = ()
    search: Span | tuple[Value, ...] | None = None


def setting(
    default: Value,
    meaning: str,
    *,
    low: float = 0,
    high: float = math.inf,
    choices: Sequence[Value] = (),
    search: Span | Sequence[Value] | None = None,
) -> Any:
    """A field of a recipe's ``Settings``; see :class:`Limits` for the arguments."""
    searched = search if search is None or isinstance(search, Span) else tuple(search)
    limits = Limits(meaning, low, high, tuple(choices), searched)
    return dataclasses.field(default=default, metadata={_METADATA_KEY: limits})


def limits_of(settings: Any) -> dict[str, Limits]:
    """The limits of every field of a ``Settings`` class or object, in their order."""
    return {field.name: field.metadata[_METADATA_KEY] for field in dataclasses.fields(settings)}


def apply_settings(settings: Settings, assignments: Iterable[str]) -> Settings:
    """A copy with the named fields changed.

    Args:
        settings: a recipe's settings.
        assignments: of the form ``name=value``.

    Raises:
        SettingsError: there is no such field, or it cannot have the value.
    """
    changes = dict(_parse(settings, assignment) for assignment in assignments)
    return dataclasses.replace(settings, **changes)  # type: ignore[type-var]


def restore_settings(kind: type[Settings], stored: dict[str, Any]) -> Settings:
    """The settings that a run.json holds.

    Raises:
        SettingsError: they are of another version of the recipe.
    """
    try:
        return kind(**stored)
    except TypeError as error:
        raise SettingsError(f"the run has other settings than its recipe: {error}") from error


def _parse(settings: object, assignment: str) -> tuple[str, Value]:
    name, equals, text = assignment.partition("=")
    limits = limits_of(settings)
    if name not in limits:
        known = ", ".join(limits)
        guess = did_you_mean(name.replace("-", "_"), limits)
        raise SettingsError(f"there is no setting {name!r}; there are: {known}{guess}")
    if not equals:
        raise SettingsError(
            f"--set {name} needs a value, as --set {name}={_example(settings, name)}"
        )
    value = _convert(name, text, type(getattr(settings, name)))
    _check(name, value, limits[name])
    return name, value


def _example(settings: object, name: str) -> Value:
    value: Value = getattr(settings, name)
    return value


def _convert(name: str, text: str, kind: type[Value]) -> Value:
    try:
        return kind(text.replace("_", "") if kind is int else text)
    except ValueError:
        raise SettingsError(f"--set {name} takes {_KINDS[kind]}, not {text!r}") from None


def _check(name: str, value: Value, limits: Limits) -> None:
    if limits.choices and value not in limits.choices:
        allowed = ", ".join(map(str, limits.choices))
        raise SettingsError(f"--set {name} takes one of {allowed}, not {value!r}")
    # `isfinite` takes no whole number that is larger than every float.
    is_finite = not isinstance(value, float) or math.isfinite(value)
    if isinstance(value, str) or (is_finite and limits.low <= value <= limits.high):
        return
    bounds = (
        f"{limits.low:g} or more"
        if limits.high == math.inf
        else (f"{limits.low:g} to {limits.high:g}")
    )
    raise SettingsError(f"--set {name} takes {bounds}, not {value}")
