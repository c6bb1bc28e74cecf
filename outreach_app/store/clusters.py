"""Joins: all that *same* links connect stand as one, under the oldest id."""

from collections.abc import Collection

from sqlalchemy import Connection

from outreach_app.model.fields import Value
from outreach_app.model.identifiers import derived_id


def link_id(one: str, other: str) -> str:
    """The id of the link between two records, whoever makes it."""
    return derived_id("link", *sorted((one, other)))


def link_values(kind: str, one: str, other: str, says: str) -> dict[str, Value]:
    """What a link says of two records."""
    older, younger = sorted((one, other))
    return {"of_kind": kind, "one_record": older, "other_record": younger, "says": says}


def members(connection: Connection, kind: str, record: str) -> list[str]:
    """All that stand as one with a record, the head first; only itself where it was never joined."""
    head = connection.exec_driver_sql(f'SELECT stands_under FROM "{kind}" WHERE id = ?', (record,)).scalar() or record  # noqa: S608 (a declared kind)
    under = connection.exec_driver_sql(
        f'SELECT id FROM "{kind}" WHERE stands_under = ? ORDER BY id',  # noqa: S608 (a declared kind)
        (head,),
    )
    return [head, *under.scalars()]


def recluster(connection: Connection, kind: str, records: Collection[str]) -> set[str]:
    """Find anew what these records stand under; the records whose standing changed."""
    if not connection.exec_driver_sql("SELECT 1 FROM links LIMIT 1").scalar():
        return set()
    around: set[str] = set()
    for record in records:
        around.update(members(connection, kind, record))
    changed: set[str] = set()
    placed: set[str] = set()
    for record in sorted(around):
        if record in placed:
            continue
        cluster = _connected(connection, record)
        placed |= cluster
        head = min(cluster)
        for member in cluster:
            under = None if member == head else head
            moved = connection.exec_driver_sql(
                f'UPDATE "{kind}" SET stands_under = ? WHERE id = ? AND stands_under IS NOT ?',  # noqa: S608 (a declared kind)
                (under, member, under),
            )
            if moved.rowcount:
                changed.add(member)
    return changed


def misplaced(connection: Connection, kind: str) -> list[str]:
    """The records of a kind that do not stand under what the links say."""
    held = connection.exec_driver_sql(
        f'SELECT id, stands_under FROM "{kind}" WHERE stands_under IS NOT NULL OR id IN'  # noqa: S608 (a declared kind)
        " (SELECT one_record FROM links WHERE says = 'same' AND shown UNION"
        " SELECT other_record FROM links WHERE says = 'same' AND shown)"
    ).all()
    heads = ((record, under, min(_connected(connection, record))) for record, under in held)
    return [record for record, under, head in heads if (under or record) != head]


def _connected(connection: Connection, record: str) -> set[str]:
    """The record and all that *same* links connect with it."""
    found, todo = {record}, [record]
    while todo:
        each = todo.pop()
        for pair in connection.exec_driver_sql(
            "SELECT one_record, other_record FROM links WHERE says = 'same' AND shown AND (one_record = ? OR other_record = ?)",
            (each, each),
        ):
            for other in pair:
                if other not in found:
                    found.add(other)
                    todo.append(other)
    return found
