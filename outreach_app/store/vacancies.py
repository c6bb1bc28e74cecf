"""Rows that nothing speaks for any longer: all that was said of their record was set back, or it is of another kind."""

from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import Connection

from outreach_app.model.identifiers import id_text
from outreach_app.store.blueprints import Blueprints
from outreach_app.store.clusters import linked, recluster
from outreach_app.store.comparisons import Comparisons
from outreach_app.store.journals import chunks
from outreach_app.store.statements import Statements

_BESIDE = ("undecided", "lookups", "search_rows", "unindexed", "uncompared")


class Vacated(NamedTuple):
    """What is there no longer."""

    gone: Mapping[str, list[str]]  # records without a row now, by the kind it was of
    parted: Mapping[str, set[str]]  # records that they joined, or were joined with, by kind

    def rejoin(self, connection: Connection) -> dict[str, set[str]]:
        """Set anew what stands under what; the records of which that changed, by kind."""
        return {kind: recluster(connection, kind, records) for kind, records in self.parted.items()}


def vacate(connection: Connection, blueprints: Blueprints, kept: Mapping[bytes, str]) -> Vacated:
    """Take away the rows of these records, and what stands beside them, but for those of the kind that each is of; ""
    where it is of none."""
    do = Statements(connection)
    gone: dict[str, list[str]] = {}
    parted: dict[str, set[str]] = {}
    for kind in blueprints.tables:
        joins = "of_kind, one_record, other_record" if kind == "links" else "NULL, NULL, NULL"
        for chunk in chunks(id_text(raw) for raw, stays in kept.items() if stays != kind):
            marks = ",".join("?" * len(chunk))
            taken = f'DELETE FROM "{kind}" WHERE id IN ({marks}) RETURNING id, {joins}'  # noqa: S608 (declared names)
            for record, of_kind, *pair in do(taken, tuple(chunk)).all():
                gone.setdefault(kind, []).append(record)
                if of_kind in blueprints.joinable:
                    parted.setdefault(of_kind, set()).update(each for each in pair if each)
    for kind, records in gone.items():
        if kind in blueprints.joinable:
            parted.setdefault(kind, set()).update(linked(connection, records))
        Comparisons(connection).put(kind, dict.fromkeys(records))
        do(
            "DELETE FROM search WHERE rowid IN (SELECT row FROM search_rows WHERE record = ?)",
            [(each,) for each in records],
        )
        for table in _BESIDE:
            do(f"DELETE FROM {table} WHERE record = ?", [(each,) for each in records])  # noqa: S608 (our own names)
    return Vacated(gone, parted)
