"""One record of any kind: a form made from its fields, what belongs to it, and how it came to be as it is."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent

from outreach_app.journal.changes import Changes
from outreach_app.model.codes import spaced
from outreach_app.model.dates import moment_of, short
from outreach_app.model.kinds import Kind
from outreach_app.operations.filling_in import meant, written_before
from outreach_app.operations.records import bring_back, delete_record, edit_record
from outreach_app.operations.surroundings import Pointing, Surroundings, surroundings, was_deleted
from outreach_app.operations.writing_down import still_no, write_down
from outreach_app.texts import _, say
from ui.actions import action
from ui.desks import Desk
from ui.pages.base import Page
from ui.pages.lists import go_to_list, new_words, place_of
from ui.pages.record_sides import SideColumn
from ui.widgets.buttons import Button, ButtonSize
from ui.widgets.cards import Card, EmptyState, Scroll
from ui.widgets.forms.forms import Facts, RecordForm
from ui.widgets.forms.parts import Lookups
from ui.widgets.headers import PageHeader
from ui.widgets.layouts import Columns, Pane, column
from ui.widgets.suggestions import Suggestion

Shown = tuple[str, str]
"""A kind, and a record's id ("" for one that is not saved yet)."""


class RecordPage(Page):
    """``desk.go("record", kind="people", record=id)``; a new one with ``record=None``, and values for its fields.

    What was typed and not saved stays, also while one is elsewhere: each record keeps its form until it is saved.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.kind, self.record = "", ""
        self.around: Surroundings | None = None
        self.form: RecordForm | None = None
        self._forms: dict[Shown, RecordForm] = {}  # those in which something waits to be saved, and the one shown
        self._wanted: Mapping[str, Any] = {}
        self.save_button = Button.of(self.can["save"], primary=True)
        self.header = PageHeader(
            " ",
            " ",
            Button.of(self.can["open_event"], size=ButtonSize.LARGE),
            Button.of(self.can["delete"], size=ButtonSize.LARGE),
            self.save_button,
            back=self._back,
        )
        self.open_event_button, self.delete_button = self.header.findChildren(Button)[1:3]
        self.body = Scroll(Pane())
        self.body.setMinimumHeight(360)
        self.side = SideColumn()
        self.side.related.opened.connect(self._on_related)
        self.side.related.add_asked.connect(lambda each: desk.go("record", kind=each.kind, record=None, **{each.field: self.record}))
        self.side.history.undo_asked.connect(desk.undo)
        side = Scroll(self.side)
        side.setMinimumHeight(240)
        self.lay(self.header, (Columns((Card("", (self.body, 1)), 7), (side, 4)), 1))
