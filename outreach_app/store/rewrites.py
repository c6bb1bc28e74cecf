"""Records that have a row and were only written to again: what stands of them, read without who wrote it and when.

Looking that up, for each write in another place of the database, is most of what reading a journal takes. Of a plain
record nothing shown follows from it but how it began, which its row tells, and when it last changed.
"""

from collections.abc import Collection, Mapping
from operator import itemgetter

from sqlalchemy import Connection

from outreach_app.journal.changes import Slot, Stamped, Write, WriteId
from outreach_app.model.identifiers import id_bytes, id_text
from outreach_app.store.intakes import Touched
from outreach_app.store.journals import chunks
from outreach_app.store.packing import unpacked_value
from outreach_app.store.record_journals import Made, RecordJournal, Span, replaced_in
from outreach_app.store.statements import Statements

_slot = itemgetter(0, 1, 2, 3)
_WRITTEN = "SELECT record, kind, field, element, run, number, value, replaces FROM writes"


def written_on(
    connection: Connection, kinds: Collection[str], spans: Mapping[bytes, Touched | None]
) -> dict[bytes, RecordJournal]:
    """What stands of those of the records that are plain, each with what its row says of how it began.

    Plain: of one of the ``kinds`` that have a table and of no other, shown by no workbook, with no two writes in one
    slot, and written to by nothing older than itself.
    """
    began = _began(connection, kinds, spans)
    found = _plain(connection, {raw: kind for raw, (kind, _span) in began.items()})
    for raw, journal in found.items():
        kind, span = began[raw]
        journal.kinds[kind] = span
    return found


def _began(
    connection: Connection, kinds: Collection[str], spans: Mapping[bytes, Touched | None]
) -> dict[bytes, tuple[str, Span]]:
    """Of those that have a row and were written to by nothing older: their kind, how they began, and when they last
    changed."""
    by_kind: dict[str, list[str]] = {}
    for raw, span in spans.items():
        if span and span.kind in kinds:
            by_kind.setdefault(span.kind, []).append(id_text(raw))
    began: dict[bytes, tuple[str, Span]] = {}
    for kind, members in by_kind.items():
        for chunk in chunks(members):
            marks = ",".join("?" * len(chunk))
            columns = "id, made_at, made_by, made_on, source, changed_at"
            statement = f'SELECT {columns} FROM "{kind}" WHERE id IN ({marks})'  # noqa: S608 (a declared kind)
            for record, at, by, on, source, changed in Statements(connection)(statement, tuple(chunk)):
                raw = id_bytes(record)
                span = spans[raw]
                if span and span.first > at:
                    made = Made(at, b"", 0, by, bytes.fromhex(on), source)
                    began[raw] = kind, Span(made, max(changed, span.last))
    return began


def _plain(connection: Connection, kinds: Mapping[bytes, str]) -> dict[bytes, RecordJournal]:
    """What stands of those of the records, each of a kind, of which nothing of another kind was written, that no
    workbook showed and of which no slot holds two writes."""
    do = Statements(connection)
    found: dict[bytes, RecordJournal] = {}
    for chunk in chunks(kinds):
        marks = ",".join("?" * len(chunk))
        told = tuple(chunk)
        odd = set(do(f"SELECT DISTINCT record FROM reading_rows WHERE record IN ({marks})", told).scalars())  # noqa: S608 (only question marks)
        texts = {raw: id_text(raw) for raw in chunk}
        slots: set[tuple[bytes, str, str]] = set()
        rows = do(f"{_WRITTEN} WHERE record IN ({marks})", told).all()
        gone = replaced_in(rows, _slot, slice(4, 6), -1)
        for raw, kind, name, element, run, number, value, _ in rows:
            if kind != kinds[raw]:
                odd.add(raw)
            if ((raw, kind, name, element), (run, number)) in gone:
                continue
            if (raw, name, element) in slots:
                odd.add(raw)
            slots.add((raw, name, element))
            if raw not in found:
                found[raw] = RecordJournal()
            write = Write(WriteId(run, number), Slot(kind, texts[raw], name, element), unpacked_value(value))
            found[raw].writes.append(Stamped(write, 0, "", b"", "", None))
        for raw in odd:
            found.pop(raw, None)
    return found
