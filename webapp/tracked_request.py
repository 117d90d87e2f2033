"""A request that knows its name, its clock and what has been found out about it.

The log, the counts and the headers read all of it at the end (:mod:`webapp.request_cycle`), and
it is gone with the request.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

from flask import Request, request

if TYPE_CHECKING:  # whoever writes a log would load OpenCV
    from recognizer.prediction import Prediction


class TrackedRequest(Request):
    """Flask's request, and what is known of it.

    Attributes:
        started: when it began, on the clock of ``time.perf_counter``.
        id: its name in the log and in the answer.
        facts: what its lines in the log tell.
        predictions: what it was answered.
        stages: of predictions that it went through: the kind, the stage, and its seconds.
        has_explained: whether it was answered with an explanation.
    """

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self.started = time.perf_counter()
        self.id = ""
        self.facts: dict[str, object] = {}
        self.predictions: Sequence[Prediction] = ()
        self.stages: list[tuple[str, str, float]] = []
        self.has_explained = False

    @property
    def is_encoded(self) -> bool:
        """Whether its body is compressed or otherwise coded; names of codings have no case."""
        coding = self.headers.get("Content-Encoding", "").strip().lower()
        return coding not in ("", "identity")  # RFC 9110, 8.4.1


def current_request() -> TrackedRequest:
    """The request that is being answered; each use of Flask's ``request`` looks for it anew."""
    return cast(TrackedRequest, request._get_current_object())  # type: ignore[attr-defined]
