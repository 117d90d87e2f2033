"""The headers that tell a browser what our pages may do: very little.

No inline script or style, nothing from another host, no frames. What a page
loads has to be a file of ours.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from flask import Flask

from webapp.services import services_of

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "connect-src 'self'",
        "font-src 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)

_FEATURES_NOBODY_NEEDS = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "display-capture",
    "encrypted-media",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "publickey-credentials-get",
    "screen-wake-lock",
    "serial",
    "usb",
    "xr-spatial-tracking",
)

PERMISSIONS_POLICY = ", ".join(
    ["camera=(self)", *(f"{feature}=()" for feature in _FEATURES_NOBODY_NEEDS)]
)

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Permissions-Policy": PERMISSIONS_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",  # what frame-ancestors says, for browsers before 2018
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def init_app(app: Flask) -> None:
    """Put the headers on every answer, errors included."""
    app.wsgi_app = _protect(app.wsgi_app, services_of(app).configuration.hsts_seconds)  # type: ignore[assignment,method-assign]


def _protect(answer: WSGIApplication, hsts_seconds: int) -> WSGIApplication:
    """Wrap the whole app, so that no answer lacks the headers and no hook looks them through.

    Args:
        answer: the app to protect.
        hsts_seconds: how long a browser shall come by HTTPS only; at 0 it is not told to.
    """
    plain = list(HEADERS.items())
    # Over plain HTTP a browser must ignore the header (RFC 6797, 7.2).
    secure = [*plain, ("Strict-Transport-Security", f"max-age={hsts_seconds}")]

    def protected(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        is_secure = hsts_seconds and environ.get("wsgi.url_scheme") == "https"
        added = secure if is_secure else plain

        def start(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
            return start_response(status, headers + added, *error)

        return answer(environ, start)

    return protected
