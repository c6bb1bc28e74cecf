"""What a workbook tells beside its own rows: what its maker had heard of, what it was merged from, what was joined."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from outreach_app.journal.changes import Reading, WriteId
from outreach_app.journal.standing import DELETED
from outreach_app.sheets.readings import ReadBook, ReadRow
from outreach_app.sheets.vouching import enclosed_books


def heard_readings(book: ReadBook, rows: Iterable[ReadRow]) -> Iterable[Reading]:
    """What the workbook's maker had heard of how far others had read: what it shows is all that they left standing."""
    cells: dict[int, dict[tuple[str, str], frozenset[WriteId]]] = defaultdict(dict)
    for row in rows:
        if row.left is not None and row.left.heard:
            shown = row.cells
            for place, fields in row.left.heard:
                cells[place].update({(row.left.id, name): shown[name] for name in fields if name in shown})
    for place, told in sorted(cells.items()):
        yield Reading(book.export, book.heard[place], told)


def enclosed_readings(book: ReadBook, knows: Callable[[Mapping[str, Any]], bool]) -> Iterable[Reading]:
    """What the workbooks showed that this one was merged from, with no store to take them in: how far their makers had
    read is told nowhere else. One that is not as it was signed, or by a stranger, or is another space's, says nothing.
    """
    for left in enclosed_books(book.enclosed, book.space, knows):
        cells = {(row.id, name): ids for row in left.every_row() for name, ids in row.cells(row.said).items()}
        yield Reading(bytes(left.page.header["export"]), left.horizon, cells)


def joined_rows(book: ReadBook) -> Mapping[str, Sequence[ReadRow]]:
    """By record, the others that stood as one with it when the workbook left, which travel without a row.

    What is typed into the row of one is written to every member, as an edit in the window is.
    """
    near: dict[str, set[str]] = defaultdict(set)
    for row in book.unseen:
        if row.kind == "links":
            said = {each.write.slot.field: each.write.value for each in row.taught()}
            if said.get("says") == "same" and said.get(DELETED) is None:
                one, other = str(said.get("one_record")), str(said.get("other_record"))
                near[one].add(other)
                near[other].add(one)
    hidden = {row.record: row for row in book.unseen if row.record in near}
    found: dict[str, Sequence[ReadRow]] = {}
    for row in book.rows:
        if row.record in near:
            cluster = [row.record]
            for each in cluster:
                cluster += sorted(near[each].difference(cluster))
            found[row.record] = [hidden[each] for each in cluster if each in hidden]
    return found
