from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.webapp.storage.conftest import migrated_database
from webapp.accounts.access import Role
from webapp.accounts.errors import AccountError
from webapp.accounts.users import (
    add_user,
    change_role,
    find_user,
    list_users,
    remove_user,
    require_user,
)
from webapp.storage.database import Database

__all__ = ["migrated_database"]


@pytest.fixture
def database(migrated_database: Database) -> Database:
    return migrated_database


def add(database: Database, name: str, role: Role = "operator", password: str | None = "x") -> None:
    with database.session() as session:
        add_user(session, name, role, password)


def operators(database: Database) -> list[str]:
    with database.reading() as session:
        return [user.name for user in list_users(session) if user.role == "operator"]


def test_a_name_can_be_had_once_however_it_is_written(database: Database) -> None:
    add(database, "Đặng.An")

    with pytest.raises(AccountError, match=r"already somebody called đặng\.an"):
        add(database, "đa\u0323\u0306ng.AN")


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("\u0430n", "alphabet"),  # Cyrillic a beside a Latin n
        ("l\u03bfan", "alphabet"),  # Greek omicron
        ("\u0561n", "alphabet"),  # Armenian
        ("\u0621n", "alphabet"),  # Arabic
        ("an\u0665", "alphabet"),  # an Arabic-Indic digit
        ("an\u3164", "alphabet"),  # a letter that nobody sees
        ("\u3164", "alphabet"),
        ("\u043e\u0441\u043e", "looks like"),  # all Cyrillic, beside "oco"
        ("0c0", "looks like"),
        ("\u1d0fco", "looks like"),  # a small capital
        ("\uff4fco", "already somebody"),  # full-width
        ("\u24deco", "already somebody"),  # in a circle, beside "oco"
        ("oc\u200bo", "letters, digits"),  # a space of no width
        ("oc\u043e", "alphabet"),
    ],
)
def test_names_that_look_alike_are_refused(database: Database, name: str, reason: str) -> None:
    add(database, "oco")

    with pytest.raises(AccountError, match=reason):
        add(database, name)


@pytest.mark.parametrize(
    "name", ["trần.bình", "иван", "νίκος", "山田たろう", "김민수", "lan2", "o1"]
)
def test_names_of_every_alphabet_are_taken(database: Database, name: str) -> None:
    add(database, "oco")

    add(database, name)


def test_nobody_is_found_by_a_name_that_nobody_can_have(database: Database) -> None:
    with database.reading() as session:
        assert find_user(session, "a\0b") is None
        with pytest.raises(AccountError, match="nobody called nobody"):
            require_user(session, "nobody")


def test_the_last_operator_is_neither_removed_nor_demoted(database: Database) -> None:
    add(database, "an")
    add(database, "binh", "viewer")
    add(database, "chi", "operator", None)  # has not chosen a password yet

    with pytest.raises(AccountError, match="last operator"), database.session() as session:
        remove_user(session, require_user(session, "an"))
    with pytest.raises(AccountError, match="last operator"), database.session() as session:
        change_role(session, require_user(session, "an"), "viewer")

    assert operators(database) == ["an", "chi"]


def test_one_of_two_operators_may_go(database: Database) -> None:
    add(database, "an")
    add(database, "binh")

    with database.session() as session:
        remove_user(session, require_user(session, "an"))

    assert operators(database) == ["binh"]


def test_operators_who_demote_each_other_at_once_leave_one(database: Database) -> None:
    names = ["an", "binh", "chi", "dung"]
    for name in names:
        add(database, name)

    def demote(name: str) -> None:
        try:
            with database.session() as session:
                change_role(session, require_user(session, name), "viewer")
        except AccountError:
            return

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(demote, names))

    assert len(operators(database)) == 1
