"""A table's columns one below the other, each with its first cells, and a choice of what it holds."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from outreach_app.sheets.column_guesses import LEFT_OUT, Columns
from outreach_app.texts import _
from ui.widgets.chips import Choice
from ui.widgets.choices import ChoiceBox
from ui.widgets.layouts import Settling, emptied, tab_on
from ui.widgets.plain_tables import PlainTable

_EXAMPLES = 3  # cells of a column that are shown


class HeldColumns(Settling):
    """``show_table`` shows one; ``told`` is what its columns hold by now, and ``changed`` says that it is another."""

    changed = Signal(object)  # Columns

    def __init__(self) -> None:
        super().__init__()
        self.boxes: dict[str, ChoiceBox] = {}  # by heading
        self.told = Columns("", {})
        self._made = QVBoxLayout(self)
        self._made.setContentsMargins(0, 0, 0, 0)

    def show_table(
        self, headings: Sequence[str], rows: Sequence[Sequence[str]], told: Columns, choices: Mapping[str, str]
    ) -> None:
        """Show a table's columns. ``choices``: what each may hold, with what it is called."""
        self.clear()
        self.told = told
        lines = []
        for place, heading in enumerate(headings):
            if heading and heading not in self.boxes:
                box = ChoiceBox(
                    [Choice(what, name) for what, name in choices.items()],
                    name=_("What “{heading}” holds", heading=heading),
                    empty=_("Leave it out"),
                    shrinks=True,
                )
                box.choose(told.holds.get(heading, LEFT_OUT))
                box.changed.connect(partial(self._on_held, heading))
                self.boxes[heading] = box
                cells = dict.fromkeys(line[place] for line in rows if place < len(line) and line[place])
                lines.append((heading, " · ".join(list(cells)[:_EXAMPLES]), box))
        heads = (_("Heading in the file"), _("First rows"), _("What it holds"))
        self._made.addWidget(PlainTable(heads, lines, shares=(3, 4, 0), stacks=True))
        for before, after in pairwise(self.boxes.values()):
            tab_on(before, after)

    def clear(self) -> None:
        """Show nothing."""
        self.boxes = {}
        emptied(self._made)

    def _on_held(self, heading: str, what: str) -> None:
        self.told = replace(self.told, holds={**self.told.holds, heading: what})
        self.changed.emit(self.told)
