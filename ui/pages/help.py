"""The help: its pages at the left, where there are several, and the one in hand."""

from typing import Any

from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import QFrame, QTextBrowser

from outreach_app.help_pages import help_page, help_pages, help_title
from outreach_app.texts import _, language
from ui.desks import Desk
from ui.pages.base import Page
from ui.widgets.cards import Card
from ui.widgets.headers import PageHeader
from ui.widgets.layouts import Columns
from ui.widgets.rows import Row, RowList

_AIR = 8


class HelpPage(Page):
    """``desk.go("help", name="stolen-laptop")`` shows one of its pages."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.list = RowList(name=_("Help"), choosing=True)
        self.list.opened.connect(self.show_page)
        self.text = QTextBrowser()
        self.text.setAccessibleName(_("Help"))
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setOpenLinks(False)
        self.side = Card("", self.list, 1)
        self.side.setVisible(len(help_pages()) > 1)
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
        spoken = language()
        self.list.show_rows([Row(name, help_title(name, spoken), "circle-question-mark") for name in help_pages()])
        self.show_page(str(arguments.get("name") or help_pages()[0]))

    def show_page(self, name: str) -> None:
        """Show one."""
        self.list.choose(name)
        self.text.setMarkdown(help_page(name, language()))
        _air(self.text.document())
        self.text.setFocus()


def _air(document: QTextDocument) -> None:
    """Room between paragraphs, which Markdown leaves out."""
    cursor, block = QTextCursor(document), document.begin()
    while block.isValid():
        form = block.blockFormat()
        form.setBottomMargin(_AIR)
        cursor.setPosition(block.position())
        cursor.setBlockFormat(form)
        block = block.next()
