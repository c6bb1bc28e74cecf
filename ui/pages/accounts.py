"""The account of what was read: figures by kind that add up, and every row set aside with its reason."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget

from outreach_app.sheets.accounts import Account, FileAccount, Rows
from outreach_app.texts import _, count, say
from ui.desks import Desk
from ui.look.looks import look
from ui.models.records import Column, RecordTable
from ui.widgets.buttons import Button
from ui.widgets.cards import Card, EmptyState, Scroll
from ui.widgets.labels import Words, heading
from ui.widgets.layouts import Pane, column, row
from ui.widgets.rows import Row, RowList
from ui.widgets.tables import ListTable

_LEAST = 320  # pixels, however low the window is
_LISTED = 200  # rows set aside that are shown; the rest are counted


@dataclass(frozen=True, slots=True)
class KindLine:
    """One line of the account: a kind, and what became of its rows."""

    label: str
    rows: Rows


class AccountCard(Card):
    """``show_account(account, dry_run=..., decisions=...)``; ``show_file(2)`` for one file of it, ``None`` for all."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("")
        self._desk = desk
        self._account = Account()
        self._lines: Sequence[KindLine] = ()
        self.title = heading("")
        self.model = RecordTable(_columns(), self._fetch, self)
        self.table = ListTable(self.model, shares=self.model.shares, name=_("Account of the rows"))
        self.table.setSortingEnabled(False)
        self.table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.horizontalHeader().geometriesChanged.connect(self._show_all_lines)  # its words may take two lines
        self.sum = Words("", "muted", wrap=True)
        self.aside_heading = heading(_("Set aside, and why"))
        self.aside = RowList(name=_("Set aside, and why"))
        self.more = Words("", "muted", wrap=True)
        self.decide = Button("", icon="split", does=lambda: desk.go("decide"))
        told = Pane(
            column(
                self.title,
                self.sum,
                row(self.decide, 1),
                self.table,
                self.aside_heading,
                self.aside,
                self.more,
                1,
                space="small",
            )
        )
        words = _("Looking first tells what would happen and changes nothing. Every row is accounted for.")
        self.nothing = EmptyState("file-spreadsheet", _("Nothing read yet"), words)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.nothing)
        self.stack.addWidget(Scroll(told))
        self.stack.setMinimumHeight(_LEAST)
        self.body.addWidget(self.stack)

    def clear(self) -> None:
        """Show nothing."""
        self._account = Account()
        self.stack.setCurrentIndex(0)

    def show_account(self, account: Account, *, dry_run: bool, decisions: int) -> None:
        """Show what would happen, or what did."""
        self._account = account
        self.title.setText(_("What would happen") if dry_run else _("What happened"))
        self.decide.say(count("{n} thing to decide", "{n} things to decide", decisions))
        self.decide.setVisible(decisions > 0 and not dry_run)
        self.show_file(None)
        self.stack.setCurrentIndex(1)

    def show_file(self, at: int | None) -> None:
        """The figures of one file by its place in the account; of all, for None."""
        files = self._account.files if at is None else [self._account.files[at]]
        self._show_rows(self._account.total if at is None else self._account.files[at].rows)
        rows = [line for each in files for line in _set_aside(each, named=at is None)]
        self.aside.show_rows(rows[:_LISTED])
        self.aside_heading.setVisible(bool(rows))
        left = len(rows) - _LISTED
        self.more.setText(count("And {n} more.", "And {n} more.", max(0, left)))
        self.more.setVisible(left > 0)

    def file_rows(self) -> list[Row]:
        """The files of the account, each with what it holds, keyed by its place."""
        return [_file_row(str(at), each) for at, each in enumerate(self._account.files)]

    def _show_rows(self, by_kind: Mapping[str, Rows]) -> None:
        registry = self._desk.store.registry
        order = [name for name in registry if name in by_kind]
        order += [name for name in by_kind if name not in registry]
        self._lines = [
            KindLine(say(registry[name].about.label) if name in registry else name, by_kind[name]) for name in order
        ]
        self.model.show_list(len(self._lines))
        self._show_all_lines()
        self.table.setMinimumWidth(round(420 * look().text))
        self.sum.setText(_added_up([line.rows for line in self._lines]))
        for widget in (self.table, self.sum):
            widget.setVisible(bool(self._lines))  # of a file that could not be read, why is all there is to say

    def _show_all_lines(self) -> None:
        """As high as the lines and what is above them, so that nothing scrolls within what scrolls."""
        line = self.table.verticalHeader().defaultSectionSize()
        self.table.setFixedHeight(
            self.table.horizontalHeader().height() + line * max(1, len(self._lines)) + 2 * self.table.frameWidth()
        )

    def _fetch(self, offset: int, limit: int, deliver: Callable[[Sequence[KindLine]], None]) -> None:
        deliver(self._lines[offset : offset + limit])


