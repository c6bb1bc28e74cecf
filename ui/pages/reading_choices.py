"""How files are read where they leave it open: days with slashes, merged cells, columns that are not ours."""

from PySide6.QtCore import Signal

from outreach_app.sheets.parsing import Order
from outreach_app.sheets.reading_choices import Choices
from outreach_app.texts import _
from ui.widgets.chips import ChipRow, Choice
from ui.widgets.layouts import Pane, column

_FILL, _KEEP = "fill", "keep"


class ReadingChoices(Pane):
    """Chips to tap; nothing chosen is how files are read as they are."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.ways = ChipRow(
            [
                Choice(_FILL, _("Fill merged cells down"), shortcut="Alt+G"),
                Choice(_KEEP, _("Keep other columns as notes"), shortcut="Alt+K"),
            ],
            name=_("How the files are read"),
            many=True,
        )
        self.days = ChipRow(
            [
                Choice(Order.MONTH_FIRST, _("3/4 is March 4"), shortcut="Alt+3"),
                Choice(Order.DAY_FIRST, _("3/4 is April 3"), shortcut="Alt+4"),
            ],
            name=_("What a day with slashes is, where a column does not tell"),
        )
        self.setLayout(column(self.ways, self.days, space="small"))
        for each in (self.ways, self.days):
            each.changed.connect(lambda _chosen: self.changed.emit())

    @property
    def chosen(self) -> bool:
        """Whether anything is."""
        return bool(self.ways.chosen or self.days.chosen)

    def clear(self) -> None:
        """Choose nothing, without telling anybody."""
        for each in (self.ways, self.days):
            each.choose(())

    @property
    def choices(self) -> Choices:
        """What is chosen."""
        ways = self.ways.chosen
        return Choices(days=Order(self.days.one or Order.UNKNOWN), fill=_FILL in ways, keep=_KEEP in ways)
