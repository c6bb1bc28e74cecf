"""Signs that a row was put together wrongly: one column sorted apart from the others, a code beside another's name."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from outreach_app.model.fields import Field, Shape
from outreach_app.model.kinds import Kind
from outreach_app.sheets.cells import canonical, cell_digest
from outreach_app.sheets.left_rows import LeftRow
from outreach_app.sheets.readings import Basis, ReadRow
from outreach_app.sheets.sheet_rows import SheetRows
from outreach_app.texts import _

_TELLING = (Shape.PHONE, Shape.EMAIL)
_DIGITS = 7  # of the shortest phone number, one without its area
_MANY = 3  # rows whose name became another row's, in one sheet


def set_aside_what_disagrees(kind: Kind, rows: SheetRows, read: Sequence[ReadRow], lefts: Sequence[LeftRow]) -> bool:
    """Set aside the rows whose code disagrees with all that tells who they are; whether any were.

    And those that got another row's name, or whose cells changed places with others', where that happened to several:
    then a column was sorted apart.
    """
    telling = [each for each in rows.fields if (each.name in kind.about.title or each.shape in _TELLING)]
    names = [each for each in telling if each.name in kind.about.title and each.shape is Shape.TEXT]
    edited = [each for each in read if each.basis is Basis.LEFT and each.typed and each.set_aside is None]
    wrong = [each for each in edited if _all_changed(telling, each)]
    swapped = [each for each in edited if _took_a_name(names, rows, each, lefts)]
    wrong += swapped if len(swapped) >= _MANY else [each for each in swapped if each in wrong]
    permuted = [
        (about, each) for about in rows.fields if rows.has(about.name) for each in _permuted(about, rows, edited)
    ]
    for each in wrong:
        each.set_aside = _("its code belongs to another name, phone and e-mail; perhaps a column was sorted on its own")
    for about, each in permuted:
        each.set_aside = each.set_aside or _(
            "{column}: its cells are those of other rows; perhaps the column was sorted on its own",
            column=rows.heading(about.name),
        )
    for each in (*wrong, *(each for _about, each in permuted)):
        each.typed, each.remarks = (), ()
    return bool(wrong or permuted)


def _permuted(about: Field, rows: SheetRows, edited: Sequence[ReadRow]) -> Sequence[ReadRow]:
    """The rows among which a column's cells changed places, where that happened to several that said different things:
    nobody types that."""
    changed = [each for each in edited if any(typed.field == about.name for typed in each.typed)]
    if len(changed) < _MANY:
        return ()
    place = rows.mapped.places[about.name]
    cells = (rows.grid.rows[each.number - rows.grid.first_row][place] for each in changed)
    says = Counter(cell_digest(canonical(cell)) for cell in cells)
    said = Counter(each.left.digests[each.left.sheet.place[about.name]] for each in changed if each.left)
    return changed if says == said and len(says) >= _MANY else ()


def _all_changed(telling: Sequence[Field], read: ReadRow) -> bool:
    """Whether everything that told who this was, two things or more, now says something else."""
    left = read.left
    if left is None:
        return False
    said = {each.name for each in telling if each.name in read.present and left.digests[left.sheet.place[each.name]]}
    changed = {each.field for each in read.typed if each.value is not None}
    return len(said) > 1 and said <= changed


def _took_a_name(names: Sequence[Field], rows: SheetRows, read: ReadRow, lefts: Sequence[LeftRow]) -> bool:
    """Whether the name typed into a row is one that another row had when it left."""
    changed = {each.field for each in read.typed}
    for name in names:
        if name.name in changed and read.left is not None and rows.has(name.name):
            place = read.left.sheet.place[name.name]
            had = Counter(left.digests[place] for left in lefts)
            cell = rows.grid.rows[read.number - rows.grid.first_row][rows.mapped.places[name.name]]
            if had[cell_digest(canonical(cell))]:
                return True
    return False


def doubtful_contacts(rows: SheetRows, read: Sequence[ReadRow]) -> list[str]:
    """Of each column in which somebody typed what is no whole phone number or e-mail address, that it was taken as it
    stands, and where."""
    odd: dict[str, list[int]] = {}
    shapes = {each.name: each.shape for each in rows.fields if each.shape in _TELLING}
    for row in read:
        for typed in row.typed if row.set_aside is None else ():
            shape = shapes.get(typed.field)
            if shape is not None and typed.value is not None and not _reaches(shape, typed.value):
                odd.setdefault(typed.field, []).append(row.number)
    return [
        _(
            "{sheet}: {column}: no whole phone number or e-mail address, but taken as it stands: rows {rows}",
            sheet=rows.grid.title,
            column=rows.heading(name),
            rows=", ".join(map(str, sorted(set(numbers)))),
        )
        for name, numbers in odd.items()
    ]


def _reaches(shape: Shape, value: Any) -> bool:
    """Whether a phone number has the digits of one, an e-mail address something on both sides of its sign."""
    if shape is Shape.PHONE:
        return sum(sign.isdigit() for sign in str(value.get("number"))) >= _DIGITS
    before, _sign, behind = str(value).partition("@")
    return bool(before) and "." in behind and not any(sign.isspace() for sign in str(value))
