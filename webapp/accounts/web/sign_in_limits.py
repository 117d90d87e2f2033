"""How often somebody may fail to sign in: per name and address, in Flask-Limiter's hands.

One person's slips slow that person down and nobody else at the same address, as a school has one;
looser limits per address and per name stop whoever tries many.  A browser in which somebody
signed in before is counted by itself.
"""

from __future__ import annotations

from flask import Response, request
from flask_login import current_user

from webapp.accounts.errors import AccountError
from webapp.accounts.names import normalise_name
from webapp.accounts.web import known_browser
from webapp.limiting.limiter import limiter, visitor

# A slip costs seconds, many cost minutes.
PER_NAME_AND_ADDRESS = "5 per 20 seconds; 10 per 2 minutes; 20 per 15 minutes; 100 per day"
PER_ADDRESS = "60 per 5 minutes; 600 per day"  # a school has one
PER_NAME = "60 per 15 minutes; 300 per day"
FAILED = 401  # the status of an answer that counts


def _pair() -> str:
    """Name who tries which name: a browser that is known for it, or an address."""
    name = _name()
    return f"{known_browser.mark_of(name) or visitor()} {name}"


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
