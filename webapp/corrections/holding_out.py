"""Which corrections are held out of training while they are kept: those of certain hours.

Whole hours are held out, so that what one person draws at one sitting is seldom on both sides, and
nothing about that person has to be kept to see to it.  A hash of the hour decides, so an hour stays
where it is, on every machine.
"""

from __future__ import annotations

from datetime import datetime, timezone
from hashlib import sha256

ONE_IN = 5  # hours; the share of the corrections comes near it once they are of many hours


def is_held_out(at: datetime) -> bool:
    """Say whether what arrived at this time, aware, is held out of training."""
    hour = at.astimezone(timezone.utc).strftime("%Y-%m-%dT%H")
    return int.from_bytes(sha256(hour.encode()).digest()[:8], "big") % ONE_IN == 0
