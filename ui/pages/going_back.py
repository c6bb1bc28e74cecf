"""The door where one goes back: a backup is chosen and takes the place of the store, which is kept."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import Signal

from outreach_app.model.dates import full_moment, moment_of, short_moment
from outreach_app.operations.going_back import Earlier
from outreach_app.texts import _, count
from ui.pages.account_doors import AccountDoor
from ui.pages.folders import asked_files
from ui.widgets.buttons import Button
from ui.widgets.layouts import flow
from ui.widgets.rows import Row, RowList

SHOWN = 3
"""Rows that are shown before somebody asks for all."""


def takes_the_place() -> str:
    """What going back does, in a sentence."""
    return _("It takes the place of what is here now, which is kept and can be put back.")


class EarlierList(RowList):
    """What one can go back to, one of it chosen."""

    def __init__(self, today: Callable[[], date] = date.today) -> None:
        super().__init__(name=_("Backups"), choosing=True)
        self._today = today
        self.chosen: Path | None = None
        self.opened.connect(self._on_chosen)

    def _on_chosen(self, key: str) -> None:
        self.chosen = Path(key)

    def show_earlier(self, found: Sequence[Earlier], all_of_them: bool = False) -> int:
        """Show them, the newest first; how many are left out."""
        if self.chosen not in {each.place for each in found}:
            self.chosen = None
        shown = found if all_of_them else found[:SHOWN]
        self.show_rows([self._row(each) for each in shown], str(self.chosen or ""))
        return len(found) - len(shown)

    def _row(self, each: Earlier) -> Row:
        when = moment_of(each.at)
        what = count("{n} change", "{n} changes", each.changes) if each.changes else ""
        where = _("On this laptop") if each.own else _("In {folder}", folder=each.place.parent)
        detail = _("Kept when a backup took its place") if each.kept else f"{where} · {_('opened and checked')}"
        said = short_moment(when, self._today())
        return Row(str(each.place), said, "undo-2" if each.kept else "download", detail, what, hover=full_moment(when))


class GoingBackPage(AccountDoor):
    """Tells ``asked`` with the path of what was chosen; ``opened`` once it is there."""

    asked = Signal(object)  # Path
    opened = Signal()

    def __init__(self) -> None:
        super().__init__(_("Go back to a backup"), takes_the_place(), _("Go back"), _("Going back…"))
        self.rows = EarlierList()
        self.other = Button(_("Another backup…"), icon="folder-open", does=self._on_other)
        self.rows.opened.connect(lambda _key: self.button.setEnabled(True))
        self.lay_choices(self.rows, flow(self.other), held=(self.rows, self.other))
        self.button.setEnabled(False)
        self.setFocusProxy(self.rows)

    def show_earlier(self, found: Sequence[Earlier]) -> None:
        """Show what there is."""
        self.rows.show_earlier(found, all_of_them=True)
        if not found:
            self.say(_("No backup was found. Put the stick in, or name one."))

    def stay(self, sentence: str) -> None:
        """It could not be done; say why."""
        super().stay(sentence)
        self.button.setEnabled(self.rows.chosen is not None)

    def show_gone_back(self, words: str) -> None:
        """It is there: what came of every change."""
        self.show_account(_("The backup is in place"), words)

    def on_button(self) -> None:
        """Go back, or open what is there then."""
        if self.done:
            self.opened.emit()
        elif self.rows.chosen is not None:
            self.asked.emit(self.rows.chosen)

    def _on_other(self) -> None:
        named = asked_files(self, _("Which backup?"), [".backup"], _("Backups"))
        if named:
            self.asked.emit(named[0])
