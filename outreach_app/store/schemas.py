"""The database's shape: made by the migrations, checked at every opening, upgraded when it is older."""

from typing import Any

from sqlalchemy import Column, Connection, Engine, MetaData

from outreach_app.model.errors import TooNew
from outreach_app.model.fields import Field
from outreach_app.model.kinds import Registry
from outreach_app.model.records import REGISTRY
from outreach_app.store import tables
from outreach_app.store.damages import database_damaged
from outreach_app.store.engines import faults_told
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
    made = [table for metadata in kinds for table in metadata.sorted_tables if "stands_under" in table.c]
    named = [table.name for table in made]
    pointing = [(table.name, column.name) for table in made for column in table.c if _points(column)]
    statements = [tables.SEARCH, *(tables.FILLED_INDEX.format(kind=kind, column=name) for kind, name in pointing)]
    statements += [tables.LISTED_INDEX.format(kind=kind, column=by) for kind in named for by in ("sort_key", "made_at")]
    statements += [each.format(kind=kind) for kind in named for each in tables.COUNTED]
    statements += tables.LINK_INDEXES if "links" in named else ()
    statements += (tables.STATES,) if "follow_ups" in named else ()
    for statement in statements:
        connection.exec_driver_sql(statement)


def _points(column: Column[Any]) -> bool:
    """Whether a column holds the id of one record."""
    field = column.info.get("field")
    return column.name == "stands_under" or (isinstance(field, Field) and bool(field.refers_to) and not field.many)


def upgrade_schema(engine: Engine, registry: Registry) -> None:
    """Bring an older store up to date; TooNew for one that a newer program has written."""
    if registry is not REGISTRY:
        return
    found = _version(engine)
    if found == NEWEST:
        return
    if found > NEWEST:
        raise TooNew(_("This store was written by a newer Outreach. Install the newest version, then open it again."))
    _migrate(engine)


def _version(engine: Engine) -> str:
    """The revision a database is at. Raises Damaged for one that is whole but no store, NotWritable."""
    with faults_told(), engine.connect() as connection:
        made = connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").scalar()
        found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() if made else None
    if found is None:
        raise database_damaged()
    return str(found)


def _migrate(engine: Engine) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "outreach_app.store:migrations")
    with engine.begin() as connection:
        attributes: dict[str, Any] = config.attributes
        attributes["connection"] = connection
        command.upgrade(config, "head")
