from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect

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
