"""What is exported again under a name: kept with what was chosen, or as the department's own template; renamed,
removed. It is made on the page Export, by one key."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtWidgets import QCheckBox

from outreach_app.model.dates import moment_of, short_moment
from outreach_app.model.vocabularies import vocabulary
from outreach_app.operations.named_exports import NamedExport, named_exports, remove_export, rename_export, save_export
from outreach_app.texts import _
from ui.actions import action
from ui.desks import Desk
from ui.pages.base import Page
from ui.pages.export_asked import Asked
from ui.pages.folders import asked_files
from ui.widgets.buttons import Button
from ui.widgets.cards import Card, Scroll
from ui.widgets.fields import LabelledField, LineEdit
from ui.widgets.headers import PageHeader
from ui.widgets.labels import muted
from ui.widgets.layouts import Columns, Pane, column, flow, row
from ui.widgets.rows import Row, RowList

_WIDE, _NARROW = 560, 520  # the shares of the two columns
_LEAST = 160  # pixels of the list, however low the window is


def named_row(each: NamedExport, today: date) -> Row:
    """One of them: its name, whom it is for, in which form, when this laptop made it last."""
    parts = [
        vocabulary("export_profiles").label(each.profile),
        vocabulary("export_formats").label(each.form),
        _("what is new since the last time") if each.since_last else "",
    ]
    when = short_moment(moment_of(each.last), today) if each.last else ""
    return Row(each.id, each.name, "file-spreadsheet", " · ".join(filter(None, parts)), when)


class NamedExportsPage(Page):
    """At the left those there are; at the right the one that is kept now, or the one that was chosen."""

    kinds = frozenset({"named_exports", "exports"})

    def __init__(self, desk: Desk, today: Callable[[], date] = date.today) -> None:
        super().__init__(desk)
        self._today = today
        self._asked: Asked | None = None
        self._chosen = ""
        self._found: Sequence[NamedExport] = ()
        self.list = RowList(name=_("Exports with a name"), choosing=True)
        self.list.opened.connect(self._on_chosen)
        self.nothing = muted(_("Nothing yet. Choose what is to leave under Export, and keep it under a name."))
        self.name = LineEdit(placeholder=_("Weekly contacts"))
        self.name_field = LabelledField(_("Name"), self.name)
        self.since_last = QCheckBox(_("Each time only what is new since the last time"))
        keep = Button.of(self.can["keep"], primary=True)
        self.filling = Pane(
            column(
                muted(_("Or fill your own workbook with it: your title, your headings, your styles.")),
                row(Button.of(self.can["template"]), 1),
            )
        )
        if desk.store.role != "coordinator":  # who alone gives templates
            self.filling.hide()
        listed = Scroll(Pane(column(self.nothing, self.list, 1)))
        listed.setMinimumHeight(_LEAST)
        self.new_card = Card(
            _("Keep it under a name"),
            self.name_field,
            self.since_last,
            row(keep, 1),
            self.filling,
        )
        self.called = LineEdit()
        self.called_field = LabelledField(_("Called"), self.called)
        others = flow(Button.of(self.can["rename"]), Button.of(self.can["remove"]))
        self.own_card = Card(_("The one you chose"), self.called_field, others)
        self.lay(
            PageHeader(_("Exports with a name"), _("Chosen once, made again."), back=lambda: desk.go("export")),
            Columns(
                (Card("", (listed, 1)), _WIDE),
                (column(self.new_card, self.own_card, 1), _NARROW),
            ),
        )
        self.new_card.hide()
        self.own_card.hide()

    @property
    def title(self) -> str:
        """The page's name."""
        return _("Exports with a name")

    @property
    def place(self) -> str:
        """It belongs to Export."""
        return "export"

    def shown(self, **arguments: Any) -> None:
        """It comes into view, with what was asked for (``asked``) where that is to be kept."""
        asked = arguments.get("asked")
        self._asked = asked if isinstance(asked, Asked) else None
        self.new_card.setVisible(self._asked is not None)
        if self._asked is not None:
            self.name.setFocus()
        self.refresh()

    def refresh(self) -> None:
        """Read anew which there are."""
        self.desk.read(named_exports, self._show)

    @action("keep", "Keep it", shortcut="Alt+K", icon="check")
    def keep(self) -> None:
        """Keep what was asked for under the name."""
        asked, name, last = self._asked, self.name.text(), self.since_last.isChecked()
        if asked is not None:
            self.desk.do(
                lambda store: save_export(store, name, asked.wanted(store), last),
                done=lambda _kept: self.desk.go("export"),
                failed=self.name_field.refuse,
            )

    @action("template", "Fill our own template…", shortcut="Alt+T", icon="table-2")
    def template(self) -> None:
        """Choose the department's own workbook, and say what its columns hold."""
        if self._asked is None:
            return
        if not self.name.text().strip():
            self.name_field.refuse(_("Give it a name, so that it is found again."))
            self.name.setFocus()
            return
        files = asked_files(self, _("Which workbook is the template?"), (".xlsx",))
        if files:
            last = self.since_last.isChecked()
            told = {"asked": self._asked, "name": self.name.text(), "since_last": last}
            self.desk.go("template", path=files[0], **told)

    @action("rename", "Rename", shortcut="Alt+R", icon="pencil")
    def rename(self) -> None:
        """Call the one that was chosen otherwise."""
        if self._chosen:
            self.desk.do(rename_export, self._chosen, self.called.text(), failed=self.called_field.refuse)

    @action("remove", "Remove", shortcut="Alt+E", icon="trash-2")
    def remove(self) -> None:
        """Remove the one that was chosen; what it made stays in the log."""
        if self._chosen:
            self.desk.do(remove_export, self._chosen, done=self._on_removed)

    def _on_removed(self, _changes: object) -> None:
        self._chosen = ""
        self.desk.messages.done(_("Removed. What it made stays in the log."), _("Undo"), self.desk.undo)

    def _on_chosen(self, chosen: str) -> None:
        self._chosen = chosen
        self._show(self._found)
        self.called.setFocus()

    def _show(self, found: Sequence[NamedExport]) -> None:
        self._found = found
        self.list.show_rows([named_row(each, self._today()) for each in found], self._chosen)
        self.nothing.setVisible(not found)
        own = next((each for each in found if each.id == self._chosen), None)
        self.own_card.setVisible(own is not None)
        self.called.setText(own.name if own else "")
