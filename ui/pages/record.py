"""One record of any kind: a form made from its fields, what belongs to it, and how it came to be as it is."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtGui import QHideEvent

from outreach_app.journal.changes import Changes
from outreach_app.model.codes import spaced
from outreach_app.model.dates import moment_of, short
from outreach_app.operations.drafts import KeptDraft
from outreach_app.operations.filling_in import titles_of
from outreach_app.operations.records import bring_back, delete_record, edit_record
from outreach_app.operations.surroundings import Pointing, Surroundings, surroundings, was_deleted
from outreach_app.operations.writing_down import still_no, write_down
from outreach_app.texts import _, language, say
from ui.actions import action
from ui.desks import Desk
from ui.pages.already_here import KINDS, watch
from ui.pages.base import Page
from ui.pages.found_again import FoundAgain
from ui.pages.lists import go_to_list, go_to_new, new_words, place_of
from ui.pages.record_bodies import Bodies, Key
from ui.pages.record_drafts import FormDrafts
from ui.pages.record_fields import first_values, form_fields, lookups
from ui.pages.record_saved import say_saved, say_still_no
from ui.pages.record_sides import SideColumn
from ui.widgets.buttons import Button, ButtonSize
from ui.widgets.cards import Card, EmptyState, Scroll
from ui.widgets.forms.forms import Facts, RecordForm
from ui.widgets.headers import PageHeader
from ui.widgets.sides import Sides


class RecordPage(Page):
    """``desk.go("record", kind="people", record=id)``; a new one by :func:`ui.pages.lists.go_to_new`.

    What was typed and not saved stays while one is elsewhere: each record keeps its form until it is saved, and the
    store what is typed in it.
    """

    keeps_drafts = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.kind, self.record = "", ""
        self.around: Surroundings | None = None
        self.form: RecordForm | None = None
        self._key: Key = ("", "")
        self._arguments: dict[str, Any] = {}
        self._became: dict[Key, str] = {}  # what was begun as new -> the id it was saved under
        self._saving = False
        self.drafts = FormDrafts(desk, lambda: self.form, self._on_found_draft)
        self.save_button = Button.of(self.can["save"], primary=True)
        self.delete_button = Button.of(self.can["delete"], size=ButtonSize.LARGE)
        self.event_button = Button.of(self.can["open_event"], size=ButtonSize.LARGE)
        buttons = (self.event_button, self.delete_button, self.save_button)
        self.header = PageHeader(" ", " ", *buttons, back=self._to_list)
        self.found_again = FoundAgain(self.can["start_empty"])
        self.bodies = Bodies()
        self.room = Scroll(self.bodies)
        self.side = SideColumn()
        self.side.related.opened.connect(self._on_related)
        self.side.related.add_asked.connect(self._on_add_asked)
        self.side.history.undo_asked.connect(desk.undo)
        beside = Scroll(self.side)
        self.lay(
            self.header,
            (Sides((Card("", self.found_again, (self.room, 1)), self.room, 7), (beside, beside, 4), least=900), 1),
        )

    @property
    def title(self) -> str:
        """What sort of thing it is, never whose."""
        return say(self.desk.store.registry[self.kind].about.one) if self.kind else ""

    @property
    def place(self) -> str:
        """The list it is of."""
        return place_of(self.kind) if self.kind else ""

    # coming and going

    def shown(self, **arguments: Any) -> None:
        """It comes into view for one record, or to write a new one."""
        kind, record = arguments.pop("kind"), arguments.pop("record", None) or ""
        begun = arguments.pop("begun", None)
        key = (kind, record or f"new {begun} {sorted(arguments.items())}")
        record = record or (self._became.get(key, "") if begun else "")
        if key != self._key:
            self._leave()
            self._key, self._arguments = key, {"begun": begun, **arguments}
            self._open(kind, record)
        self.refresh()

    def _open(self, kind: str, record: str) -> None:
        self.kind, self.record, self.around = kind, record, None
        self.form = None
        self.found_again.say(None)
        self.bodies.show_body(None)
        self.drafts.begin(self._key, self._arguments)
        self.header.say(*((" ", " ") if record else (new_words(kind), _("Write what you know; the rest can wait."))))
        self.side.show_new()
        kept = self.bodies.kept(self._key)
        if kept is not None:
            self._use_form(kept)
        elif not record:
            self._fill(self._use_form(self._made_form(new=True)))
            self.drafts.made()
        self._show_buttons()

    def _fill(self, form: RecordForm) -> None:
        """What stands in a record; in a new one, the values that were given and those that are usual."""
        if self.around is not None:
            form.show_values(self.around.view.values, self.around.view.titles)
            return
        kind, values = self.kind, {name: each for name, each in self._arguments.items() if name != "begun"}
        first = first_values(self.desk.store.registry[kind], values)
        form.show_values({name: value for name, value in first.items() if name not in values}, {})
        form.take_focus(values)
        if values:
            self.desk.read(
                lambda store: titles_of(store, kind, first),
                lambda titles: form.meet(first, titles) if form is self.form else None,
            )

    def _leave(self) -> None:
        """What is typed in the form now shown is kept, and whoever goes is told."""
        form = self.form
        if form is None:
            return
        self.drafts.keeper.keep()
        if not form.touched:
            self.bodies.forget(form)
            return
        self.bodies.keep(self._key, form)
        back = partial(self.drafts.go_to, self._key)
        self.desk.messages.waits(_("What you typed there is not saved yet."), _("Go back to it"), back)

    def _on_found_draft(self, kept: KeptDraft) -> None:
        """Write what was typed another time, unless it stands there still."""
        if self.form is not None and not self.form.touched:
            self.form.restore(kept.draft.typed)
            self.found_again.say(kept)

    def hideEvent(self, event: QHideEvent) -> None:
        """Qt's: somebody goes elsewhere; if the window is still there, it says what was not saved."""
        super().hideEvent(event)
        if not event.spontaneous() and self.window().isVisible():
            self._leave()

    def refresh(self) -> None:
        """Read the record and what stands round it."""
        kind, record, key, spoken = self.kind, self.record, self._key, language()
        if record:
            self.desk.read(
                lambda store: surroundings(store, kind, record, spoken), lambda found: self._show(key, found)
            )

    def changed(self, changes: Changes) -> None:
        """Anything that was saved may show here: in its titles, in what belongs to it."""
        if self.isVisible() and changes.kinds:
            self.refresh()

    # showing

    def _show(self, key: Key, around: Surroundings | None) -> None:
        if key != self._key:
            return
        first = self.around is None and self.form is None
        self.around = around
        if around is None or not around.view.shown:
            self._show_gone(around)
            return
        view, declared = around.view, self.desk.store.registry[self.kind]
        self.record = view.id
        written = short(moment_of(view.made_at)[:10], date.today())
        about = _("{kind} {code}, written down {day} by {name}", kind=say(declared.about.one), code=spaced(view.code),
                  day=written, name=view.made_by)  # fmt: skip
        self.header.say(view.title or say(declared.about.one), about)
        if declared.about.append_only:
            self.bodies.show_body(Facts(form_fields(self.desk, self.kind, new=False), view.values, view.titles))
        elif self.form is None:
            self._fill(self._use_form(self._made_form(new=False)))
            self.drafts.made()
        else:
            self.form.meet(view.values, view.titles)
        if self.form is not None:
            self.form.show_undecided(around.undecided)
            if first and self.isVisible():
                self.form.take_focus()
        self.side.show_around(self.desk.store.registry, around)
        self._show_buttons()

    def _show_gone(self, around: Surroundings | None) -> None:
        """It was deleted, its making undone, or it never came here."""
        self.form = None
        self.header.say(self.title, " ")
        self.side.show_new()
        self.side.note.hide()
        if around is not None and was_deleted(around):
            back = partial(self.desk.do, bring_back, self.kind, around.view.id)
            words = _("Somebody deleted it. Nothing of it is lost.")
            self.bodies.show_body(EmptyState("trash-2", _("Deleted"), words, _("Bring it back"), back))
        else:
            words = _("It was undone, or has not come to this laptop yet.")
            self.bodies.show_body(EmptyState("search", _("Not here"), words, _("To the list"), self._to_list))
        self._show_buttons()

    def _show_buttons(self) -> None:
        saved = bool(self.record) and self.around is not None and self.around.view.shown
        self.can["save"].setEnabled(self.form is not None and (not self.record or self.form.touched))
        self.can["delete"].setEnabled(saved)
        self.can["open_event"].setEnabled(saved and self.kind == "events")
        self.save_button.setVisible(self.form is not None)
        self.delete_button.setVisible(saved)
        self.event_button.setVisible(saved and self.kind == "events")

    def _use_form(self, form: RecordForm) -> RecordForm:
        self.form = form
        self.bodies.show_body(form)
        return form

    def _made_form(self, *, new: bool) -> RecordForm:
        registry = self.desk.store.registry
        icons = {name: kind.about.icon for name, kind in registry.items()}
        form = RecordForm(form_fields(self.desk, self.kind, new=new), lookups(self.desk, self.kind), icons, new=new)
        form.edited.connect(self._show_buttons)
        form.opened.connect(self.desk.go_to_record)
        form.decide_asked.connect(self._on_decide_asked)
        if new and self.kind in KINDS:
            watch(self.desk, self.kind, form)
        return form

    # doing

    @action("save", "Save", shortcut="Ctrl+S", also=("Ctrl+Enter",))
    def save(self) -> None:
        """Save what was changed, or the new one."""
        form = self.form
        if form is None or self._saving:
            return
        written = form.edits() if self.record else form.values()
        if not written:
            return
        self._saving = True
        if self.record:
            done = partial(self._on_saved, self._key, form)
            self.desk.do(edit_record, self.kind, self.record, written, done=done, failed=self._on_failed)
        else:
            made = partial(self._on_made, self._key, form, written)
            self.desk.do(write_down, self.kind, written, done=made, failed=self._on_failed)

    @action("new", "New", shortcut="Ctrl+N")
    def new(self) -> None:
        """Write down another of this kind."""
        go_to_new(self.desk, self.kind)

    @action("delete", "Delete this", icon="trash-2")
    def delete(self) -> None:
        """Delete it; the message bar takes that back."""
        kind, record = self.kind, self.record

        def done(changes: Changes) -> None:
            self._forget()
            self.drafts.saved((kind, record))
            self._to_list()
            undo = partial(
                self.desk.undo, changes.change, lambda _undone: self.desk.go("record", kind=kind, record=record)
            )
            self.desk.messages.done(_("Deleted."), _("Undo"), undo)

        self.desk.do(delete_record, kind, record, done=done)

    @action("start_empty", "Throw it away", shortcut="Alt+Z", icon="x")
    def start_empty(self) -> None:
        """Be rid of what was typed another time; the message bar brings it back."""
        form, key = self.form, self._key
        if form is None:
            return
        typed = form.drafts()
        self._fill(form)
        self.found_again.say(None)
        self._show_buttons()
        self.drafts.thrown_away(key, form, typed)

    @action("open_event", "Open the event", shortcut="Alt+O", icon="map-pin")
    def open_event(self) -> None:
        """Go and capture at it."""
        self.desk.go("event", event=self.record)

    def _on_failed(self, fault: str) -> None:
        self._saving = False
        self.desk.messages.fault(fault)

    def _on_made(self, key: Key, form: RecordForm, values: Mapping[str, Any], made: tuple[str, Changes]) -> None:
        """The form goes; where one is still looking at it, the record it became is shown."""
        record, changes = made
        self._saving, self._became[key] = False, record
        here, kind = form is self.form, key[0]
        if here:
            self._key, self._arguments, self.record = (kind, record), {}, record
            self._forget()
            self.drafts.begin(self._key, {})
            self.refresh()
        else:
            self.bodies.forget(form)
        self.drafts.saved(key)
        say_saved(self.desk, changes)
        if kind == "consents":
            told = partial(say_still_no, self.desk, values, changes)
            self.desk.read(lambda store: still_no(store, record), lambda no: told() if no else None)

    def _on_saved(self, key: Key, form: RecordForm, changes: Changes) -> None:
        self._saving = False
        form.saved()
        if not form.touched:  # else somebody typed on meanwhile
            self.drafts.saved(key)
        if form is self.form:
            self.found_again.say(None)
        self._show_buttons()
        say_saved(self.desk, changes)

    def _forget(self) -> None:
        """The form shown has nothing left to save, and goes."""
        form, self.form = self.form, None
        self.found_again.say(None)
        self.bodies.show_body(None)
        if form is not None:
            self.bodies.forget(form)

    def _on_related(self, each: Pointing) -> None:
        if each.only:
            self.desk.go_to_record(each.kind, each.only)
        elif each.count:
            go_to_list(self.desk, each.kind, {each.field: self.record}, self.header.title.text())
        else:
            self._on_add_asked(each)

    def _on_add_asked(self, each: Pointing) -> None:
        go_to_new(self.desk, each.kind, **{each.field: self.record})

    def _on_decide_asked(self) -> None:
        self.desk.go("decide", kind=self.kind, record=self.record)

    def _to_list(self) -> None:
        self.desk.go(place_of(self.kind), kind=self.kind)
