"""The help: its pages at the left with words to look for, and the one in hand."""

from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtGui import QTextCharFormat, QTextCursor, QTextDocument, QTextFormat
from PySide6.QtWidgets import QFrame, QScrollArea, QTextBrowser

from outreach_app.help_pages import help_folder, help_found, help_page, help_pages, help_title
from outreach_app.texts import _, language
from ui.desks import Desk
from ui.look.looks import look
from ui.pages.base import Page
from ui.widgets.buttons import Button, ButtonSize
from ui.widgets.cards import Card
from ui.widgets.fields import LineEdit
from ui.widgets.headers import PageHeader
from ui.widgets.labels import muted
from ui.widgets.layouts import Columns
from ui.widgets.rows import Row, RowList

_AIR = 8
_LARGER = {1: 2, 2: 1}  # steps of a heading's size, by its level
_LEAST = 340  # pixels of the text at the plain text size, however low the window is


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
        self.list.opened.connect(self._on_opened)
        self.nothing = muted(_("No page says that. Try fewer letters."))
        self.nothing.hide()
        self.text = QTextBrowser()
        self.text.setAccessibleName(_("Help"))
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setOpenLinks(False)
        self.text.setMinimumHeight(round(_LEAST * look().text))
        self.words.returnPressed.connect(self.text.setFocus)
        self.side = Card("", self.words, self.list, self.nothing, 1)
        self.lay(
            PageHeader(
                _("Help"),
                _("It works without a network, like everything here."),
                Button(_("Show me around"), icon="eye", size=ButtonSize.LARGE, does=lambda: desk.go("tour")),
            ),
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
        if arguments.get("name"):
            self._bring_text()
        else:
            self.words.setFocus()

    def show_page(self, name: str) -> None:
        """Show one, at the first of the words looked for."""
        self.name = name
        self.list.choose(name)
        self.text.setSearchPaths([str(help_folder(language()))])  # where its pictures are
        self.text.setMarkdown(help_page(name, language()))
        _air(self.text.document())
        for word in self.words.text().split():
            if self.text.find(word):
                break

    def _on_opened(self, name: str) -> None:
        self.show_page(name)
        self._bring_text()

    def _bring_text(self) -> None:
        """Where list and text stand below each other, it is the text that one came for."""
        self.text.setFocus()
        self._scroll_to_text((-1, -1))

    def _scroll_to_text(self, before: tuple[int, int]) -> None:
        """Scroll there; once more as long as the layout still moves it."""
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None:
            bar, top = above.verticalScrollBar(), self.text.mapTo(self, QPoint()).y()
            bar.setValue(top - 2 * _AIR)
            now = top, bar.maximum()
            if now != before:
                QTimer.singleShot(0, self, partial(self._scroll_to_text, now))

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
    """Room between paragraphs, which Markdown leaves out, and headings no larger than the page's own."""
    cursor, block = QTextCursor(document), document.begin()
    while block.isValid():
        form = block.blockFormat()
        form.setBottomMargin(_AIR)
        cursor.setPosition(block.position())
        cursor.setBlockFormat(form)
        if form.headingLevel():
            smaller = QTextCharFormat()
            smaller.setProperty(QTextFormat.Property.FontSizeAdjustment, _LARGER.get(form.headingLevel(), 0))
            cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
            cursor.mergeCharFormat(smaller)
        block = block.next()
