"""Between journal objects and the bytes kept in the database's rows."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import cbor2

from outreach_app.journal.changes import Horizon, Slot, Stamped, Write, WriteId
from outreach_app.journal.digests import canonical


def packed_ids(ids: Iterable[WriteId]) -> bytes | None:
    """Write ids in order, or None for none."""
    found = [list(each) for each in sorted(ids)]
    return cbor2.dumps(found) if found else None


def unpacked_ids(raw: bytes | None) -> tuple[WriteId, ...]:
    """The write ids of :func:`packed_ids`."""
    return tuple(WriteId(run, number) for run, number in cbor2.loads(raw)) if raw else ()


def packed_horizon(horizon: Horizon) -> bytes:
    """A horizon as bytes."""
    beyond = [[each.run, each.number] for each in sorted(horizon.beyond)]
    return cbor2.dumps([{run: horizon.runs[run] for run in horizon.runs}, beyond], canonical=True)


def unpacked_horizon(raw: bytes) -> Horizon:
    """The horizon of :func:`packed_horizon`."""
    runs, beyond = cbor2.loads(raw)
    return Horizon(runs, frozenset(WriteId(run, number) for run, number in beyond))


def packed_statements(statements: Sequence[Mapping[str, Any]]) -> bytes | None:
    """Statements in order, or None for none."""
    return canonical([dict(each) for each in statements]) if statements else None


def unpacked_statements(raw: bytes | None) -> tuple[Mapping[str, Any], ...]:
    """The statements of :func:`packed_statements`."""
    return tuple(cbor2.loads(raw)) if raw else ()


def packed_value(value: Any) -> bytes:
    """A value as it is hashed and stored."""
    return canonical(value)


def unpacked_value(raw: bytes | None) -> Any:
    """A stored value; None where it was struck out."""
    return None if raw is None else cbor2.loads(raw)


def as_kept(value: Any) -> Any:
    """A value as it will be read back: a mapping with its parts in the order of canonical CBOR."""
    return unpacked_value(packed_value(value)) if isinstance(value, Mapping) else value


def packed_cells(cells: Mapping[str, frozenset[WriteId]]) -> bytes:
    """What a workbook showed of one record, by field."""
    return cbor2.dumps({field: [list(each) for each in sorted(ids)] if ids else [] for field, ids in cells.items()})


def unpacked_cells(raw: bytes) -> dict[str, frozenset[WriteId]]:
    """The cells of :func:`packed_cells`."""
    return {field: frozenset(WriteId(run, number) for run, number in ids) for field, ids in cbor2.loads(raw).items()}


def packed_taught(taught: Iterable[Stamped]) -> bytes:
    """The writes one row of a workbook teaches, just as it says them: their change may later say more."""
    return cbor2.dumps([
        [
            *each.write.id, each.write.slot.kind, each.write.slot.field, each.write.slot.element, each.write.value,
            each.write.salt, each.write.value_hash, [list(gone) for gone in each.write.replaces], each.clock,
            each.author, each.device, each.source, list(each.change) if each.change else None,
        ]
        for each in taught
    ])  # fmt: skip


def unpacked_taught(raw: bytes, record: str) -> list[Stamped]:
    """The writes of :func:`packed_taught`, of the record whose row it is."""
    return [
        Stamped(
            Write(
                WriteId(run, number), Slot(kind, record, field, element), value,
                tuple(WriteId(*each) for each in gone), salt, value_hash,
            ),
            clock, author, device, source, WriteId(*change) if change else None,
        )
        for run, number, kind, field, element, value, salt, value_hash, gone, clock, author, device, source, change
        in cbor2.loads(raw)
    ]  # fmt: skip
