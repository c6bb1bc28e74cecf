"""What the columns of another program's table hold: each with its first cells, and what it is taken for. It is asked
once for a layout and remembered."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from outreach_app.operations.importing_tables import Preview, preview, settle
from outreach_app.sheets.column_guesses import KINDS, Columns
from outreach_app.store.stores import Store
from outreach_app.texts import _, count, say
from ui.actions import action
from ui.desks import Desk
from ui.jobs import Tell
from ui.pages.base import Page
from ui.pages.held_columns import HeldColumns
from ui.widgets.buttons import Button
from ui.widgets.cards import Card, Scroll
from ui.widgets.chips import ChipRow, Choice
from ui.widgets.choices import ChoiceBox
from ui.widgets.fields import LabelledField
from ui.widgets.headers import PageHeader
from ui.widgets.labels import Words
from ui.widgets.layouts import Pane, column, row, tab_on


def previews(store: Store, paths: Sequence[Path], tell: Tell) -> list[Preview]:
    """The tables of some files, not taken in."""
    return [each for path in paths for each in preview(store, path, lambda: tell(0, 0))]


class ColumnsPage(Page):
    """A table's columns one below the other, each with what it is taken for; then they are remembered and read so."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.tables: Sequence[Preview] = ()
        self.told: list[Columns] = []
        self._at = 0
        self.header = PageHeader(_("What the columns hold"), " ", back=lambda: desk.go("merge"))
        self.table = ChoiceBox(name=_("Table"))
        self.table.changed.connect(lambda key: self._show(int(key)))
        self.table_field = LabelledField(_("Table"), self.table)
        registry = desk.store.registry
        kinds = [Choice(kind, say(registry[kind].about.label), registry[kind].about.icon) for kind in KINDS]
        self.kind = ChipRow(kinds, name=_("Each row is one of"), required=True)
        self.kind.changed.connect(self._on_kind)
        self.reason = Words("", "fault", wrap=True)
        self.reason.hide()
        self.columns = HeldColumns()
        self.columns.changed.connect(self._on_held)
        self.button = Button.of(self.can["remember"], primary=True)
        self.lay(
            self.header,
            (
                Card(
                    "",
                    self.table_field,
                    LabelledField(_("Each row is one of"), self.kind),
                    (Scroll(Pane(column(self.columns, 1))), 1),
                    self.reason,
                    row(self.button, 1),
                ),
                1,
            ),
        )

    @property
    def holds(self) -> dict[str, ChoiceBox]:
        """By heading, what is chosen of the columns of the table that is shown."""
        return self.columns.boxes

    @property
    def title(self) -> str:
        """The page's name."""
        return _("What the columns hold")

    @property
    def place(self) -> str:
        """It belongs to Import & merge."""
        return "merge"

    def shown(self, **arguments: Any) -> None:
        """It comes into view, for some files."""
        paths = tuple(arguments.get("paths", ()))
        self.tables, self.told = (), []
        self._clear()
        self.button.setEnabled(False)
        if paths:
            self.desk.work(lambda store, tell: previews(store, paths, tell), self._on_read, label=_("Reading"))

    @action(
        "remember", "Remember and look", shortcut="Alt+R", icon="eye", hint="Read these files so, and all like them"
    )
    def remember(self) -> None:
        """Remember what the columns of all tables hold, and look at what would happen."""
        nameless = next(
            (at for at, each in enumerate(self.told) if any(each.holds.values()) and not each.has_name), None
        )
        if nameless is not None:
            self._show(nameless)
            self.reason.setText(_("Say which column holds the name: without it nothing can be taken in."))
            self.reason.show()
            return
        told = [(table.fingerprint, each) for table, each in zip(self.tables, self.told, strict=True) if each.has_name]
        self.desk.do(settle, told, done=lambda _nothing: self.desk.go("merge", look=True))

    def _on_read(self, tables: Sequence[Preview]) -> None:
        self.tables, self.told = tables, [table.columns for table in tables]
        titles = [each.file if each.title == each.file else f"{each.file}: {each.title}" for each in tables]
        self.table.offer([Choice(str(at), title) for at, title in enumerate(titles)])
        self.table_field.setVisible(len(tables) > 1)
        self.button.setEnabled(bool(tables))
        if tables:
            self._show(0)

    def _on_kind(self, chosen: Sequence[str]) -> None:
        if chosen:
            self.told[self._at] = self.tables[self._at].guesses[chosen[0]]
            self._show(self._at)

    def _show(self, at: int) -> None:
        """Show one of the tables."""
        table, told = self.tables[at], self.told[at]
        self._at = at
        self.table.choose(str(at))
        self.kind.choose([told.kind])
        self.header.say(self.title, self._about(table, told))
        self._clear()
        self.columns.show_table(table.headings, table.rows, told, table.choices[told.kind])
        order = [self.kind.chip(KINDS[-1]), *self.holds.values(), self.button]
        tab_on(order[0], order[1])
        tab_on(order[-2], order[-1])
        order[1].setFocus()

    def _about(self, table: Preview, told: Columns) -> str:
        parts = [table.file, count("{n} row", "{n} rows", table.count)]
        parts += [_("as {program} writes it", program=told.program)] if told.program else []
        parts += [_("as it was said before")] if table.remembered else []
        return " · ".join(parts)

    def _on_held(self, told: Columns) -> None:
        self.told[self._at] = told
        self.reason.hide()

    def _clear(self) -> None:
        self.reason.hide()
        self.columns.clear()
