"""What a store holds, by content: a number of a run may come with two contents, of a laptop that was copied."""

from collections.abc import Collection
from typing import NamedTuple

from outreach_app.journal.changes import Change, WriteId
from outreach_app.journal.digests import canonical
from outreach_app.model.errors import OutreachError
from outreach_app.model.identifiers import id_bytes
from outreach_app.store.journals import Journal
from outreach_app.store.shipping import State
from outreach_app.store.stores import Store
from outreach_app.sync.segments import open_segment

_ANY_FORM = 99
LEFT = tuple(state for state in State if state is not State.APPLIED)


class Content(NamedTuple):
    """A write, and what it says."""

    run: bytes
    number: int
    record: bytes
    field: str
    element: str
    value: bytes | None


def held_writes(store: Store) -> frozenset[Content]:
    """Every write a store holds, whether it stands or not."""
    with store.reading() as connection:
        rows = connection.exec_driver_sql("SELECT run, number, record, field, element, value FROM writes")
        return frozenset(Content(*row) for row in rows)


def said_in(changes: Collection[Change]) -> frozenset[Content]:
    """The same of changes that are in no journal."""
    return frozenset(
        Content(*each.id, id_bytes(each.slot.record), each.slot.field, each.slot.element, canonical(each.value))
        for change in changes
        for each in change.writes
    )


def held_ids(store: Store, audience: str = "%") -> dict[bytes, bytes]:
    """The digest of every change a store holds, of one audience where it is named, and the laptop that made it."""
    told = "SELECT digest, device FROM changes WHERE run IS NOT NULL AND audience LIKE ?"
    with store.reading() as connection:
        rows = connection.exec_driver_sql(told, (audience,))
        return dict(rows.all())


def held_changes(store: Store) -> list[Change]:
    """Every change a store holds, run by run."""
    with store.reading() as connection:
        journal = Journal(connection)
        return [each for run in sorted(journal.known()) for each in journal.after(run, 0, 1_000_000)]


def left_changes(store: Store, names: Collection[str] | None = None) -> dict[bytes, Change]:
    """By digest, the changes in segments (with these ``names``, or all) that a store keeps and has not taken in, as far
    as it can open them."""
    with store.shipping() as shipping:
        left = [each for each in shipping.left(LEFT) if names is None or each.name in names]
    found: dict[bytes, Change] = {}
    for kept in left:
        try:
            found.update((each.digest, each) for each in open_segment(kept.data, store.space, _ANY_FORM).changes)
        except OutreachError:  # for others, or of a newer program
            continue
    return found


def own_changes(store: Store, but: Collection[bytes]) -> list[Change]:
    """The changes that a store holds of its own laptop's, but for those of these digests, as they were made."""
    with store.reading() as connection:
        told = "SELECT run, number, digest FROM changes WHERE device = ? AND run IS NOT NULL ORDER BY place"
        rows = connection.exec_driver_sql(told, (store.device,))
        return Journal(connection).changes([WriteId(run, number) for run, number, digest in rows if digest not in but])


def kept_names(store: Store) -> set[str]:
    """The names of the segments a store keeps."""
    with store.shipping() as shipping:
        return set(shipping.kept())
