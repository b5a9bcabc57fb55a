"""Runs migrations on the connection that it is handed."""

from alembic import context

from shop.adapters.sql import (  # noqa: F401 - they define tables
    audit,
    commerce_tables,
    consents,
    conversation_tables,
    identities,
)
from shop.adapters.sql.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
