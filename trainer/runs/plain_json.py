"""JSON that every reader takes: numbers that are none (NaN, infinities) become null (RFC 8259)."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any


def json_text(value: Any, **how: Any) -> str:
    """Return JSON text in which NaN and infinities are null; ``how`` goes to ``json.dumps``."""
    return json.dumps(finite(value), allow_nan=False, **how)


def finite(value: Any) -> Any:
    """Return a copy of a value in which every number that is not finite is None."""
    if isinstance(value, Mapping):
        return {key: finite(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [finite(one) for one in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
