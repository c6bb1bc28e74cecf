"""The doctor: rebuilds the tables from the journal and compares; looks for what points nowhere and for damage."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy import Connection

from outreach_app.model.identifiers import id_bytes
from outreach_app.model.kinds import Registry
from outreach_app.store.clusters import misplaced
from outreach_app.store.journals import Journal, chunks
from outreach_app.store.projections import KeysOf, Projection


@dataclass
class Checkup:
    """What the doctor found. All lists hold record ids or table names, never what people said."""

    records: int = 0
    differing: list[str] = field(default_factory=list)  # rows that are not what the journal makes
    missing: list[str] = field(default_factory=list)  # records of the journal without a row
    unfounded: list[str] = field(default_factory=list)  # rows without a journal
    pointing_nowhere: dict[str, int] = field(default_factory=dict)  # by "kind.field"
    damaged_pages: list[str] = field(default_factory=list)
    broken_changes: int = 0  # changes whose digest is not theirs

    @property
    def healthy(self) -> bool:
        """Whether nothing needs mending. What points nowhere may simply not have arrived yet."""
        return not (self.differing or self.missing or self.unfounded or self.damaged_pages or self.broken_changes)


def check(connection: Connection, registry: Registry, keys_of: KeysOf | None) -> Checkup:
    """Rebuild every row from the journal and compare it with the live one."""
    found = Checkup()
    projection = Projection(connection, registry, keys_of)
    for chunk in chunks(_records(connection)):
        for row in projection.rows(chunk):
            found.records += 1
            live = projection.live(row)
            if live is None:
                found.missing.append(row.record)
            elif not live:
                found.differing.append(row.record)
    for kind in registry:
        if registry[kind].about.joinable and "links" in registry:
            found.differing += misplaced(connection, kind)
        for chunk in chunks(connection.exec_driver_sql(f'SELECT id FROM "{kind}"').scalars().all()):  # noqa: S608 (a declared kind)
            held = Journal(connection).holds([id_bytes(each) for each in chunk])
            found.unfounded.extend(each for each in chunk if id_bytes(each) not in held)
    found.pointing_nowhere = dict(_pointing_nowhere(connection, registry))
    found.damaged_pages = [str(line) for line in connection.exec_driver_sql("PRAGMA cipher_integrity_check").scalars()]
    problems = connection.exec_driver_sql("PRAGMA integrity_check(20)").scalars().all()
    found.damaged_pages += [str(line) for line in problems if line != "ok"]
    found.broken_changes = Journal(connection).broken()
    return found


def _records(connection: Connection) -> list[bytes]:
    return list(connection.exec_driver_sql("SELECT DISTINCT record FROM writes ORDER BY record").scalars())


def _pointing_nowhere(connection: Connection, registry: Registry) -> Iterator[tuple[str, int]]:
    for kind in registry.values():
        for known in kind.fields:
            if not known.refers_to or known.refers_to not in registry or known.many:
                continue
            count = connection.exec_driver_sql(
                f'SELECT count(*) FROM "{kind.name}" k WHERE shown AND k."{known.name}" IS NOT NULL'  # noqa: S608 (declared names)
                f' AND NOT EXISTS (SELECT 1 FROM "{known.refers_to}" r WHERE r.id = k."{known.name}")'
            ).scalar_one()
            if count:
                yield f"{kind.name}.{known.name}", int(count)
