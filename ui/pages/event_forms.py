"""What the forms of the event screen share: save, clear, wait for the next; and what could not be saved comes back."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from PySide6.QtWidgets import QScrollArea, QWidget

from outreach_app.model.phones import phone_doubt
from outreach_app.operations.drafts import Draft, KeptDraft, Place, Typed
from outreach_app.texts import count
from ui.actions import action, bind
from ui.desks import Desk
from ui.drafts import DraftKeeper
from ui.pages.event_drafts import write_in, written_in
from ui.pages.event_finders import Finder
from ui.pages.found_again import FoundAgain, cleared
from ui.widgets.buttons import Button, ButtonSize
from ui.widgets.cards import Card
from ui.widgets.labels import Words
from ui.widgets.layouts import Pane, Piece, column, fill, row


class CaptureForm(Card):
    """One way to capture.

    ``begin`` starts on an event, ``clear`` makes ready for the next, ``first`` then has the focus. ``drafted`` names
    the fields whose contents are kept. ``send`` saves: the form is free for the next at once, and where the save fails,
    what was typed is put back, or offered at the top where the next is being typed already.
    """

    way: ClassVar[str]
    """The action of the page that shows it."""
    what: ClassVar[str]
    """What is typed in it, in English; translated where it is shown."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("")
        self.desk = desk
        self.event_id = ""
        self.can = bind(self, self)
        self.drafted: Mapping[str, QWidget] = {}
        self._blank: Typed = {}
        self._sent: list[Typed] = []
        self._unsaved: list[Typed] = []
        self.unsaved_words = Words("", "waits", wrap=True)
        self.unsaved = Pane(row((self.unsaved_words, 1), Button.of(self.can["bring_back"], size=ButtonSize.LARGE)))
        self.found_again = FoundAgain(self.can["start_empty"])
        self.keeper = DraftKeeper(desk, self._draft, self)

    def lay(self, *pieces: Piece) -> None:
        """Lay the form out, under the line for what was not saved."""
        fill(self.body, (self.found_again, self.unsaved, *pieces), "medium", (18, 12, 18, 16))
        self._show_unsaved()

    @property
    def first(self) -> QWidget:
        """What has the focus when the form is ready for the next."""
        raise NotImplementedError

    def begin(self, event: str) -> None:
        """Start on an event, with what was typed there before and not saved."""
        if self.event_id:
            self.keeper.keep()
        self.event_id = event
        self._unsaved = []
        self.clear()
        self._show_unsaved()
        self.keeper.begin(self._place(event), self._on_found_draft)

    def clear(self) -> None:
        """Ready for the next. Written by each form, which ends with ``blank``."""
        raise NotImplementedError

    def blank(self) -> None:
        """This is what the form looks like with nothing typed."""
        self.found_again.say(None)
        self._blank = self.typed()

    def take_focus(self) -> None:
        """The focus goes to the first thing to write, and it is in view."""
        self.first.setFocus()
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if isinstance(above, QScrollArea) and self.isVisible():
            above.ensureWidgetVisible(self.first)

    # what is typed, kept and brought back

    def typed(self) -> Typed:
        """What stands in the fields."""
        return {name: written_in(field) for name, field in self.drafted.items()}

    def put_back(self, typed: Typed) -> None:
        """Put back what stood in them."""
        self.clear()
        for name, field in self.drafted.items():
            if name in typed:
                write_in(field, typed[name])

    @property
    def untouched(self) -> bool:
        """Whether nothing was typed since it was cleared."""
        return self.typed() == self._blank

    def send(self, verb: Callable[..., Any], new: object, done: Callable[[Any], None] | None = None) -> None:
        """Save by a verb, and be ready for the next at once."""
        typed, event = self.typed(), self.event_id
        self._sent.append(typed)
        self.clear()
        self.take_focus()

        def saved(result: Any) -> None:
            self._sent.remove(typed)
            if done is not None:
                done(result)

        def failed(why: str) -> None:
            self._sent.remove(typed)
            self._on_failed(event, typed, why)

        self.desk.do(verb, new, done=saved, failed=failed)

    @action("bring_back", "Bring it back", shortcut="Alt+B", icon="undo-2")
    def bring_back(self) -> None:
        """Show what was not saved; what is being typed takes its place among it."""
        if self._unsaved:
            typed = self._unsaved.pop(0)
            if not self.untouched:
                self._unsaved.append(self.typed())
            self.put_back(typed)
            self._show_unsaved()
            self.take_focus()

    def _on_failed(self, event: str, typed: Typed, why: str) -> None:
        self.desk.messages.fault(why)
        if event != self.event_id:
            self.keeper.put_aside(self._place(event), typed)
        elif self.untouched:
            self.put_back(typed)
        else:
            self._unsaved.append(typed)
            self._show_unsaved()

    @action("start_empty", "Start empty", shortcut="Alt+E", icon="x")
    def start_empty(self) -> None:
        """Be rid of what was typed another time; the message bar brings it back."""
        typed = self.typed()

        def back() -> None:
            self._unsaved.insert(0, typed)
            self.bring_back()

        self.clear()
        self.take_focus()
        cleared(self.desk, back)

    def _place(self, event: str) -> Place:
        return Place(f"{self.way} {event}", self.what, "event", {"event": event, "way": self.way})

    def _on_found_draft(self, kept: KeptDraft) -> None:
        """What was kept of this event, some moments after it came into view."""
        before = kept.draft
        self._unsaved += before.waiting
        if before.typed and self.untouched:
            self.put_back(before.typed)
            self.found_again.say(kept)
        elif before.typed:
            self._unsaved.append(before.typed)
        self._show_unsaved()

    def _draft(self) -> Draft:
        return Draft({} if self.untouched else self.typed(), (*self._unsaved, *self._sent))

    def _show_unsaved(self) -> None:
        number = len(self._unsaved)
        self.unsaved_words.setText(
            count("One is not saved yet. It is kept here.", "{n} are not saved yet. They are kept here.", number)
        )
        self.unsaved.setVisible(bool(number))
        self.can["bring_back"].setEnabled(bool(number))


def part(label: str, field: QWidget) -> Pane:
    """A field under its label, as high as its neighbours that have a hint."""
    return Pane(column(Words(label, "label", buddy=field), field, 1, space="hair"))


def contact(text: str) -> Mapping[str, Any]:
    """What was written under *Phone or e-mail*, as ``phones`` and ``emails``: several are parted by commas."""
    phones: list[dict[str, Any]] = []
    emails: list[str] = []
    for piece in text.replace(";", ",").split(","):
        written = piece.strip()
        if "@" in written:
            emails.append(written)
        elif written:
            phones.append({"number": written})
    return {"phones": tuple(phones), "emails": tuple(emails)}


def contact_fault(text: str) -> str:
    """What to say of a contact that cannot be right yet; "" where it can. It is saved as it is written all the same."""
    doubts = (phone_doubt(phone["number"]) for phone in contact(text)["phones"])
    return next(filter(None, doubts), "")


def take_highlighted(*fields: Finder) -> None:
    """Take the line that is highlighted in each open list, as Enter says."""
    for field in fields:
        field.take_highlighted()
