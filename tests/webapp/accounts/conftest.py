"""The fixtures of the admin's tests, and the password that people have there."""

from __future__ import annotations

from tests.webapp.admin.conftest import (
    admin_app,
    anonymous_client,
    app,
    operator_client,
    viewer_client,
)

__all__ = ["admin_app", "anonymous_client", "app", "operator_client", "viewer_client"]

PASSWORD = "correct horse battery"
