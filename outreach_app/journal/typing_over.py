"""A cell typed over in a workbook, as a write: the same one on every laptop that reads the file."""

from outreach_app.journal.changes import Slot, Write, WriteId
from outreach_app.journal.digests import derived_salt, derived_write
from outreach_app.model.fields import Value


def typed_over(
    slot: Slot, shown: frozenset[WriteId], value: Value, displayed: frozenset[WriteId], secret: bytes = b""
) -> Write:
    """The write that a typed-over cell is: it replaces the displayed ones, and its id follows from what was shown.

    ``shown`` are all writes standing in the slot when the workbook was made, ``displayed`` those whose value the cell
    held. So the same file read twice, or by two people, is one write. ``secret`` is the workbook's own, kept in no
    journal: without it, nobody could tell a short value that was struck out from its id, by trying.
    """
    parts = (slot.record, slot.field, slot.element, shown, displayed, value, secret)
    return derived_write(slot, value, displayed, derived_salt("typed", *parts))
