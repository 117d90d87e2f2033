"""Recipes: named, complete training set-ups, one a file."""

from __future__ import annotations

from types import ModuleType

from trainer.errors import SettingsError
from trainer.recipes import ink

_RECIPES: dict[str, ModuleType] = {"ink": ink}


def find_recipe(name: str) -> ModuleType:
    """The recipe's module, with ``Settings`` and ``build_network``.

    Raises:
        SettingsError: there is no recipe of this name.
    """
    if name not in _RECIPES:
        raise SettingsError(f"there is no recipe {name!r}; there are: {', '.join(_RECIPES)}")
    return _RECIPES[name]
