"""What was measured of each part, in units that many machines can be computed from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class WebFigures:
    """Of a web server on one machine.

    Attributes:
        web_ms: processor time of the web server for a request with one drawing, in milliseconds.
        batch_ms: the same for each drawing where 64 come in one request.
        web_megabytes: of a server with one worker (PSS).
        worker_megabytes: of each further worker.
        bytes_in, bytes_out: of a request and its answer, heads included.
        nginx_ms: processor time of nginx for each request; None where it was not measured.
    """

    web_ms: float
    batch_ms: float
    web_megabytes: float
    worker_megabytes: float
    bytes_in: float
    bytes_out: float
    nginx_ms: float | None


@dataclass(frozen=True)
class Figures(WebFigures):
    """Of everything on one machine.

    Attributes:
        files_ms: processor time of ``python -m recognizer`` for each drawing in a file.
        reports: of web workers that one connection to the database takes a second; or None.
        corrections: that one connection to the database takes a second; or None.
        bundles: of a rate limit that one connection to Redis takes a second; or None.
    """

    files_ms: float
    reports: float | None
    corrections: float | None
    bundles: float | None
