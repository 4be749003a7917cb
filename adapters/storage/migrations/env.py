"""Alembic runs this for every command.

`adapters.storage.schema` hands it a connection inside a transaction, so that an upgrade is all or nothing.
"""

from alembic import context

from adapters.storage.tables import metadata

attributes = context.config.attributes
context.configure(
    connection=attributes["connection"],
    target_metadata=metadata,
    version_table=attributes["version_table"],
    render_as_batch=True,  # SQLite alters a table by writing it anew
)
with context.begin_transaction():
    context.run_migrations()
