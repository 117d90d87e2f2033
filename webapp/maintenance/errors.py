"""What can go wrong when a server is looked after, in words for its keeper."""

from __future__ import annotations


class MaintenanceError(Exception):
    """Something could not be done; the message says what and, where it is known, what to do."""
