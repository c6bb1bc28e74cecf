"""Return files: for each worker who sends workbooks one file back, or for one of them alone."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from outreach_app.model.vocabularies import vocabulary
from outreach_app.operations.returning import Returnable, Returned, make_returns, returnable
from outreach_app.texts import LANGUAGES, _, count, language
from ui.actions import action
from ui.desks import Desk
from ui.pages.base import Page
from ui.pages.folders import asked_folder, show_folder
from ui.widgets.buttons import Button
from ui.widgets.cards import Card, EmptyState, Scroll
from ui.widgets.chips import ChipRow, Choice
from ui.widgets.fields import LabelledField
from ui.widgets.headers import PageHeader
from ui.widgets.labels import Words
from ui.widgets.layouts import Pane, column, row
from ui.widgets.rows import Row, RowList

_ALL = "all"


class ReturnsPage(Page):
    """Whose workbooks were merged; the button writes a file for all of them, or for the one that is chosen."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._known: Sequence[Returnable] = ()
        self._chosen = _ALL
        self._file: Path | None = None
        self.list = RowList(name=_("Who gets a file"), choosing=True)
        self.list.opened.connect(self._on_opened)
        labels = vocabulary("languages")
        self.language = ChipRow(
            [Choice(code, labels.label(code)) for code in LANGUAGES], name=_("Language"), required=True
        )
        self.language.choose([language()])
        self.button = Button.of(self.can["write"], primary=True)
        aloud = Words(_("The files are not locked: whoever has one can read it."), "waits", wrap=True)
        self.card = Card(
            _("Who gets a file"),
            (Scroll(Pane(column(self.list, 1))), 1),
            LabelledField(_("Language"), self.language),
            row(self.button, (aloud, 1), space="medium"),
        )
        words = _("Merge the workbooks that workers sent. Then each can be told here what arrived.")
        self.nothing = EmptyState("file-spreadsheet", _("Nobody to write to yet"), words)
        self.nothing.hide()
        about = _("For workers who send workbooks and do not sync: what arrived, what was decided, what was set aside.")
        header = PageHeader(_("Return files"), about, back=lambda: desk.go("merge"))
        self.lay(header, (self.card, 1), (self.nothing, 1))

    @property
    def title(self) -> str:
        """The page's name."""
        return _("Return files")

    @property
    def place(self) -> str:
        """It belongs to Import & merge."""
        return "merge"

    def shown(self, **arguments: Any) -> None:
        """It comes into view; the button has the focus."""
        del arguments
        self.refresh()
        self.button.setFocus()

    def refresh(self) -> None:
        """Read anew whose workbooks came."""
        self.desk.read(returnable, self._show)

    @action("write", "Write the files…", shortcut="Alt+W", icon="file-spreadsheet")
    def write(self) -> None:
        """Ask for a folder, then write a file for each."""
        if not self._known:
            return
        folder = asked_folder(self, _("Where should the files go?"))
        if folder is None:
            return
        whose = None if self._chosen == _ALL else [bytes.fromhex(self._chosen)]
        spoken = self.language.one or language()
        self.button.setEnabled(False)
        self.desk.work(
            lambda store, tell: make_returns(store, folder, whose, spoken, tell),
            self._on_written,
            self._on_failed,
            label=_("Writing the files"),
        )

    def _on_written(self, made: Returned) -> None:
        self.button.setEnabled(True)
        self._file = made.files[0][1]
        said = count("Wrote {n} return file.", "Wrote {n} return files.", len(made.files))
        self.desk.messages.done(said, _("Show the folder"), self._show_folder)

    def _on_failed(self, sentence: str) -> None:
        self.button.setEnabled(True)
        self.desk.messages.fault(sentence)

    def _show_folder(self) -> None:
        if self._file is not None:
            show_folder(self._file)

    def _on_opened(self, key: str) -> None:
        self._chosen = key

    def _show(self, known: Sequence[Returnable]) -> None:
        self._known = known
        if self._chosen not in {each.device.hex() for each in known}:
            self._chosen = _ALL
        everybody = Row(_ALL, _("Everyone"), "users", trailing=f"{len(known):,}")
        self.list.show_rows([everybody, *map(_row, known)], self._chosen)
        self.card.setVisible(bool(known))
        self.nothing.setVisible(not known)


def _row(whose: Returnable) -> Row:
    merged = count("{n} workbook merged", "{n} workbooks merged", whose.workbooks)
    code = _("laptop {code}", code=whose.code)
    return Row(whose.device.hex(), whose.name or code, "file-spreadsheet", " · ".join([code, merged]))
