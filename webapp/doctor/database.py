"""Whether the database answers, has the tables of this code, and knows of living processes.

The doctor changes nothing: it does not even make a SQLite file that is not there yet.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from webapp.activity.presence import present_workers
from webapp.configuration import Configuration
from webapp.health.check import Check
from webapp.jobs.claims import living_workers
from webapp.storage import migration
from webapp.storage.database import first_line
from webapp.storage.engine import make_engine


def examine_database(configuration: Configuration) -> Iterator[Check]:
    """Look at the database and, if its tables are those of this code, at what it knows."""
    url = make_url(configuration.database_address)
    engine = make_engine(configuration.database_address)
    if engine.dialect.name == "sqlite" and not Path(str(url.database)).exists():
        yield Check("database", "good", f"{url.database}: made at the first start")
        return
    shown = url.render_as_string(hide_password=True)
    try:
        yield from _look(engine, shown, configuration)
    except (SQLAlchemyError, OSError) as error:
        said = f"{shown} does not answer: {first_line(error)}"
        yield Check("database", "bad", said, _AWAY[engine.name])
    finally:
        engine.dispose()


_AWAY = {
    "sqlite": "see that the file and its folder belong to the server's user; restore a back-up "
    "where the file is damaged",
    "postgresql": "start it, and see NET_DATABASE_URL; drawing goes on meanwhile",
}


def _look(engine: Engine, shown: str, configuration: Configuration) -> Iterator[Check]:
    with engine.connect() as connection:
        found = set(MigrationContext.configure(connection).get_current_heads())
    yield Check("database", "good", f"{shown} answers")
    script = ScriptDirectory.from_config(migration.configuration())
    yield (tables := _migrations(found, script))
    if tables.state == "good":
        with Session(engine) as session:
            yield from _processes(session, configuration)


def _migrations(found: set[str], script: ScriptDirectory) -> Check:
    wanted = set(script.get_heads())
    shown = ", ".join(sorted(found))
    if found == wanted:
        return Check("migrations", "good", f"the tables are those of this code ({shown})")
    known = {revision.revision for revision in script.walk_revisions()}
    if found - known:
        return Check(
            "migrations",
            "bad",
            f"the tables ({shown}) belong to a newer version of the code",
            "install that version, or restore a back-up of this one: python -m webapp restore FILE",
        )
    return Check(
        "migrations",
        "warning",
        f"the tables are {f'those of {shown}' if shown else 'not made yet'}; "
        f"the next start brings them to {', '.join(sorted(wanted))}",
        "make a back-up first: python -m webapp backup FILE" if shown else "start the server",
    )


def _processes(session: Session, configuration: Configuration) -> Iterator[Check]:
    servers = present_workers(session)
    runs = sorted({str(server.run) for server in servers})
    if len(runs) > 1:
        said = f"web workers serve different runs: {', '.join(runs)}"
        advice = "see Releases in the admin pages for what those that are behind say"
        yield Check("web", "warning", said, advice)
    else:
        yield Check("web", "good", f"{len(servers)} web workers report")
    lease = timedelta(seconds=configuration.worker_lease_seconds)
    workers = living_workers(session, lease)
    if not workers:
        said, advice = "no worker lives: jobs wait", "start one: python -m webapp.jobs.worker"
        yield Check("workers", "warning", said, advice)
    elif not any(worker.can_train for worker in workers):
        said = f"{len(workers)} workers live, none of which can train"
        yield Check("workers", "warning", said, "install requirements.txt where one runs")
    else:
        yield Check("workers", "good", f"{len(workers)} workers live")
