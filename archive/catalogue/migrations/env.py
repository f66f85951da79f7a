"""What Alembic runs: the steps, over the connection that `archive.catalogue.database` gives."""

from alembic import context

from archive.catalogue.models import Row

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Row.metadata,
    render_as_batch=True,  # SQLite alters most things only by copying the table
)
with context.begin_transaction():
    context.run_migrations()