def _columns() -> list[Column[KindLine]]:
    """The kind, then what became of its rows."""
    return [
        Column(_("What"), lambda line: line.label, share=14),
        Column(_("Read"), lambda line: f"{line.rows.read:,}", figures=True, share=6),
        Column(_("New"), lambda line: f"{line.rows.new:,}", figures=True, share=6),
        Column(_("Changed"), lambda line: f"{line.rows.changed:,}", figures=True, share=7),
        Column(_("The same"), lambda line: f"{line.rows.same:,}", figures=True, share=6),
        Column(
            _("Set aside"),
            lambda line: f"{line.rows.set_aside:,}",
            figures=True,
            share=6,
            waits=lambda line: line.rows.set_aside > 0,
        ),
    ]


def _added_up(parts: Sequence[Rows]) -> str:
    """The sum in words, each row in one of the four."""
    read, new = sum(rows.read for rows in parts), sum(rows.new for rows in parts)
    changed, same = sum(rows.changed for rows in parts), sum(rows.same for rows in parts)
    aside = sum(rows.set_aside for rows in parts)
    return _(
        "{rows}: {new} new + {changed} changed + {same} the same + {aside} set aside.",
        rows=count("{n} row read", "{n} rows read", read),
        new=f"{new:,}",
        changed=f"{changed:,}",
        same=f"{same:,}",
        aside=f"{aside:,}",
    )


def _set_aside(each: FileAccount, *, named: bool) -> list[Row]:
    """What was not taken of a file: all of it and why, or each row; its other remarks after that."""
    rows = (
        [Row(f"{each.file} !", each.file, "file-warning", each.error, _("not taken"), waits=True)] if each.error else []
    )
    for at, aside in enumerate(each.set_aside):
        place = _("{sheet}, row {row}", sheet=aside.sheet, row=aside.row)
        trailing = each.file if named else ""
        rows.append(Row(f"{each.file} {at}", place, "file-warning", aside.reason, trailing))
    remarks = (Row(f"{each.file} r{at}", remark, "info") for at, remark in enumerate(each.remarks))
    return [*rows, *remarks]


def _file_row(key: str, each: FileAccount) -> Row:
    if each.error:
        return Row(key, each.file, "file-warning", each.error, _("not taken"), waits=True, hover=each.file)
    rows = each.rows.values()
    new, changed = sum(part.new for part in rows), sum(part.changed for part in rows)
    same, aside = sum(part.same for part in rows), sum(part.set_aside for part in rows)
    parts = [
        count("{n} new", "{n} new", new) if new else "",
        count("{n} changed", "{n} changed", changed) if changed else "",
        count("{n} the same", "{n} the same", same) if same else "",
    ]
    detail = " · ".join(part for part in parts if part) or _("nothing in it")
    trailing = count("{n} set aside", "{n} set aside", aside) if aside else ""
    return Row(key, each.file, "file-spreadsheet", detail, trailing, waits=bool(aside), hover=each.file)
