"""*Read me*, the first sheet of a workbook: what it is, from whom, when, for whom, and the account of its rows."""

from collections.abc import Sequence

from outreach_app.model import dates
from outreach_app.sheets.books import INTERNAL, PARTNER, PUBLIC, SENSITIVE, Book, Receipt
from outreach_app.sheets.cells import Cell
from outreach_app.sheets.columns import Layout
from outreach_app.sheets.streams import Line
from outreach_app.texts import say

WIDTHS = (30, 90)

WHAT_IS = {
    INTERNAL: "A full copy for use inside the department. It names people; please keep it as carefully as their file.",
    PARTNER: "What concerns one partner. Words of the community are here only as a text that was read before sharing.",
    SENSITIVE: "Sensitive reports, which only coordinators may read. Hand it to nobody else, and delete it when done.",
    PUBLIC: "Counts that may be published. Small counts are left out, and with them what would give them away.",
}
_RETURNED = (
    "What came of the workbooks that you sent. Take it in on your laptop, under Import & merge. It names people; "
    "please keep it as carefully as their file."
)
_HOW = (
    "You may sort, filter and hide rows, add rows at the end, and type over any cell; Outreach reads the file back.",
    "Please leave the columns Record and Version: by them a row is found again.",
    "A row or column that you delete is taken as not said. A cell that you empty is taken as emptied.",
    "To hand on only a part, please make a new export: a page that stays out of sight tells what each row held.",
)
_HOW_SENSITIVE = ("Only a coordinator's laptop reads it back; what is typed over stays with the coordinators.", *_HOW)
_HOW_PARTNER = ("Please leave the column Row: by it the department finds a row again.",)


def title(book: Book) -> str:
    """The first line."""
    return f"Outreach · {book.department}"


def front_page(book: Book, layouts: Sequence[Layout], receipt: Receipt) -> list[Line]:
    """The lines below the title; those of style 1 are headings."""
    language = book.language

    profile = book.words.label("export_profiles", book.profile, language)
    what = say(_RETURNED, language) if book.returned else say(WHAT_IS.get(book.profile, ""), language)
    lines = [
        Line((say("What this is", language), what)),
        Line((say("Made by", language), book.made_by)),
        Line((say("Made on", language), dates.full_moment(dates.moment_of(book.made_at), language))),
        Line((say("Made for", language), profile)),
        *(Line(("", line)) for line in book.about),
        Line(()),
        Line((say("Rows", language),), style=1),
        *(Line(_counted(book, each, receipt)) for each in layouts),
        Line((say("Together", language), sum(receipt.rows.values()))),
        Line((say("Receipt", language), receipt.digest)),
    ]
    how = {INTERNAL: _HOW, SENSITIVE: _HOW_SENSITIVE, PARTNER: _HOW_PARTNER}.get(book.profile, ())
    if how:
        lines += [
            Line(()),
            Line((say("Working in it", language),), style=1),
            *(Line(("", say(text, language))) for text in how),
        ]
    return lines


def _counted(book: Book, each: Layout, receipt: Receipt) -> tuple[Cell, ...]:
    rows = receipt.rows[each.kind.name]
    expected = next((kind.expected for kind in book.kinds if kind.kind.name == each.kind.name), None)
    if expected is None or expected == rows:
        return each.title, rows
    return each.title, say("{rows} of {expected}; some are missing", book.language, rows=rows, expected=expected)
