"""Alembic's entry: migrations run on the connection that `belay.storage.engine` gives."""

from __future__ import annotations

from alembic import context

from belay.storage import link_tables, safety_tables, schema, tables

assert link_tables.link_code is not None
assert safety_tables.safety_choice is not None
assert tables.client is not None  # importing the tables registers them
connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=schema.metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
