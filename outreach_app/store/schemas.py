"""The database's shape: made by the migrations, checked at every opening, upgraded when it is older."""

from typing import Any

from sqlalchemy import Connection, Engine, MetaData

from outreach_app.model.errors import TooNew
from outreach_app.model.kinds import Registry
from outreach_app.model.records import REGISTRY
from outreach_app.store import tables
from outreach_app.texts import _

NEWEST = "0001"
"""The latest revision in store/migrations."""


def create_schema(engine: Engine, registry: Registry) -> None:
    """The tables of a new store. The program's own kinds come by the migrations, any other registry's as declared."""
    if registry is REGISTRY:
        _migrate(engine)
        return
    with engine.begin() as connection:
        declare(connection, registry.metadata)


def declare(connection: Connection, *kinds: MetaData) -> None:
    """Every table as it is declared now; the migrations must give the same, and a test compares."""
    for metadata in (tables.metadata, *kinds):
        metadata.create_all(connection)
    statements = [tables.SEARCH, *(tables.LINK_INDEXES if any("links" in each.tables for each in kinds) else ())]
    for statement in statements:
        connection.exec_driver_sql(statement)


def upgrade_schema(engine: Engine, registry: Registry) -> None:
    """Bring an older store up to date; TooNew for one that a newer program has written."""
    if registry is not REGISTRY:
        return
    with engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    if found == NEWEST:
        return
    if found is None or str(found) > NEWEST:
        raise TooNew(_("This store was written by a newer Outreach. Install the newest version, then open it again."))
    _migrate(engine)


def _migrate(engine: Engine) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "outreach_app.store:migrations")
    with engine.begin() as connection:
        attributes: dict[str, Any] = config.attributes
        attributes["connection"] = connection
        command.upgrade(config, "head")
