"""Finds columns under a heading nobody knows, by what they hold: the same as a missing column held when it left."""

from collections import Counter
from dataclasses import replace

from outreach_app.sheets.cells import canonical, cell_digest
from outreach_app.sheets.columns import RECORD
from outreach_app.sheets.headings import Mapped
from outreach_app.sheets.left_books import LeftBook
from outreach_app.sheets.openings import Grid

_SAMPLE = 300  # rows
_SHARE = 0.6  # of a column's filled cells


def found_by_content(grid: Grid, mapped: Mapped, book: LeftBook) -> Mapped:
    """The sheet's columns, with those whose heading was changed."""
    left = book.sheets.get(mapped.kind.name)
    known = book.by_code.get(mapped.kind.name, {})
    missing = [each for each in left.fields if each.name not in mapped.places] if left else []
    if not missing or not mapped.unknown or RECORD not in mapped.places or left is None:
        return mapped
    filled: Counter[int] = Counter()
    alike: Counter[tuple[int, str]] = Counter()
    for row in grid.rows[mapped.heading_row + 1 :][:_SAMPLE]:
        was = known.get(canonical(row[mapped.places[RECORD]]))
        if was is None:
            continue
        for place in mapped.unknown:
            digest = cell_digest(canonical(row[place]))
            filled[place] += bool(digest)
            for each in missing:
                alike[place, each.name] += bool(digest) and was.digests[left.place[each.name]] == digest
    places = dict(mapped.places)
    for (place, name), number in alike.most_common():
        rivals = [pair for pair, other in alike.items() if other == number and (pair[0] == place) != (pair[1] == name)]
        sure = number and number >= _SHARE * filled[place] and not rivals
        if sure and name not in places and place not in places.values():
            places[name] = place
    unknown = {place: heading for place, heading in mapped.unknown.items() if place not in places.values()}
    return replace(mapped, places=places, unknown=unknown)
