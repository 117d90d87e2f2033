from __future__ import annotations

import re
from inspect import getsource

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text

from webapp.storage.catalogue import all_tables
from webapp.storage.engine import make_engine
from webapp.storage.migration import (
    bring_up_to_date,
    configuration,
    downgrade,
    is_up_to_date,
    last_revision,
    upgrade,
)


def tables(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names()) - {"alembic_version"}


def test_the_migrations_make_the_tables_that_the_code_describes(database_url: str) -> None:
    engine = make_engine(database_url)

    upgrade(engine)

    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, all_tables()) == []
    engine.dispose()


def test_no_migration_takes_away_what_the_version_before_goes_on_with() -> None:
    revisions = ScriptDirectory.from_config(configuration()).walk_revisions()

    changes = {one.revision: getsource(one.module.upgrade).lower() for one in revisions}

    assert [
        name for name, source in changes.items() if re.search("drop_|drop column|rename", source)
    ] == []


def test_every_migration_can_be_undone_and_done_again(database_url: str) -> None:
    engine = make_engine(database_url)
    upgrade(engine)
    made = tables(engine)

    downgrade(engine, "base")
    left = tables(engine)
    upgrade(engine)

    assert made == set(all_tables().tables)
    assert left == set()
    assert tables(engine) == made
    engine.dispose()


def test_corrections_keep_their_drawings_when_practice_comes_and_goes(database_url: str) -> None:
    engine = make_engine(database_url)
    upgrade(engine, "0004")
    _insert(engine, "a", "")
    upgrade(engine, "0005")
    _insert(engine, "b", ", 'practice'")
    before = _rows(engine, "SELECT id, origin FROM corrections ORDER BY id")

    downgrade(engine, "0004")

    assert before == [("a", "correction"), ("b", "practice")]
    assert _rows(engine, "SELECT id FROM corrections") == [("a",)]
    assert _rows(engine, "SELECT correction_id FROM corrected_drawings") == [("a",)]
    engine.dispose()


def test_what_the_served_run_read_becomes_a_reading_like_all_others(database_url: str) -> None:
    engine = make_engine(database_url)
    upgrade(engine, "0004")
    for name in "abc":
        _insert(engine, name, "")
    upgrade(engine, "0007")
    _execute(engine, "UPDATE corrections SET asked_run = 'r', asked_answer = '1' WHERE id <> 'c'")
    _execute(engine, "INSERT INTO correction_readings VALUES ('r', 'b', '7')")

    upgrade(engine)
    rows = _rows(engine, "SELECT run, correction_id, answer FROM correction_readings ORDER BY 2")
    downgrade(engine, "0007")

    assert rows == [("r", "a", "1"), ("r", "b", "7")]
    assert _rows(engine, "SELECT asked_run, id FROM corrections ORDER BY id") == [
        ("r", "a"), ("r", "b"), (None, "c"),
    ]  # fmt: skip
    assert len(_rows(engine, "SELECT correction_id FROM corrected_drawings")) == 3
    engine.dispose()


def _execute(engine: Engine, statement: str) -> None:
    with engine.begin() as connection:
        connection.execute(text(statement))


def _insert(engine: Engine, name: str, origin: str, at: str = "2026-11-29 12:00:00") -> None:
    columns = "id, token_hash, at, language, given_label, places, state"
    values = f"'{name}', '', '{at}', 'en', '7', 1, 'waiting'"
    columns += ", origin" if origin else ""
    with engine.begin() as connection:
        connection.execute(text(f"INSERT INTO corrections ({columns}) VALUES ({values}{origin})"))
        connection.execute(text(f"INSERT INTO corrected_drawings VALUES ('{name}', '[]', 'auto')"))


def _rows(engine: Engine, query: str) -> list[tuple[str, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def test_a_second_upgrade_changes_nothing(database_url: str) -> None:
    engine = make_engine(database_url)
    upgrade(engine)

    upgrade(engine)

    assert tables(engine) == set(all_tables().tables)
    engine.dispose()


def test_the_last_migration_is_known_without_alembic() -> None:
    assert ScriptDirectory.from_config(configuration()).get_heads() == [last_revision()]


def test_only_the_last_migration_makes_a_database_up_to_date(database_url: str) -> None:
    engine = make_engine(database_url)
    at_first = is_up_to_date(engine)

    bring_up_to_date(engine)
    afterwards = is_up_to_date(engine)
    downgrade(engine, "-1")

    assert (at_first, afterwards, is_up_to_date(engine)) == (False, True, False)
    engine.dispose()


def test_corrections_that_are_there_are_held_out_by_their_hour(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = make_engine(database_url)
    upgrade(engine, "0005")
    _insert(engine, "trained", "", "2026-11-30 09:15:00")
    _insert(engine, "held-out", "", "2026-11-30 05:59:59")
    engine.dispose()
    monkeypatch.setenv("PGTZ", "Asia/Ho_Chi_Minh")  # what PostgreSQL tells times in

    upgrade(engine, "0006")

    held_out = _rows(engine, "SELECT id FROM corrections WHERE is_held_out")
    assert held_out == [("held-out",)]
    downgrade(engine, "0005")
    assert len(_rows(engine, "SELECT mode FROM corrected_drawings")) == 2
    engine.dispose()
