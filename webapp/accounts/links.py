"""Links by which one person chooses a password once: the first operator's, and an added user's."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from webapp.accounts.access import Role
from webapp.accounts.tables import User, UserLink
from webapp.accounts.tokens import hash_of, new_token
from webapp.accounts.users import add_user, count_users
from webapp.storage.database import lock_table
from webapp.storage.tables import now

FIRST_HOURS = 24  # of the link that the first start prints
HOURS = 72  # of a link that an operator hands on

_FIRST_ROLE: Role = "operator"


class LinkError(Exception):
    """Raised for a link that was used, has expired, or never was made."""


def make_link(session: Session, user: User | None = None) -> str:
    """Make a link's token, which takes the place of the user's earlier ones.

    Args:
        session: of the database.
        user: who may choose a password; None: whoever comes first, as the first operator.
    """
    if user is not None:
        session.execute(delete(UserLink).where(UserLink.user_id == user.id))
    session.execute(delete(UserLink).where(UserLink.expires_at < now()))
    token = new_token()
    hours = FIRST_HOURS if user is None else HOURS
    session.add(
        UserLink(
            token_hash=hash_of(token),
            user_id=user.id if user else None,
            expires_at=now() + timedelta(hours=hours),
        )
    )
    return token


def find_link(session: Session, token: str) -> UserLink:
    """The link of a token.

    Raises:
        LinkError: it is not valid, or is a first operator's and there are users already.
    """
    query = select(UserLink).where(UserLink.token_hash == hash_of(token))
    link = session.scalar(query)
    is_late = link is not None and link.user_id is None and count_users(session) > 0
    if link is None or link.expires_at < now() or is_late:
        raise LinkError
    return link


def use_link(session: Session, token: str, name: str, password_hash: str) -> User:
    """Give the link's user a password, or make the first operator; the link is used then.

    Args:
        session: of the database, one that writes.
        token: of the link.
        name: of the first operator; a user who has been added has one.
        password_hash: of the password that was chosen.

    Raises:
        LinkError: it is not valid, or is a first operator's and there are users already.
        AccountError: the name cannot be used.
    """
    lock_table(session, User)  # of two who come at the same moment, one is the first
    link = find_link(session, token)
    user = link.user or add_user(session, name, _FIRST_ROLE)
    user.password_hash = password_hash
    session.execute(delete(UserLink).where(UserLink.id == link.id))
    if link.user_id is None:
        session.execute(delete(UserLink).where(UserLink.user_id.is_(None)))
    return user


def has_first_link(session: Session) -> bool:
    """Whether a link for the first operator waits to be used."""
    query = select(UserLink.id).where(UserLink.user_id.is_(None), UserLink.expires_at > now())
    return session.scalar(query.limit(1)) is not None
