"""How often somebody may fail to sign in: per name and address, in Flask-Limiter's hands.

One person's slips slow that person down and nobody else at the same address, as a school has one;
looser limits per address and per name stop whoever tries many.  A browser in which somebody
signed in before is counted by itself.

Without ``NET_LIMITS_URL`` each worker counts for itself. A Redis that is away never keeps
anybody out: each worker counts for itself until it is back.
"""

from __future__ import annotations

import time

from flask import Flask, Response, make_response, request
from flask_babel import gettext
from flask_limiter import Limiter, RateLimitExceeded
from flask_login import current_user

from webapp import problems
from webapp.accounts.errors import AccountError
from webapp.accounts.names import normalise_name
from webapp.accounts.web import known_browser, monotonic_storage
from webapp.accounts.web.addresses import client_address, network_of
from webapp.accounts.web.sign_in_page import sign_in_page
from webapp.configuration import Configuration

# A slip costs seconds, many cost minutes.
PER_NAME_AND_ADDRESS = "5 per 20 seconds; 10 per 2 minutes; 20 per 15 minutes; 100 per day"
PER_ADDRESS = "60 per 5 minutes; 600 per day"  # a school has one
PER_NAME = "60 per 15 minutes; 300 per day"
FAILED = 401  # the status of an answer that counts
SHORTEST_WAIT_SECONDS = 1

# These have webapp.operations.allowance; looking for limits would take longer than their log line.
_WITHOUT = frozenset(
    {
        "predictions.create_prediction",
        "batches.create_predictions",
        "pictures.create_picture_prediction",
        "explanations.create_explanation",
        "explanations.create_picture_explanation",
    }
)
_REDIS_OPTIONS: dict[str, str | int] = {"socket_connect_timeout": 1, "socket_timeout": 1}


def _visitor() -> str:
    return network_of(client_address())


def _pair() -> str:
    """Who tries which name: a browser that is known for it, or an address."""
    name = _name()
    return f"{known_browser.mark_of(name) or _visitor()} {name}"


def _is_known() -> bool:
    return known_browser.mark_of(_name()) is not None


def _name() -> str:
    try:
        return normalise_name(request.form.get("name", ""))
    except AccountError:
        return "nobody"


def _person() -> str:
    return str(current_user.name)


def _has_failed(response: Response) -> bool:
    return response.status_code == FAILED


limiter = Limiter(
    key_func=_visitor,
    key_prefix="net",
    in_memory_fallback_enabled=True,
    swallow_errors=True,
    headers_enabled=False,
    fail_on_first_breach=False,  # the longest wait is told, and not one after the other
)

by_pair = limiter.shared_limit(
    PER_NAME_AND_ADDRESS, scope="sign-in", methods=["POST"], key_func=_pair, deduct_when=_has_failed
)
by_address = limiter.shared_limit(
    PER_ADDRESS, scope="sign-in-address", methods=["POST"], deduct_when=_has_failed,
    exempt_when=_is_known,
)  # fmt: skip
by_name = limiter.shared_limit(
    PER_NAME, scope="sign-in-name", methods=["POST"], key_func=_name, deduct_when=_has_failed,
    exempt_when=_is_known,
)  # fmt: skip
by_person = limiter.shared_limit(
    PER_NAME_AND_ADDRESS, scope="password", methods=["POST"], key_func=_person,
    deduct_when=_has_failed,
)  # fmt: skip


def init_app(app: Flask, configuration: Configuration) -> None:
    """Count in the storage that the settings name, and say in words when it is too much."""
    scheme = configuration.limits_url.partition(":")[0]
    in_memory = f"{monotonic_storage.SCHEME}://"
    app.config["RATELIMIT_STORAGE_URI"] = (
        in_memory if scheme == "memory" else configuration.limits_url
    )
    if "redis" in scheme:
        app.config["RATELIMIT_STORAGE_OPTIONS"] = _REDIS_OPTIONS
    limiter.init_app(app)
    # All limits are decorators, which ask by themselves.  The hook before each request would look
    # for further ones, and the one at its end wipes what ends with the request anyway.
    app.before_request_funcs[None].pop()
    app.teardown_request_funcs[None].pop()
    deduct = app.after_request_funcs[None].pop()

    def deduct_where_limited(response: Response) -> Response:
        return response if request.endpoint in _WITHOUT else deduct(response)  # type: ignore[return-value]

    app.after_request(deduct_where_limited)
    app.register_error_handler(RateLimitExceeded, _too_often)


def _too_often(_: RateLimitExceeded) -> Response:
    seconds = _seconds_to_wait()
    sentence = gettext(
        "Too many wrong attempts for this name from here. Wait %(seconds)s seconds.",
        seconds=seconds,
    )
    is_sign_in = request.endpoint == "accounts.create_session"
    response = (
        make_response(sign_in_page(sentence, name=request.form.get("name", "")), 429)
        if is_sign_in
        else problems.answer(429, detail=sentence)
    )
    response.retry_after = seconds
    return response


def _seconds_to_wait() -> int:
    """Until all limits that were exceeded are over."""
    exceeded = [limit for limit in limiter.current_limits if limit.breached]
    waits = [min(int(one.reset_at - time.time()) + 1, one.limit.get_expiry()) for one in exceeded]
    return max([SHORTEST_WAIT_SECONDS, *waits])
