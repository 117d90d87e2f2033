"""Every table there is, found by the name of the modules that describe them."""

from __future__ import annotations

import pkgutil
from importlib import import_module

from sqlalchemy import MetaData

import webapp
from webapp.storage.tables import Table


def all_tables() -> MetaData:
    """Import every module of the web app that is called ``tables``, and return what they say."""
    for module in pkgutil.walk_packages(webapp.__path__, "webapp."):
        if module.name.endswith(".tables"):
            import_module(module.name)
    return Table.metadata
