"""The first tables."""

from alembic import op

from outreach_app.model.records import REGISTRY
from outreach_app.store.schemas import declare

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make them."""
    declare(op.get_bind(), REGISTRY.metadata)
