"""Tables out of any file: every sheet of a workbook, or a CSV file. Their cells are as they were written."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from outreach_app.apart import MEGABYTES, SECONDS, apart
from outreach_app.sheets.cards import CARD_ENDINGS, read_cards
from outreach_app.sheets.cells import Cell, canonical
from outreach_app.sheets.csv_files import read_csv
from outreach_app.sheets.csv_writing import meant
from outreach_app.sheets.marks import TITLE
from outreach_app.sheets.openings import content_of, read_here

CSV_ENDINGS = (".csv", ".tsv", ".tab", ".txt")
OTHERS_ENDINGS = (*CSV_ENDINGS, *CARD_ENDINGS)
"""Files that are another program's by their names."""


@dataclass(frozen=True, slots=True)
class RawTable:
    """The rows that hold something, each with its number as people count."""

    title: str
    numbers: Sequence[int]
    rows: Sequence[Sequence[Cell]]
    comments: Mapping[int, Sequence[str]] = field(default_factory=dict)  # on its rows, by number
    found: str = ""  # of a CSV file: its encoding, and what parts its cells, where it is not as usual


def tables_of(
    path: Path,
    pause: Callable[[], object] = lambda: None,
    seconds: float = SECONDS,
    megabytes: int = MEGABYTES,
    fill: bool = False,
) -> list[RawTable]:
    """The tables of a file, read apart. ``fill``: merged cells all hold what the first does.

    Raises NotFound, BadInput or Damaged, and what ``pause`` raises."""
    return apart(read_tables, pause, seconds, megabytes, path.absolute(), fill)  # that process may be somewhere else


def read_tables(path: Path, fill: bool = False) -> list[RawTable]:
    """The tables of a file, read here."""
    if path.suffix.lower() in CSV_ENDINGS:
        table = read_csv(path)
        first = table.numbers[0] - 1 if table.numbers else 1
        rows: list[Sequence[Cell]] = [table.headings, *table.rows]
        cells = [[meant(cell) for cell in row] for row in rows]
        return [RawTable(path.name, (first, *table.numbers), cells, found=table.found)]
    if path.suffix.lower() in CARD_ENDINGS:
        headings, lines = read_cards(content_of(path), path.suffix.lower())
        return [RawTable(path.name, range(len(lines) + 1), [headings, *lines])]
    made = []
    for title, grid in read_here(content_of(path))[0].items():
        if not title.casefold().startswith(TITLE):
            cells_of = grid.filled_down() if fill else grid
            filled = [(grid.first_row + at, row) for at, row in enumerate(cells_of.rows) if any(map(canonical, row))]
            rows = [[meant(cell) for cell in row] for _number, row in filled]
            made.append(RawTable(title, [number for number, _row in filled], rows, grid.commented))
    return made
