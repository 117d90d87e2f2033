"""What a sender is told for whom this server has no time: 503, and when to come again.

It is said in the main loop and made of parts that are ready, for who has no time to answer has none
for a refusal either.  Who is told so is for :mod:`webapp.operations.gunicorn_worker` to say.
"""

from __future__ import annotations

import contextlib
import json
import re
import secrets
import socket
import time
from functools import cached_property
from http import HTTPStatus
from typing import Protocol

import structlog
from flask import Flask
from flask_babel import force_locale

from webapp import sentences
from webapp.operations.metrics import count_refusal
from webapp.operations.refusal import answer
from webapp.pages.languages import DEFAULT_LANGUAGE, LANGUAGES

RETRY_AFTER_SECONDS = 2
STATUS = HTTPStatus.SERVICE_UNAVAILABLE

_CHOSEN = re.compile(rb"^cookie:[^\r]*\blang=([a-z]{2})\b", re.IGNORECASE | re.MULTILINE)
_PREFERRED = re.compile(rb"^accept-language:[ \t]*([a-z]{2})", re.IGNORECASE | re.MULTILINE)
_FOR_PROGRAMS = re.compile(rb"[A-Z]+ /api/")
_LOG_SECONDS = 10.0  # between two lines in the log
_log = structlog.get_logger()


class _HasAnApp(Protocol):
    wsgi: object


class TooBusy:
    """Says so, and counts how often."""

    def __init__(self, worker: _HasAnApp) -> None:
        """Prepare; the worker's app is asked for its sentences when they are first needed."""
        self._worker = worker
        self._told = 0
        self._next_line = 0.0

    def tell(self, connection: socket.socket, head: bytes) -> None:
        """Answer a sender without waiting; never raises.

        Args:
            connection: to the sender; it has to be closed afterwards.
            head: the beginning of the request, as far as it is known.
        """
        count_refusal(STATUS)
        self._log()
        content_type, bodies = self._bodies[_FOR_PROGRAMS.match(head) is not None]
        language = _language_of(head)
        headers = {
            "Content-Type": content_type,
            "Content-Language": language,
            "Retry-After": str(RETRY_AFTER_SECONDS),
        }
        with contextlib.suppress(OSError):
            connection.setblocking(False)
            connection.send(answer(STATUS, secrets.token_hex(8), bodies[language], headers))

    @cached_property
    def _bodies(self) -> dict[bool, tuple[str, dict[str, str]]]:
        """By whether a program asks: the kind of content, and the body in each language."""
        said = {language: self._say(language) for language in LANGUAGES}
        problems = {
            language: json.dumps(
                {"type": "about:blank", "title": title, "status": STATUS.value, "detail": detail},
                ensure_ascii=False,
            )
            for language, (title, detail) in said.items()
        }
        pages = {language: f"{title}\n{detail}\n" for language, (title, detail) in said.items()}
        return {
            True: ("application/problem+json", problems),
            False: ("text/plain; charset=utf-8", pages),
        }

    def _say(self, language: str) -> tuple[str, str]:
        if not isinstance(self._worker.wsgi, Flask):
            return STATUS.phrase, STATUS.description
        with self._worker.wsgi.app_context(), force_locale(language):
            return sentences.of_status(STATUS)

    def _log(self) -> None:
        self._told += 1
        now = time.monotonic()
        if now >= self._next_line:
            self._next_line = now + _LOG_SECONDS
            _log.warning("too busy to answer everybody", refused=self._told)


def _language_of(head: bytes) -> str:
    for pattern in (_CHOSEN, _PREFERRED):
        found = pattern.search(head)
        if found and (code := found[1].decode().lower()) in LANGUAGES:
            return code
    return DEFAULT_LANGUAGE
