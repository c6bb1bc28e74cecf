"""What must have come of it, worked out from the sheets as they were mailed and not from how they are read."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from outreach_app.journal.changes import Slot, WriteId
from outreach_app.journal.standing import frozen
from outreach_app.model.fields import Rule, Shape
from outreach_app.sheets.accounts import FileAccount
from outreach_app.sheets.cells import canonical
from outreach_app.store.stores import Store
from tests.clumsy.pages import Mark, Page

KINDS = ("people", "follow_ups")


@dataclass(frozen=True)
class Known:
    """All that a store holds of these kinds. ``standing``: by write; ``written``: by (kind, field) all values ever."""

    standing: Mapping[WriteId, tuple[Slot, Any]]
    written: Mapping[WriteId, tuple[Slot, Any]]
    ids: Mapping[str, str]  # by code


def known(store: Store) -> Known:
    """What a store holds now."""
    views = [view for kind in KINDS for view in store.everything(kind)]
    journals = store.journals([view.id for view in views])
    stand = [each.write for one in journals.values() for each in one.standing()]
    every = [each.write for one in journals.values() for each in one.writes]
    standing, written = ({write.id: (write.slot, write.value) for write in some} for some in (stand, every))
    return Known(standing, written, {view.code: view.id for view in views})


class Wrong(AssertionError):
    """Something came of a workbook that should not."""


def judge(store: Store, pages: Sequence[Page], account: FileAccount, before: Known, after: Known) -> None:
    """Raises Wrong."""
    if account.error is not None:
        raise Wrong(f"refused: {account.error}")
    for page in pages:
        _adds_up(page, account)
        _lost(page, before, after)
        _stands_as_typed(page, account, before, after)
    _invented(store, pages, before, after)


def _numbers(page: Page) -> Iterable[tuple[int, list[Mark]]]:
    return enumerate(page.rows, start=len(page.above) + 2)


def _aside(page: Page, account: FileAccount) -> set[int]:
    return {each.row for each in account.set_aside if each.sheet == page.title}


def _visible(page: Page) -> Page:
    """The page as merging cells left it: all but the first of them hold nothing, and say nothing."""
    for place, first, last in page.merged:
        for row in page.rows[first + 1 : last + 1]:
            mark = row[place]
            own = (page.code(row), page.columns[place])
            row[place] = Mark(None, own if mark.of == own or place != page.at("_record") else None)
    return page


def _adds_up(page: Page, account: FileAccount) -> None:
    """Every row that holds something is counted, those that nobody touched as the same, and none of them set aside."""
    rows = account.rows.get(page.kind)
    lines = [
        (number, row)
        for number, row in _numbers(page)
        if not page.blank(row) or page.code(row) or any(row[at].filled for at in _identities(page))
    ]
    read = rows.read if rows else 0
    if read != len(lines):
        raise Wrong(f"{page.title}: {len(lines)} rows were mailed, {read} are accounted for")
    if rows is None or page.at("_record") is None:
        return
    codes = Counter(page.code(row) for _number, row in lines)
    commented = {place for place, _column, _words in page.comments}
    aside = _aside(page, account)
    pure = [(number, row) for number, row in lines if page.untouched(row) and codes[page.code(row)] == 1]
    if rows.same < sum(number - len(page.above) - 2 not in commented for number, _row in pure):
        raise Wrong(f"{page.title}: {len(pure)} rows are as they left, but only {rows.same} are said to be the same")
    if wrongly := aside & {number for number, _row in pure}:
        raise Wrong(f"{page.title}: rows {sorted(wrongly)} are as they left, and were set aside")
    unreadable = {number for number, row in lines if codes[page.code(row)] == 1 and _cannot_be_read(page, row)}
    if missed := unreadable - aside:
        raise Wrong(f"{page.title}: rows {sorted(missed)} hold what cannot be read, and were taken")


def _identities(page: Page) -> list[int]:
    return [at for at, name in enumerate(page.columns) if name in ("_record", "_version")]


def _cannot_be_read(page: Page, row: list[Mark]) -> bool:
    heads = dict(zip(page.columns, page.heads, strict=True))
    return any(mark.unreadable for name, mark in page.own(row) if heads[name] not in ("Whatever", "New column 7"))


def _lost(page: Page, before: Known, after: Known) -> None:
    """What stood and stands no longer was typed over, in a row that has its record's code, and is in the history."""
    if gone := before.written.keys() - after.written.keys():
        raise Wrong(f"{len(gone)} writes are in no history any more")
    typed_over = {
        (before.ids.get(page.code(row), ""), name.partition("=")[0])
        for row in _originals(page)
        for name, mark in page.own(row)
        if mark.of != (page.code(row), name)
    }
    moved = not page.code(page.rows[0]) or page.apart  # then rows are known by what they say
    for write in before.standing.keys() - after.standing.keys():
        slot, _value = before.standing[write]
        if slot.kind == page.kind and (slot.record, slot.field) not in typed_over and not moved:
            raise Wrong(f"{page.title}: what stood in {slot.field} stands no longer, and nobody typed over it")


