"""The fixtures of the admin's tests, and hashes that cost little."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher

from tests.webapp.admin.conftest import (
    admin_app,
    anonymous_client,
    app,
    operator_client,
    viewer_client,
)
from webapp.accounts import passwords

__all__ = ["admin_app", "anonymous_client", "app", "operator_client", "viewer_client"]

PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def _cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "hasher", cheap)
    passwords._nobodys_hash.cache_clear()
