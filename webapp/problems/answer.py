"""How an error looks: problem details (RFC 9457) for programs, a page for people."""

from __future__ import annotations

import structlog
from flask import Response, current_app, render_template, request

from webapp import sentences

_log = structlog.get_logger()


def answer(status: int, *, kind: str = "about:blank", **members: object) -> Response:
    """One error, as the caller can read it.

    Args:
        status: of the answer; its title and, unless given, its detail are said
            in the language of the caller.
        kind: the ``type`` of RFC 9457, a URI that names the sort of problem.
        members: further members of the problem details.
    """
    title, detail = sentences.of_status(status)
    problem = {"type": kind, "title": title, "status": status, "detail": detail, **members}
    response = _details(problem) if _is_for_a_program() else _page(problem)
    response.status_code = status
    return response


def _is_for_a_program() -> bool:
    """Whether the caller is the API's, or a script of a page that asked for JSON."""
    return request.path.startswith("/api/") or request.accept_mimetypes.best == "application/json"


def _details(problem: dict[str, object]) -> Response:
    body = current_app.json.dumps(problem)
    return Response(body, mimetype="application/problem+json")


def _page(problem: dict[str, object]) -> Response:
    variables = {name: problem[name] for name in ("status", "title", "detail")}
    try:
        return Response(render_template("error.html", **variables), mimetype="text/html")
    except Exception as error:  # a template may be what is broken, or the host that links need
        _log.error("the error page cannot be shown", exc_info=error)
        return Response("{status} {title}\n{detail}\n".format(**variables), mimetype="text/plain")