def _originals(page: Page) -> Iterable[list[Mark]]:
    """Of the rows with one code, those that still say most of what left."""
    as_left = {
        id(row): sum(mark.filled and mark.of == (page.code(row), name) for name, mark in page.own(row))
        for row in page.rows
    }
    most: dict[str, int] = {}
    for row in page.rows:
        most[page.code(row)] = max(most.get(page.code(row), 0), as_left[id(row)])
    return (row for row in page.rows if as_left[id(row)] == most[page.code(row)])


def _stands_as_typed(page: Page, account: FileAccount, before: Known, after: Known) -> None:
    """What was typed over a cell of a row that was taken stands, whole."""
    if page.apart or page.at("_record") is None:
        return
    codes = Counter(page.code(row) for row in page.rows)
    aside = _aside(page, account)
    heads = dict(zip(page.columns, page.heads, strict=True))
    stand: dict[tuple[str, str], list[Any]] = {}
    for slot, value in after.standing.values():
        stand.setdefault((slot.record, slot.field), []).append(value)
    for number, row in _numbers(page):
        record = before.ids.get(page.code(row))
        if record is None or codes[page.code(row)] > 1 or number in aside:
            continue
        for name, mark in page.own(row):
            renamed = heads[name] in ("Whatever", "New column 7")
            if mark.means and mark.of is None and not renamed:
                found = list(map(frozen, stand.get((record, name), ())))
                if missing := [value for value in mark.means if frozen(value) not in found]:
                    raise Wrong(f"{page.title}, row {number}: {missing} was typed into {name}, and does not stand")


def _invented(store: Store, pages: Sequence[Page], before: Known, after: Known) -> None:
    """Every value that stands was captured, or typed."""
    allowed: dict[tuple[str, str], set[Any]] = {}
    for slot, value in before.written.values():
        allowed.setdefault((slot.kind, slot.field), set()).add(_plain(value))
    for page in pages:
        for row in page.rows:
            for name, mark in page.own(row):
                shown = [mark.shows] if mark.of else []  # of several notes a cell shows all
                allowed.setdefault((page.kind, name), set()).update(map(_plain, [*mark.means, *shown]))
        allowed.setdefault((page.kind, "notes"), set()).update(words for _row, _column, words in page.comments)
    for write in after.standing.keys() - before.standing.keys():
        slot, value = after.standing[write]
        about = store.registry[slot.kind].by_name.get(slot.field)
        if value is None or about is None or (about.shape is Shape.CHOICE and about.rule is Rule.LIST):
            continue
        known_here = allowed.get((slot.kind, slot.field), set())
        if _plain(value) not in known_here and not _part_of(value, known_here):
            raise Wrong(f"{value!r} stands in {slot.field}, which nobody wrote")


def _plain(value: Any) -> Any:
    """A value to be compared: of a phone its number, for a cell says the rest in words."""
    if isinstance(value, dict):
        return value.get("number", frozen(value))
    return canonical(value) if isinstance(value, str) else value


def _part_of(value: Any, known_here: set[Any]) -> bool:
    """Whether a text is what was added to a text that is never altered."""
    return isinstance(value, str) and any(isinstance(each, str) and canonical(value) in each for each in known_here)
