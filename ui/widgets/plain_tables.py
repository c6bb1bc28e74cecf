"""A few lines in columns that are only read: how something came about, what two have in common."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.look.looks import look
from ui.widgets.cards import Line
from ui.widgets.labels import Words
from ui.widgets.layouts import Settling

Cell = str | QWidget


class PlainTable(Settling):
    """Headings and lines; a cell is words or a widget of its own. ``shares``: of the width, 0 for what is needed.

    PlainTable([_("When"), _("Who")], [["3 Oct 14:02", "Rosa Delgado"]], shares=(0, 1))
    """

    def __init__(self, heads: Sequence[Cell], lines: Sequence[Sequence[Cell]], *, shares: Sequence[int]) -> None:
        super().__init__()
        self.lines = [[cell if isinstance(cell, str) else cell.accessibleName() for cell in line] for line in lines]
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(look().space("wide"))
        self._grid.setVerticalSpacing(look().space("small"))
        for at, share in enumerate(shares):
            self._grid.setColumnStretch(at, share)
        self._place(0, heads, "label", shares)
        for number, line in enumerate(lines, 1):
            self._place(2 * number, line, "", shares)

    def _place(self, at: int, cells: Sequence[Cell], role: str, shares: Sequence[int]) -> None:
        for side, cell in enumerate(cells):
            if isinstance(cell, str):
                words = Words(cell, role, wrap=shares[side] > 0)
                self._grid.addWidget(words, at, side, Qt.AlignmentFlag.AlignVCenter)
            else:  # to the left, or a cell as wide as its words would hold the whole column to that
                self._grid.addWidget(cell, at, side, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        self._grid.addWidget(Line(), at + 1, 0, 1, len(cells))
