"""What a sender is told for whom this server has no time: 503, and when to come again.

It is made of parts that are ready, for who has no time to answer has none for a refusal either.
Who is told so is for :mod:`webapp.server.worker` to say.
"""

from __future__ import annotations

import json
import re
import secrets
import time
from functools import cached_property
from http import HTTPStatus
from typing import TYPE_CHECKING, Protocol

import structlog
from flask import Flask
from flask_babel import force_locale

from webapp import sentences
from webapp.pages.languages import DEFAULT_LANGUAGE, LANGUAGES
from webapp.server.refusal import say

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

RETRY_AFTER_SECONDS = 2
STATUS = HTTPStatus.SERVICE_UNAVAILABLE

_CHOSEN = re.compile(r"\blang=([a-z]{2})\b")
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

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        """Answer as a WSGI app does."""
        self._log()
        content_type, bodies = self._bodies[environ["PATH_INFO"].startswith("/api/")]
        language = _language_of(environ)
        headers = {
            "Content-Type": content_type,
            "Content-Language": language,
            "Retry-After": str(RETRY_AFTER_SECONDS),
        }
        return say(STATUS, secrets.token_hex(8), bodies[language], headers, start_response)

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


def _language_of(environ: WSGIEnvironment) -> str:
    chosen = _CHOSEN.search(environ.get("HTTP_COOKIE", ""))
    preferred = environ.get("HTTP_ACCEPT_LANGUAGE", "").strip()[:2].lower()
    for code in (chosen[1] if chosen else "", preferred):
        if code in LANGUAGES:
            return code
    return DEFAULT_LANGUAGE
