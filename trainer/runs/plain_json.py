"""JSON that every reader takes: numbers that are none (NaN, infinities) become null (RFC 8259)."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any


def json_text(value: Any, **how: Any) -> str:
    """As ``json.dumps``."""
    return json.dumps(finite(value), allow_nan=False, **how)


def finite(value: Any) -> Any:
    """The same, with None in the place of every number that is not finite."""
    if isinstance(value, Mapping):
        return {key: finite(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [finite(one) for one in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
