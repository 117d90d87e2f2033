"""What a search may try: a recipe's searchable settings as Optuna's distributions.

Which settings those are, and between which values, each recipe says itself
(:class:`trainer.settings.definition.Limits`).
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from optuna.distributions import (
    BaseDistribution,
    CategoricalDistribution,
    FloatDistribution,
    IntDistribution,
)

from trainer.settings.definition import Span, Value, limits_of


def search_space(settings: Any, fixed: Collection[str]) -> dict[str, BaseDistribution]:
    """The distribution of every setting that the search may change, by its name.

    Args:
        settings: a recipe's settings; their types decide between whole numbers and others.
        fixed: names the search leaves alone although the recipe would allow it.
    """
    return {
        name: _distribution(limits.search, type(getattr(settings, name)))
        for name, limits in limits_of(settings).items()
        if limits.search is not None and name not in fixed
    }


def _distribution(search: Span | tuple[Value, ...], kind: type) -> BaseDistribution:
    if not isinstance(search, Span):
        return CategoricalDistribution(search)
    if kind is int:
        return IntDistribution(
            int(search.low), int(search.high), search.logarithmic, int(search.step or 1)
        )
    return FloatDistribution(search.low, search.high, search.logarithmic, search.step)
