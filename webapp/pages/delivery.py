"""How answers travel: what is compressed, and how long it may be kept.

Versioned files set their own Cache-Control, see :mod:`webapp.pages.static_files`.
"""

from flask import Flask, Request, Response
from flask_compress import Compress

_ALGORITHMS = ["br", "zstd", "gzip"]
_SETTINGS = {
    "COMPRESS_REGISTER": False,
    "COMPRESS_ALGORITHM": _ALGORITHMS,
    "COMPRESS_BR_LEVEL": 6,
    "COMPRESS_MIN_SIZE": 500,
}


_compress = Compress()


def init_app(app: Flask) -> None:
    """Prepare an app's answers to be compressed."""
    app.config.from_mapping(_SETTINGS)
    _compress.init_app(app)


def deliver(request: Request, response: Response) -> Response:
    """Compress a text, and say of every answer whether it may be kept."""
    # Revalidated and not forbidden: "back" keeps its page and a draft in it.
    default = "no-store" if request.path.startswith("/api/") else "no-cache"
    response.headers.setdefault("Cache-Control", default)
    # A prediction is about a kilobyte: compressing it costs more than sending it.
    is_worth_it = request.method in ("GET", "HEAD") and response.status_code == 200
    if is_worth_it and _refuses_some(request):
        response.vary.add("Accept-Encoding")
        return response
    return _compress.after_request(response) if is_worth_it else response


def _refuses_some(request: Request) -> bool:
    """Whether a caller wants one of our codings by no means, which Flask-Compress would send."""
    return any(
        not quality and name.lower() in _ALGORITHMS for name, quality in request.accept_encodings
    )
