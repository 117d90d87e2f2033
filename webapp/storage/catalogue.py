"""Every table there is, found by the name of the modules that describe them."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from pathlib import Path

from sqlalchemy import MetaData

from webapp.storage.tables import Table

_WEBAPP = Path(__file__).resolve().parents[1]


def all_tables() -> MetaData:
    """Import every module of the web app that is called ``tables``, and return what they say."""
    for module in pkgutil.walk_packages([str(_WEBAPP)], "webapp."):
        if module.name.endswith(".tables"):
            import_module(module.name)
    return Table.metadata
