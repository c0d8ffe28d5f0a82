"""Alembic's entry: migrates over the open, keyed connection that it is given."""

from alembic import context

from mediator.store.models import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=True,
    include_name=lambda name, kind, _parents: kind != "table" or not str(name).startswith("case_words"),
)
with context.begin_transaction():
    context.run_migrations()
