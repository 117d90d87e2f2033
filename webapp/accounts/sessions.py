"""Sign-ins: a row each, which ends when it is told to, when idle for long, or after some hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from webapp.accounts.tables import User, UserSession
from webapp.accounts.tokens import hash_of, new_token
from webapp.configuration import Configuration
from webapp.storage.database import Database
from webapp.storage.tables import now

_SEEN_STEP = timedelta(minutes=1)  # how exactly the last request is known: writing costs


@dataclass(frozen=True)
class Lifetimes:
    """Says how long a sign-in lasts."""

    idle: timedelta  # without a request
    whole: timedelta  # at most

    @classmethod
    def of(cls, configuration: Configuration) -> Lifetimes:
        """Read the lifetimes from the settings."""
        return cls(
            timedelta(minutes=configuration.session_idle_minutes),
            timedelta(hours=configuration.session_hours),
        )


def begin_session(session: Session, user: User, address: str, browser: str) -> str:
    """Sign a user in; returns the token that the browser keeps.

    Args:
        session: changes are for the caller to commit.
        user: who has just shown the right password, or a link.
        address: of the caller, which the user's own page shows.
        browser: the User-Agent header; 200 printable characters of it are kept.
    """
    token = new_token()
    moment = now()
    session.add(
        UserSession(
            token_hash=hash_of(token),
            user_id=user.id,
            created_at=moment,
            last_seen_at=moment,
            address=address,
            browser="".join(filter(str.isprintable, browser))[:200],
        )
    )
    return token


def find_session(database: Database, token: str, lifetimes: Lifetimes) -> UserSession | None:
    """The sign-in of a token with its user, noted as seen now; None if it has ended.

    Args:
        database: is written to only when the last sight is a while ago.
        token: as the browser sent it; only its hash is stored.
        lifetimes: after how much idleness, and when in any case, a sign-in ends.
    """
    with database.reading() as session:
        found = session.scalar(select(UserSession).where(UserSession.token_hash == hash_of(token)))
    moment = now()
    if found is None or not _is_alive(found, lifetimes, moment):
        return None
    if moment - found.last_seen_at > min(_SEEN_STEP, lifetimes.idle / 10):
        seen = update(UserSession).where(UserSession.id == found.id).values(last_seen_at=moment)
        database.write_or_lose(lambda session: session.execute(seen), "a session's last request")
    return found


def sessions_of(session: Session, user_id: int, lifetimes: Lifetimes) -> list[UserSession]:
    """The sign-ins of a user that have not ended, the latest seen first."""
    rows = session.scalars(
        select(UserSession)
        .where(UserSession.user_id == user_id)
        .order_by(UserSession.last_seen_at.desc())
    )
    moment = now()
    return [row for row in rows if _is_alive(row, lifetimes, moment)]


def end_session(session: Session, user_id: int, session_id: int) -> None:
    """End one sign-in of a user; one that is another's or has ended stays as it is.

    Args:
        session: of the database; changes are for the caller to commit.
        user_id: whose sign-in it must be.
        session_id: of the sign-in.
    """
    session.execute(
        delete(UserSession).where(UserSession.id == session_id, UserSession.user_id == user_id)
    )


def end_sessions_of(session: Session, user_id: int) -> None:
    """End every sign-in of a user."""
    session.execute(delete(UserSession).where(UserSession.user_id == user_id))


def forget_ended_sessions(session: Session, lifetimes: Lifetimes) -> None:
    """Remove what has run out, whoever's it was."""
    moment = now()
    session.execute(
        delete(UserSession).where(
            or_(
                UserSession.created_at < moment - lifetimes.whole,
                UserSession.last_seen_at < moment - lifetimes.idle,
            )
        )
    )


def _is_alive(found: UserSession, lifetimes: Lifetimes, moment: datetime) -> bool:
    is_fresh = moment - found.last_seen_at <= lifetimes.idle
    return is_fresh and moment - found.created_at <= lifetimes.whole
