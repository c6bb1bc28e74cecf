"""What staff choose of a sign-in sheet: event, language, lines, names, print and paper."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator, QKeyEvent
from PySide6.QtWidgets import QCheckBox, QVBoxLayout

from outreach_app.model.vocabularies import vocabulary
from outreach_app.operations.printing import DEFAULT_LINES, SheetChoices
from outreach_app.paper.sheets import MOST_LINES, PAPERS
from outreach_app.store.views import View
from outreach_app.texts import _, count
from ui.desks import Desk
from ui.pages.known_fields import KnownField
from ui.widgets.chips import ChipRow, Choice
from ui.widgets.fields import LabelledField, LineEdit
from ui.widgets.layouts import Settling, column, fill, row

_BOTH = "en+es"


class NumberEdit(LineEdit):
    """A whole number from 0 to ``most``; Up and Down step it."""

    def __init__(self, number: int, most: int) -> None:
        super().__init__(str(number))
        self._most = most
        self.setValidator(QIntValidator(0, most, self))

    @property
    def number(self) -> int:
        """The number; 0 where nothing is written."""
        return int(self.text() or 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's: one more, or one fewer."""
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()), 0)
        if step:
            self.setText(str(max(0, min(self._most, self.number + step))))
        else:
            super().keyPressEvent(event)


class SheetForm(Settling):
    """``changed`` tells that the sheet would be another; ``event`` and ``choices`` say which."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.event_field = KnownField(desk, "events", placeholder=_("Type to find the event"))
        self.event_field.chosen.connect(lambda _event: self.changed.emit())
        languages = vocabulary("sheet_languages")
        self.language = ChipRow(
            [Choice(code, languages.label(code)) for code in ("en", "es", _BOTH)], name=_("Language"), required=True
        )
        self.language.choose([_BOTH])
        self.language.changed.connect(lambda _chosen: self.changed.emit())
        self.lines = NumberEdit(DEFAULT_LINES, MOST_LINES)
        self.lines.textChanged.connect(lambda _text: self.changed.emit())
        self.paper = ChipRow(
            [Choice(name, vocabulary("paper_sizes").label(name)) for name in PAPERS], name=_("Paper"), required=True
        )
        self.paper.choose(PAPERS[:1])
        self.paper.changed.connect(lambda _chosen: self.changed.emit())
        self.prefilled = QCheckBox(_("Print the names of who is expected first"))
        self.large = QCheckBox(_("Large print"))
        for box in (self.prefilled, self.large):
            box.toggled.connect(lambda _on: self.changed.emit())
        lines = LabelledField(_("Blank lines"), self.lines)
        paper = LabelledField(_("Paper"), self.paper)
        fill(
            QVBoxLayout(self),
            (
                LabelledField(_("Event"), self.event_field, buddy=self.event_field.field),
                LabelledField(_("Language"), self.language),
                row((lines, 2), (paper, 5), space="medium"),
                column(self.prefilled, self.large, space="none"),
            ),
            "medium",
            (0, 0, 0, 0),
        )
        self.setFocusProxy(self.event_field)

    @property
    def choices(self) -> SheetChoices:
        """What is chosen."""
        return SheetChoices(
            languages=tuple((self.language.one or _BOTH).split("+")),
            blank_lines=self.lines.number,
            large_print=self.large.isChecked(),
            prefilled=self.prefilled.isChecked(),
            paper=self.paper.one or PAPERS[0],
        )

    def show_event(self, event: View | None, expected: int) -> None:
        """Show an event as chosen, and how many are expected there."""
        self.event_field.show_known(event)
        self.prefilled.setEnabled(expected > 0)
        self.prefilled.setText(
            count(
                "Print the name of {n} who is expected first", "Print the names of {n} who are expected first", expected
            )
            if expected
            else _("Print the names of who is expected first")
        )
