"""The app, its people, and strangers who correct its answers."""

from tests.webapp.corrections.conftest import (
    app,
    arrive,
    client,
    correct,
    operator_client,
    viewer_client,
)

__all__ = ["app", "arrive", "client", "correct", "operator_client", "viewer_client"]
