"""The door where one goes back: a backup is chosen and takes the place of the store, which is kept."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import Signal

from outreach_app.model.dates import full_moment, moment_of, short_moment
from outreach_app.operations.going_back import Earlier
from outreach_app.texts import _, count
from ui.pages.doors import Door
from ui.pages.folders import asked_files
from ui.widgets.buttons import Button, LinkButton
from ui.widgets.labels import Words, muted
from ui.widgets.layouts import Pane, column, flow, row
from ui.widgets.rows import Row, RowList

SHOWN = 3
"""Rows that are shown before somebody asks for all."""


class EarlierList(RowList):
    """What one can go back to, one of it chosen."""

    def __init__(self, today: Callable[[], date] = date.today) -> None:
        super().__init__(name=_("Backups"), choosing=True)
        self._today, self._found, self._all = today, (), False  # type: tuple[Callable[[], date], Sequence[Earlier], bool]
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


class GoingBackPage(Door):
    """Tells ``asked`` with the path of what was chosen; then ``wait``, and ``show_account`` or ``stay``. ``opened``
    once it is there; ``back`` to the passphrase."""

    asked = Signal(object)  # Path
    opened = Signal()
    back = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._done = False
        self.heading = Words(_("Go back to a backup"), "hero", wrap=True)
        self.about = muted(_("It takes the place of what is here now, which is kept and can be put back."))
        self.rows = EarlierList()
        self.other = Button(_("Another backup…"), icon="folder-open", does=self._on_other)
        self.choices = Pane(column(self.rows, flow(self.other)))
        self.account = Words("", wrap=True)
        self.button = Button(_("Go back"), primary=True, does=self._on_button)
        self.turn = LinkButton(_("Back to the passphrase"), self.back.emit)
        self.rows.opened.connect(lambda _key: self.button.setEnabled(True))
        self.lay(
            column(self.heading, self.about, space="hair"),
            self.choices,
            self.account,
            self.fault,
            row(self.button, 1, self.turn, space="medium"),
        )
        self.account.hide()
        self.button.setEnabled(False)
        self.setFocusProxy(self.rows)

    def show_earlier(self, found: Sequence[Earlier]) -> None:
        """Show what there is."""
        self.rows.show_earlier(found, all_of_them=True)
        if not found:
            self._say(_("No backup was found. Put the stick in, or name one."))

    def wait(self) -> None:
        """It is under way."""
        self.refuse("")
        for piece in (self.button, self.other, self.turn, self.rows):
            piece.setEnabled(False)
        self.button.say(_("Going back…"))

    def stay(self, sentence: str) -> None:
        """It could not be done; say why."""
        self.refuse(sentence)
        for piece in (self.other, self.turn, self.rows):
            piece.setEnabled(True)
        self.button.setEnabled(self.rows.chosen is not None)
        self.button.say(_("Go back"))

    def show_account(self, words: str) -> None:
        """It is there: what came of every change."""
        self._done = True
        self.heading.setText(_("The backup is in place"))
        for piece in (self.about, self.choices, self.turn):
            piece.hide()
        self._say(words)
        self.button.say(_("Open"))
        self.button.setEnabled(True)
        self.button.setFocus()

    def _say(self, words: str) -> None:
        self.account.setText(words)
        self.account.setVisible(bool(words))

    def _on_button(self) -> None:
        if self._done:
            self.opened.emit()
        elif self.rows.chosen is not None:
            self.asked.emit(self.rows.chosen)

    def _on_other(self) -> None:
        named = asked_files(self, _("Which backup?"), [".backup"], _("Backups"))
        if named:
            self.asked.emit(named[0])
