"""How the very first person gets in: a link that is printed, or a password from the settings.

There is no default password. While there is no user, each start of the server prints a link that
works until somebody has used one.
"""

from __future__ import annotations

import re

import structlog
from sqlalchemy.orm import Session

from webapp.accounts.errors import AccountError
from webapp.accounts.links import FIRST_HOURS, has_first_link, make_link
from webapp.accounts.passwords import hash_password
from webapp.accounts.tables import User
from webapp.accounts.users import add_user, count_users
from webapp.audit.lines import COMMAND_LINE, write
from webapp.configuration import Configuration
from webapp.storage.database import Database, DatabaseAwayError, lock_table

FIRST_NAME = "operator"  # whose password NET_ADMIN_PASSWORD is

_EVERYWHERE = re.compile(r"^(0\.0\.0\.0|\[::\])?(?=:)")
_HOST_AND_PORT = re.compile(r"(?:[\w.-]+|\[[0-9a-f:]+\]):[0-9]+", re.IGNORECASE)
_log = structlog.get_logger()


def open_the_first_way_in(
    database: Database, configuration: Configuration, address: str, *, again: bool = True
) -> None:
    """Add the first operator or print a link for one, if nobody can sign in yet.

    Args:
        database: of the app; if it is away, the log says so, and that is all.
        configuration: of the app.
        address: where the server listens, as ``http://127.0.0.1:8000``, ``[::]:80`` or ``unix:…``.
        again: print a link even if an earlier one still waits, and can still be used.
    """
    password_hash = _given_hash(configuration)
    try:
        with database.session() as session:
            token = _let_somebody_in(session, password_hash, again)
        if token is None:
            return
        if password_hash:
            write(database, COMMAND_LINE, "", "user.add", FIRST_NAME, {"role": "operator"})
            _log.info("the first operator has the password of the settings", name=FIRST_NAME)
            return
    except DatabaseAwayError as error:
        _log.warning("the admin pages have no database", reason=str(error))
        return
    _log.warning(
        "nobody can sign in yet: open this link and choose a name and a password",
        link=f"{_where(address)}/set-up/{token}",
        hours=FIRST_HOURS,
    )


def _let_somebody_in(session: Session, password_hash: str | None, again: bool) -> str | None:
    """Add the first operator (and return an empty token), or return that of a new link."""
    lock_table(session, User)  # several servers may start for the first time at once
    if count_users(session) or (has_first_link(session) and not again and not password_hash):
        return None
    if not password_hash:
        return make_link(session)
    add_user(session, FIRST_NAME, "operator", password_hash)
    return ""


def _given_hash(configuration: Configuration) -> str | None:
    if not configuration.admin_password:
        return None
    try:
        return hash_password(configuration.admin_password, FIRST_NAME)
    except AccountError as error:
        _log.error("NET_ADMIN_PASSWORD is of no use", reason=error.sentence)
        return None


def _where(address: str) -> str:
    """Say what stands before a path so that a person can open it on this machine."""
    address = _EVERYWHERE.sub("localhost", address.removeprefix("http://"))
    return f"http://{address}" if _HOST_AND_PORT.fullmatch(address) else ""
