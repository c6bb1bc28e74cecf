"""Records as a workbook takes them along: what they show, and the writes behind every cell."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import Connection

from outreach_app.journal.changes import Horizon, Stamped, WriteId
from outreach_app.journal.standing import Heard, heard
from outreach_app.model.identifiers import id_bytes
from outreach_app.store.journals import Journal, chunks
from outreach_app.store.views import View


@dataclass(frozen=True, slots=True)
class ExportedRecord:
    """One record with its basis."""

    view: View
    standing: Mapping[str, tuple[Stamped, ...]]  # by field, every standing write of every element
    dead: frozenset[WriteId]  # known, no longer standing, and not within what the maker's horizon says of runs
    heard: Sequence[Heard] = ()  # how far the makers of workbooks read here had read, beyond what this one has


def exported(connection: Connection, views: Sequence[View], known: Mapping[bytes, int]) -> Iterator[ExportedRecord]:
    """The records of ``views`` with their bases, for a maker that has read each run so far as ``known``."""
    journal, runs = Journal(connection), Horizon(known)
    for chunk in chunks(views):
        loaded = journal.load(id_bytes(view.id) for view in chunk)
        for view in chunk:
            held = loaded[id_bytes(view.id)].of(view.kind)
            stand = held.standing()
            standing = {field: tuple(group) for field, group in groupby(stand, key=lambda each: each.write.slot.field)}
            live = {each.write.id for each in stand}
            ids = (each.write.id for each in held.writes)
            dead = frozenset(each for each in ids if each not in live and not runs.covers(each))
            yield ExportedRecord(view, standing, dead, heard(held.cells, held.writes, runs))
