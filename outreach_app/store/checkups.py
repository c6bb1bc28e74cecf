"""The doctor: rebuilds the tables from the journal and compares; looks for what points nowhere and for damage."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection

from outreach_app.model.identifiers import id_bytes
from outreach_app.model.kinds import Registry
from outreach_app.store import tables
from outreach_app.store.blueprints import Blueprints, Row
from outreach_app.store.clusters import misplaced
from outreach_app.store.indexes import numbered
from outreach_app.store.journals import Journal, chunks
from outreach_app.store.projections import Projection
from outreach_app.store.statements import Statements


@dataclass
class Checkup:
    """What the doctor found. All lists hold record ids or table names, never what people said."""

    records: int = 0
    differing: list[str] = field(
        default_factory=list
    )  # what is shown, found or to decide is not what the journal makes
    missing: list[str] = field(default_factory=list)  # records of the journal without a row
    unfounded: list[str] = field(default_factory=list)  # rows without a journal
    pointing_nowhere: dict[str, int] = field(default_factory=dict)  # by "kind.field"
    damaged_pages: list[str] = field(default_factory=list)
    broken_changes: int = 0  # changes whose digest is not theirs, or that are gone from their run

    @property
    def healthy(self) -> bool:
        """Whether nothing needs mending. What points nowhere may simply not have arrived yet."""
        faults = self.differing or self.missing or self.unfounded or self.damaged_pages
        return not (faults or self.broken_changes)

    @property
    def repairable(self) -> bool:
        """Whether only what follows from the journal is wrong, so that it can be made from it again."""
        return not (self.healthy or self.damaged_pages or self.broken_changes)


def check(connection: Connection, registry: Registry, blueprints: Blueprints) -> Checkup:
    """Rebuild everything that follows from the journal and compare it with what is there."""
    found = Checkup()
    differing: set[str] = set()
    projection, rebuilt = Projection(connection, blueprints), _Rebuilt(connection, blueprints)
    for chunk in chunks(_records(connection)):
        loaded = Journal(connection).load(chunk)
        rows = projection.made(loaded)
        found.records += len(rows)
        for row in rows:
            live = projection.live(row)
            if live is None:
                found.missing.append(row.record)
            elif not live:
                differing.add(row.record)
        differing |= projection.misfiled(rows)
        rebuilt.add(rows)
    differing |= rebuilt.misindexed()
    do = Statements(connection)
    for kind in registry:
        if registry[kind].about.joinable and "links" in registry:
            differing.update(misplaced(connection, kind))
        for chunk in chunks(do(f'SELECT id FROM "{kind}"').scalars()):  # noqa: S608 (a declared kind)
            held = Journal(connection).holds(kind, [id_bytes(each) for each in chunk])
            found.unfounded.extend(each for each in chunk if id_bytes(each) not in held)
    found.differing = sorted(differing)
    found.pointing_nowhere = dict(_pointing_nowhere(connection, registry))
    found.damaged_pages = list(_damage(connection))
    found.broken_changes = Journal(connection).broken()
    return found


class _Rebuilt:
    """The index of the search, made anew in a temporary table and compared there.

    It is in memory, and goes when the reading transaction ends.
    """

    def __init__(self, connection: Connection, blueprints: Blueprints) -> None:
        self._blueprints, self._connection = blueprints, connection
        self._do = Statements(connection)
        self._do(tables.SEARCH.replace("TABLE search", "TABLE temp.search_anew"))
        self._do("CREATE VIRTUAL TABLE temp.words_anew USING fts5vocab(temp, search_anew, instance)")
        self._do("CREATE VIRTUAL TABLE temp.live_words USING fts5vocab(main, search, instance)")

    def add(self, rows: Sequence[Row]) -> None:
        """The rows made of some records."""
        entries = [self._blueprints.entry_of(row) for row in rows]
        numbers = numbered(self._connection, entries)
        known = [each for each in entries if (each.record, each.kind) in numbers]
        words = [(numbers[each.record, each.kind], each.words) for each in known if each.words]
        if words:
            self._do("INSERT INTO temp.search_anew (rowid, words) VALUES (?,?)", words)

    def misindexed(self) -> set[str]:
        """The records that the search would not find by their words, or by others."""
        one, other = (f"SELECT doc, col, term, offset FROM temp.{made}" for made in ("live_words", "words_anew"))  # noqa: S608 (ours)
        docs = {row[0] for a, b in ((one, other), (other, one)) for row in self._do(f"{a} EXCEPT {b}")}
        known = dict(self._do("SELECT row, record FROM search_rows").all())
        return {known.get(doc, f"search row {doc}") for doc in docs}


def _damage(connection: Connection) -> Iterator[str]:
    """What SQLCipher and SQLite say of pages that are not as they were written."""
    do = Statements(connection)
    yield from map(str, do("PRAGMA cipher_integrity_check").scalars())
    problems = do("PRAGMA integrity_check(20)").scalars()
    yield from (str(line) for line in problems if line != "ok")


def _records(connection: Connection) -> list[bytes]:
    return Statements(connection)("SELECT DISTINCT record FROM writes ORDER BY record").scalars()


def _pointing_nowhere(connection: Connection, registry: Registry) -> Iterator[tuple[str, int]]:
    for kind in registry.values():
        for known in kind.fields:
            if not known.refers_to or known.refers_to not in registry or known.many:
                continue
            count = Statements(connection)(
                f'SELECT count(*) FROM "{kind.name}" k WHERE shown AND k."{known.name}" IS NOT NULL'  # noqa: S608 (declared names)
                f' AND NOT EXISTS (SELECT 1 FROM "{known.refers_to}" r WHERE r.id = k."{known.name}")'
            ).scalar()
            if count:
                yield f"{kind.name}.{known.name}", int(count)
