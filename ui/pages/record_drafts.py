"""What stands in the forms of records when the door is shut: kept in the store, offered to whoever opens it next."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from outreach_app.store.stores import Store
from outreach_app.texts import _
from ui.desks import Desk
from ui.pages.record_bodies import Key
from ui.widgets.forms.forms import RecordForm

KEPT = "drafts of records"
"""The setting that holds them, the one that was in view last."""

Typed = Mapping[str, Any]
"""What is written in the touched fields of a form, by their names, as CBOR says it."""


@dataclass(frozen=True, slots=True)
class KeptForm:
    """A form that was not saved: of a record (its id), or of a new one, begun with some values."""

    kind: str
    record: str
    arguments: Mapping[str, Any] = field(default_factory=dict)
    typed: Typed = field(default_factory=dict)


def unsaved(forms: Mapping[Key, RecordForm], begun: Mapping[Key, Mapping[str, Any]]) -> list[KeptForm]:
    """What is to be kept of forms; ``begun``: what each was asked for with."""
    return [
        KeptForm(kind, "" if asked.startswith("new ") else asked, begun.get((kind, asked), {}), form.drafts())
        for (kind, asked), form in forms.items()
        if form.touched
    ]


def keep_forms(store: Store, forms: Sequence[KeptForm]) -> None:
    """Keep these, before those that were kept earlier and that nobody has gone back to."""
    if forms:
        store.set_setting(KEPT, [*store.setting(KEPT, []), *map(asdict, forms)])


def take_form(store: Store) -> KeptForm | None:
    """The form to go back to, kept no longer."""
    kept = store.setting(KEPT, [])
    if not kept:
        return None
    store.set_setting(KEPT, kept[:-1])
    return KeptForm(**kept[-1])


def remind(desk: Desk) -> None:
    """Say that something is kept, and lead there; then of the next."""

    def tell(kept: Sequence[Any]) -> None:
        if kept:
            desk.messages.waits(_("What was typed before it was locked is not saved yet."), _("Go back to it"), back)

    def back() -> None:
        desk.do(take_form, done=go)

    def go(form: KeptForm | None) -> None:
        if form is not None:
            record = form.record or None
            desk.go("record", kind=form.kind, record=record, draft=form.typed, **form.arguments)
            remind(desk)

    desk.read(lambda store: store.setting(KEPT, []), tell)
