"""What the forms of the event screen share: typing offers known organizations, a contact is a phone or an e-mail."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from outreach_app.model.phones import phone_digits
from outreach_app.operations.finding import Suggestions, suggest_organizations
from outreach_app.texts import _
from ui.actions import bind
from ui.desks import Desk
from ui.widgets.cards import Card
from ui.widgets.labels import Words
from ui.widgets.layouts import Pane, column
from ui.widgets.suggestions import Suggestion, TypeAhead


class CaptureForm(Card):
    """One way to capture. ``begin`` starts on an event; ``clear`` makes ready for the next; ``first`` has the focus."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("")
        self.desk = desk
        self.event_id = ""
        self.can = bind(self, self)

    @property
    def first(self) -> QWidget:
        """What has the focus when the form is ready for the next."""
        raise NotImplementedError

    def begin(self, event: str) -> None:
        """Start on an event."""
        self.event_id = event
        self.clear()

    def clear(self) -> None:
        """Ready for the next."""

    def take_focus(self) -> None:
        """The focus goes to the first thing to write."""
        self.first.setFocus()


class OrganizationField(TypeAhead):
    """Type to find an organization, or to add one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(placeholder=_("Type to find or add"), new=_("New: {typed}"), new_icon="building-2")
        self._desk = desk
        self.typed.connect(self._on_typed)

    @property
    def known(self) -> str:
        """The id of the organization taken from the list; "" for a new one or none."""
        return self.choice.key if self.choice is not None else ""

    def _on_typed(self, text: str) -> None:
        self._desk.read(lambda store: suggest_organizations(store, text), self._on_found)

    def _on_found(self, found: Suggestions) -> None:
        lines = [Suggestion(line.id, line.name, line.organization, icon="building-2") for line in found.lines]
        same = [at for at, line in enumerate(lines, 1) if line.text.casefold() == found.typed.casefold()]
        self.offer(found.typed, lines, same[0] if same else 0)


def part(label: str, field: QWidget) -> QWidget:
    """A field under its label."""
    return Pane(column(Words(label, "label", buddy=field), field, space="hair"))


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
    """What to say of a contact that cannot be right yet; "" where it can."""
    for phone in contact(text)["phones"]:
        digits = phone_digits(phone["number"])
        if len(digits) not in (7, 10):
            return _("This has {n} digits; US numbers have ten.", n=len("".join(filter(str.isdigit, phone["number"]))))
    return ""


def take_offered(*fields: TypeAhead) -> None:
    """Take the line that is chosen in each open list, as Enter says."""
    for field in fields:
        if field.list.isVisibleTo(field) and field.list.chosen is not None:
            field.take(field.list.chosen)
