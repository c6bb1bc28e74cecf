"""A few lines in columns that are only read: how something came about, what two have in common."""

import re
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.look.looks import look
from ui.widgets.cards import Line
from ui.widgets.labels import Words
from ui.widgets.layouts import Settling

Cell = str | QWidget
_STACKED = 520  # pixels at the plain text size under which what a line is called stands above it
_LONG_WORD = re.compile(r"\S{16,}")
_MAY_BREAK = re.compile(r"(?<=[@._/-])")


def breakable(text: str) -> str:
    """The text with places, seen by nobody, where a long word (an e-mail address) may go on in the next line."""
    return _LONG_WORD.sub(lambda found: _MAY_BREAK.sub("\u200b", found[0]), text)


class PlainTable(Settling):
    """Headings and lines; a cell is words or a widget of its own. ``shares``: of the width, 0 for what is needed.

    ``PlainTable([_("When"), _("Who")], [["3 Oct 14:02", "Rosa Delgado"]], shares=(0, 1))``. With ``stacks``, the first
    cell of each line stands above the others where the width is too small for the text size.
    """

    def __init__(
        self, heads: Sequence[Cell], lines: Sequence[Sequence[Cell]], *, shares: Sequence[int], stacks: bool = False
    ) -> None:
        super().__init__()
        self.lines = [[cell if isinstance(cell, str) else cell.accessibleName() for cell in line] for line in lines]
        self._stacks, self._stacked, self._shares = stacks, False, shares
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(look().space("wide"))
        self._grid.setVerticalSpacing(look().space("small"))
        roles = ["label", *[""] * len(lines)]
        self._rows = [
            [self._shown(cell, role, at) for at, cell in enumerate(line)]
            for role, line in zip(roles, [heads, *lines], strict=True)
        ]
        self._rules = [Line() for _row in self._rows]
        self._place()

    def _shown(self, cell: Cell, role: str, at: int) -> QWidget:
        return Words(breakable(cell), role, wrap=self._shares[at] > 0) if isinstance(cell, str) else cell

    def _place(self) -> None:
        across = len(self._shares) - self._stacked
        for number, (cells, rule) in enumerate(zip(self._rows, self._rules, strict=True)):
            top = 3 * number
            for at, cell in enumerate(cells):
                self._grid.removeWidget(cell)
                where = (top, 0, 1, across) if self._stacked and at == 0 else (top + 1, at - self._stacked, 1, 1)
                # a widget as wide as its words stands at the left, or the whole column would be held to that
                side = Qt.AlignmentFlag.AlignLeft if not isinstance(cell, Words) else Qt.AlignmentFlag(0)
                self._grid.addWidget(cell, *where, side | Qt.AlignmentFlag.AlignVCenter)
            self._grid.removeWidget(rule)
            self._grid.addWidget(rule, top + 2, 0, 1, across)
        for at, share in enumerate(self._shares):
            self._grid.setColumnStretch(at, (self._shares[at + 1] if at < across else 0) if self._stacked else share)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's: the first cell beside the others, or above them."""
        super().resizeEvent(event)
        stacked = self._stacks and self.width() < _STACKED * look().text
        if stacked is not self._stacked:
            self._stacked = stacked
            self._place()
