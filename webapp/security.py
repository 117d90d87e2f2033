"""The headers that tell a browser what our pages may do: very little.

No inline script or style, nothing from another host, no frames. What a page
loads has to be a file of ours.
"""

from flask import Flask, Response, request

from webapp.services import services

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
    app.after_request(_protect)


def _protect(response: Response) -> Response:
    response.headers.extend(HEADERS)
    seconds = services().configuration.hsts_seconds
    # Over plain HTTP a browser must ignore the header (RFC 6797, 7.2).
    if request.is_secure and seconds:
        response.headers["Strict-Transport-Security"] = f"max-age={seconds}"
    return response
