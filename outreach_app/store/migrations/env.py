"""Run by Alembic, on the connection that the store hands over (the key never leaves the store)."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], target_metadata=None)
context.run_migrations()
