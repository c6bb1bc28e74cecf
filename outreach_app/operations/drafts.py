"""What was typed and is not saved yet: kept in the encrypted store, each worker's own, until it is saved or gone.

What a draft was before is written over as it grows, and all of it when it is gone: the words of a sensitive report,
which this laptop cannot read again once it is saved, stay nowhere in the database's free pages.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from outreach_app.store.stores import Store

Typed = Mapping[str, Any]
"""What stands in a form's fields, by their names, as CBOR says it."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What stands in a form, and what was sent off and is not known to be saved."""

    typed: Typed = field(default_factory=dict)
    waiting: Sequence[Typed] = ()

    def __bool__(self) -> bool:
        return bool(self.typed or self.waiting)


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is typed: a name of its own, what it is (English; translated where shown), and the page that
    leads back to it."""

    name: str
    what: str = ""
    page: str = ""
    arguments: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """A draft as it is kept: of which place, and when the last of it was typed, in microseconds since 1970."""

    draft: Draft
    place: Place
    when: int


def keep_draft(store: Store, place: Place, draft: Draft) -> None:
    """Keep this in place of what was kept there; an empty one leaves nothing."""
    if draft:
        kept = KeptDraft(replace(draft, waiting=list(draft.waiting)), place, store.clock.now())
        store.keep_secret(_setting(store, place.name), asdict(kept))
    else:
        drop_draft(store, place)


def drop_draft(store: Store, place: Place) -> None:
    """Keep nothing of a place any more."""
    if store.setting(_setting(store, place.name)) is not None:
        store.forget_setting(_setting(store, place.name))


def kept_draft(store: Store, place: Place) -> KeptDraft | None:
    """What whoever is at work has typed in a place and not saved."""
    return _read(store.setting(_setting(store, place.name)))


def kept_drafts(store: Store) -> list[KeptDraft]:
    """All that whoever is at work has typed and not saved, the latest last."""
    found = [_read(raw) for raw in store.settings_under(_setting(store, "")).values()]
    return sorted((kept for kept in found if kept), key=lambda kept: kept.when)


def add_waiting(store: Store, place: Place, typed: Typed) -> None:
    """Keep something more that could not be saved, beside what is kept of a place."""
    kept = kept_draft(store, place)
    before = kept.draft if kept else Draft()
    keep_draft(store, place, replace(before, waiting=[*before.waiting, typed]))


def _setting(store: Store, name: str) -> str:
    return f"draft\n{store.worker}\n{name}"


def _read(raw: Any) -> KeptDraft | None:
    return KeptDraft(Draft(**raw["draft"]), Place(**raw["place"]), raw["when"]) if raw else None
