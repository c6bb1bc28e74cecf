"""How a store begins: the space it founds or joins, its tables, and the first change in it."""

from sqlalchemy import Engine

from outreach_app.journal.statements import COORDINATOR, stated
from outreach_app.model.kinds import Registry
from outreach_app.store.blueprints import Blueprints, KeysOf
from outreach_app.store.engines import faults_told
from outreach_app.store.foundings import founding
from outreach_app.store.identities import DeviceIdentity, Joining, SpaceKeys
from outreach_app.store.indexes import catch_up
from outreach_app.store.intakes import Intake
from outreach_app.store.journals import digested
from outreach_app.store.projections import Projection
from outreach_app.store.recovery_keys import SETTING as RECOVERY
from outreach_app.store.recovery_keys import RecoveryKey
from outreach_app.store.schemas import create_schema
from outreach_app.store.settings import keep_setting
from outreach_app.store.sheet_words import made_for

SHEET_MADE = "sheet_made"
"""The store's setting that holds what is to be said of the first sheet, when there is somebody to say it to."""


def beginning(department: str, sheet: RecoveryKey | None = None) -> Joining:
    """A laptop that never was before, and the space it founds."""
    identity = DeviceIdentity.new()
    recovery = (sheet.recipient, sheet.public) if sheet else ("", b"")
    return Joining(identity, SpaceKeys.new(department, identity.public, recovery), COORDINATOR)


def found(
    engine: Engine,
    registry: Registry,
    worker: str,
    begun: Joining,
    keys_of: KeysOf | None,
    sheet: RecoveryKey | None = None,
) -> None:
    """Make the tables of a new store and say whose it is. A recovery key is kept until its sheet was proven."""
    with faults_told():
        create_schema(engine, registry)
    with faults_told(), engine.begin() as connection:
        for name, value in {
            "worker": worker,
            "seed": begun.identity.seed,
            "space": begun.space.as_values(),
            "role": begun.role,
        }.items():
            keep_setting(connection, name, value)
        if sheet is not None:
            keep_setting(connection, RECOVERY, sheet.seed)
            keep_setting(connection, SHEET_MADE, stated(made_for(sheet, begun.space)))
        change = founding(registry)
        if change:
            touched = Intake(connection).take([digested(change)])
            blueprints = Blueprints(registry, keys_of)
            Projection(connection, blueprints).project(touched)
            catch_up(connection, blueprints)
