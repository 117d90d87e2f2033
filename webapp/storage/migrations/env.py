"""How Alembic runs the migrations here: on the connection that it is given."""

from alembic import context

from webapp.storage.catalogue import all_tables

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=all_tables(),
    render_as_batch=True,  # SQLite cannot alter a column; Alembic then makes the table anew
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
