"""What a search may be called and how it may end trials early; known without importing Optuna."""

from __future__ import annotations

import re

from trainer.errors import SettingsError

PRUNERS = ("median", "hyperband", "none")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,127}")


def check_study_name(name: str) -> str:
    """The name, since a folder is called by it.

    Raises:
        SettingsError: no folder should be called that.
    """
    if not _NAME.fullmatch(name):
        raise SettingsError(f"{name[:200]!r} cannot be a study's name: letters, digits and ._+-")
    return name
