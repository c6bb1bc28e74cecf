"""What is typed in the forms of records and not saved yet: kept as one types, and there again when the form is."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QObject

from outreach_app.operations.drafts import Draft, KeptDraft, Place, Typed, keep_draft
from outreach_app.store.stores import Store
from ui.desks import Desk
from ui.drafts import DraftKeeper
from ui.pages.found_again import cleared
from ui.pages.lists import NEW
from ui.pages.record_bodies import Key
from ui.widgets.forms.forms import RecordForm


class FormDrafts(QObject):
    """Keeps what is typed in the form in view, by the record it is of or as which new one it was begun.

    ``found`` is told of what was kept, which may be before the form is made.
    """

    def __init__(self, desk: Desk, form: Callable[[], RecordForm | None], found: Callable[[KeptDraft], None]) -> None:
        super().__init__(desk)
        self._desk, self._form, self._found = desk, form, found
        self._begun: dict[Key, Mapping[str, Any]] = {}  # what each form was asked for with
        self._waits: KeptDraft | None = None  # found before its form was made
        self.keeper = DraftKeeper(desk, self._look, self)

    def begin(self, key: Key, arguments: Mapping[str, Any]) -> None:
        """Go on in the form of a record, asked for with some arguments."""
        self._begun[key], self._waits = arguments, None
        self.keeper.begin(self._place(key), self._on_found)

    def made(self) -> None:
        """The form is there now, to write in it what was found meanwhile."""
        if self._waits is not None:
            waits, self._waits = self._waits, None
            self._found(waits)

    def go_to(self, key: Key) -> None:
        """Go to the form of a record."""
        place = self._place(key)
        self._desk.go(place.page, **place.arguments)

    def thrown_away(self, key: Key, form: RecordForm, typed: Typed) -> None:
        """This was thrown away out of a form; the message bar brings it back, wherever one is then."""

        def keep(store: Store, _tell: object) -> None:
            keep_draft(store, self._place(key), Draft(typed))

        def back() -> None:
            if self._form() is form:
                form.restore(typed)
            else:
                self._desk.work(keep, lambda _none: self.go_to(key))

        cleared(self._desk, back)

    def saved(self, key: Key) -> None:
        """Nothing waits in the form of a record any more."""
        self.keeper.keep()
        self.keeper.forget(self._place(key))

    def _on_found(self, kept: KeptDraft) -> None:
        self._waits = kept
        if self._form() is not None:
            self.made()

    def _look(self) -> Draft | None:
        form = self._form()
        if form is None or self._waits is not None:
            return None
        return Draft(form.drafts()) if form.touched else Draft()

    def _place(self, key: Key) -> Place:
        kind, asked = key
        new = asked.startswith("new ")
        what = NEW.get(kind, "New") if new else self._desk.store.registry[kind].about.one
        there = {"kind": kind, "record": None if new else asked, **self._begun.get(key, {})}
        return Place(f"record {kind} {asked}", what, "record", there)
