"""Users: added, found, changed and removed, in a session of the database.

Whoever calls records it in the log, once the session has been committed.
"""

from __future__ import annotations

from typing import cast, get_args

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.accounts.access import Role
from webapp.accounts.errors import AccountError
from webapp.accounts.look_alikes import skeleton
from webapp.accounts.names import normalise_name
from webapp.accounts.passwords import hash_known_password, is_outdated, is_right
from webapp.accounts.tables import User
from webapp.storage.database import Database, lock_table
from webapp.storage.tables import now


def role_of(given: str) -> Role:
    """Read a role; raises AccountError where it is none."""
    if given not in get_args(Role):
        raise AccountError("role_unknown")
    return cast(Role, given)


def count_users(session: Session) -> int:
    """Count the users."""
    return session.scalar(select(func.count(User.id))) or 0


def list_users(session: Session) -> list[User]:
    """Every user, by name."""
    return list(session.scalars(select(User).order_by(User.name)))


def find_user(session: Session, name: str) -> User | None:
    """The user of that name, however it is written; None where there is none."""
    try:
        normalised = normalise_name(name)
    except AccountError:
        return None
    return session.scalar(select(User).where(User.name == normalised))


def require_user(session: Session, name: str) -> User:
    """The user of that name; raises AccountError where there is none."""
    user = find_user(session, name)
    if user is None:
        raise AccountError("name_unknown", name=name)
    return user


def add_user(session: Session, name: str, role: Role, password_hash: str | None = None) -> User:
    """Add a user, who needs a link to choose a password where none is given.

    Args:
        session: changes are for the caller to commit; nobody else adds a user until then.
        name: as typed; it is kept in a normal form.
        role: what the user may do.
        password_hash: None where the user shall choose a password by a link.

    Raises:
        AccountError: the name cannot be used, or is another's.
    """
    name = normalise_name(name)
    lock_table(session, User)
    if find_user(session, name):
        raise AccountError("name_taken", name=name)
    for other in list_users(session):
        if skeleton(other.name) == skeleton(name):
            raise AccountError("name_alike", name=name, other=other.name)
    user = User(name=name, role=role, password_hash=password_hash, created_at=now())
    session.add(user)
    session.flush()
    return user


def change_role(session: Session, user: User, role: Role) -> None:
    """Give a user another role; raises AccountError for the last operator."""
    if role != "operator":
        _require_another_operator(session, user)
    user.role = role


def remove_user(session: Session, user: User) -> None:
    """Remove a user with the sessions and links; raises AccountError for the last operator."""
    _require_another_operator(session, user)
    session.delete(user)


def right_user(database: Database, name: str, password: str) -> User | None:
    """The user with that name and password; takes as long for a name that nobody has.

    Raises:
        ConcurrencyLimitError: too many passwords are being hashed.
    """
    with database.reading() as session:  # ended before the hash, for which nobody shall wait
        user = find_user(session, name)
    return user if is_right(password, user.password_hash if user else None) else None


def hash_anew(database: Database, user: User, password: str) -> None:
    """Store a hash with today's parameters, now that the right password is known.

    Args:
        database: is written to only where the hash is out of date.
        user: as it was read; who has changed the password meanwhile keeps the new one.
        password: the right one.
    """
    if user.password_hash and is_outdated(user.password_hash):
        password_hash = hash_known_password(password)
        with database.session() as session:
            found = session.get(User, user.id)
            if found and found.password_hash == user.password_hash:
                found.password_hash = password_hash


def _require_another_operator(session: Session, user: User) -> None:
    """Refuse what would leave no operator with a password: links of others may run out."""
    lock_table(session, User)
    others = select(func.count(User.id)).where(
        User.role == "operator", User.password_hash.is_not(None), User.id != user.id
    )
    if user.role == "operator" and not session.scalar(others):
        raise AccountError("last_operator", name=user.name)
