"""One line in the log for every request, as JSON or readable, and never the drawing.

The lines of the standard library's loggers (the registry's, gunicorn's) take the
same form. Counting is for :mod:`webapp.telemetry.metrics`.
"""

import json
import logging
import re
import secrets
import sys

import structlog
from flask import Response, request
from prometheus_client import Counter
from structlog.typing import Processor

from webapp.configuration import Configuration
from webapp.tracked_request import TrackedRequest, current_request

HEADER = "X-Request-ID"
LINES = Counter("net_log_lines", "Lines in the log that tell of trouble.", ["level"])

_WELL_FORMED = re.compile(r"[A-Za-z0-9._:-]{1,128}")
_SECRET = re.compile(r"^(/+set-up/+).+", re.IGNORECASE)
_HANDLER = "net"
_PROBES = frozenset({"/livez", "/readyz", "/metrics"})
_TROUBLE = ("warning", "error", "critical")
_log = structlog.get_logger()
_encode = json.JSONEncoder(default=str).encode  # json.dumps makes one for each line: 4 µs

for _level in _TROUBLE:
    LINES.labels(_level)


def start(configuration: Configuration) -> None:
    """Set up logging for this process, to standard error."""
    level = logging.getLevelName(configuration.log_level.upper())
    processors = _processors()
    renderer = _renderer(configuration.log_format)
    structlog.configure(
        processors=[*processors, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
    )
    _take_standard_logging(level, processors, renderer)


def note(**facts: object) -> None:
    """Add facts to every later line about the present request."""
    current_request().facts.update(facts)


def begin(request: TrackedRequest) -> None:
    """Name a request."""
    given = request.headers.get(HEADER, "")
    # Anything else could forge lines in a log or break the header it is echoed in.
    request.id = given if _WELL_FORMED.fullmatch(given) else secrets.token_hex(8)
    request.facts["request_id"] = request.id


def end(request: TrackedRequest, response: Response, seconds: float) -> None:
    """Name the answer like the request, and write the line about both."""
    response.headers[HEADER] = request.id
    is_quiet = request.path in _PROBES and response.status_code < 400
    (_log.debug if is_quiet else _log.info)(
        "request",
        method=request.method,
        path=_without_secret(request.path),
        status=response.status_code,
        milliseconds=round(seconds * 1000, 2),
    )


def _merge_facts(
    logger: structlog.typing.WrappedLogger, name: str, event: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    return {**getattr(request, "facts", {}), **event} if request else event


def _processors() -> list[Processor]:
    return [
        _merge_facts,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper("iso"),
        _count_trouble,
    ]


def _count_trouble(
    logger: structlog.typing.WrappedLogger, name: str, event: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    if event["level"] in _TROUBLE:
        LINES.labels(event["level"]).inc()
    return event


def _renderer(log_format: str) -> Processor:
    is_readable = log_format == "text" or (log_format == "auto" and sys.stderr.isatty())
    if is_readable:
        return structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    return _as_json


def _as_json(
    logger: structlog.typing.WrappedLogger, name: str, event: structlog.typing.EventDict
) -> str:
    return _encode(structlog.processors.format_exc_info(logger, name, event))


def _take_standard_logging(level: int, processors: list[Processor], renderer: Processor) -> None:
    root = logging.getLogger()
    for old in [handler for handler in root.handlers if handler.get_name() == _HANDLER]:
        root.removeHandler(old)
    handler = logging.StreamHandler(sys.stderr)
    handler.set_name(_HANDLER)
    remove_meta = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=processors, processors=[remove_meta, renderer]
        )
    )
    root.addHandler(handler)
    root.setLevel(level)


def _without_secret(path: str) -> str:
    # Who reads a log must not be able to use somebody else's link (webapp.accounts.links).
    return _SECRET.sub(r"\1…", path)
