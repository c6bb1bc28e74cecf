"""The help: its pages at the left with words to look for, and the one in hand."""

from typing import Any

from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import QFrame, QTextBrowser

from outreach_app.help_pages import help_found, help_page, help_pages, help_title
from outreach_app.texts import _, language
from ui.desks import Desk
from ui.pages.base import Page
from ui.widgets.cards import Card
from ui.widgets.fields import LineEdit
from ui.widgets.headers import PageHeader
from ui.widgets.labels import muted
from ui.widgets.layouts import Columns
from ui.widgets.rows import Row, RowList

_AIR = 8


class HelpPage(Page):
    """``desk.go("help", name="stolen-laptop")`` shows one of its pages."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.name = ""
        self.words = LineEdit(placeholder=_("Look for words"))
        self.words.setAccessibleName(_("Look for words in the help"))
        self.words.setClearButtonEnabled(True)
        self.words.textChanged.connect(self._on_words)
        self.list = RowList(name=_("Help"), choosing=True)
        self.list.opened.connect(self.show_page)
        self.nothing = muted(_("No page says that. Try fewer letters."))
        self.nothing.hide()
        self.text = QTextBrowser()
        self.text.setAccessibleName(_("Help"))
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setOpenLinks(False)
        self.words.returnPressed.connect(self.text.setFocus)
        self.side = Card("", self.words, self.list, self.nothing, 1)
        self.lay(
            PageHeader(_("Help"), _("It works without a network, like everything here.")),
            (Columns((self.side, 33), (Card("", (self.text, 1)), 77)), 1),
        )

    @property
    def title(self) -> str:
        """The page's name."""
        return _("Help")

    def shown(self, **arguments: Any) -> None:
        """It comes into view, with the page wanted."""
        self.words.clear()
        self._list()
        self.show_page(str(arguments.get("name") or self.name or help_pages()[0]))
        (self.text if arguments.get("name") else self.words).setFocus()

    def show_page(self, name: str) -> None:
        """Show one, at the first of the words looked for."""
        self.name = name
        self.list.choose(name)
        self.text.setMarkdown(help_page(name, language()))
        _air(self.text.document())
        for word in self.words.text().split():
            if self.text.find(word):
                break

    def _list(self) -> None:
        spoken = language()
        found = help_found(self.words.text(), spoken)
        self.list.show_rows([Row(name, help_title(name, spoken), "circle-question-mark") for name in found], self.name)
        self.nothing.setVisible(not found)

    def _on_words(self) -> None:
        """What says the words is listed, and the first of it shown."""
        self._list()
        if self.words.text().strip() and self.list.rows:
            self.show_page(self.list.rows[0].key)


def _air(document: QTextDocument) -> None:
    """Room between paragraphs, which Markdown leaves out."""
    cursor, block = QTextCursor(document), document.begin()
    while block.isValid():
        form = block.blockFormat()
        form.setBottomMargin(_AIR)
        cursor.setPosition(block.position())
        cursor.setBlockFormat(form)
        block = block.next()
