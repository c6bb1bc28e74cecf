"""Sealing what is for coordinators alone as it is saved, on a laptop that cannot read it again."""

from collections.abc import Mapping
from typing import Any

from outreach_app.journal.changes import Change, Changes
from outreach_app.journal.statements import StrikeAsked
from outreach_app.model.fields import Privacy
from outreach_app.model.identifiers import id_bytes
from outreach_app.model.kinds import Kind
from outreach_app.store.identities import COORDINATORS, EVERYONE
from outreach_app.store.shipping import Kept, Sealer, Shipping, State
from outreach_app.store.stores import Store
from outreach_app.store.views import View


def is_sensitive(kind: Kind, values: Mapping[str, Any]) -> bool:
    """Whether a record with these values is for coordinators alone: a field declared sensitive says yes."""
    return any(field.privacy is Privacy.SENSITIVE and values.get(field.name) is True for field in kind.fields)


def audience(kind: Kind, values: Mapping[str, Any]) -> str:
    """For whom a new record with these values is."""
    return COORDINATORS if is_sensitive(kind, values) else EVERYONE


def seal_anew(store: Store, kind: str, old: View, values: Mapping[str, Any]) -> Changes:
    """Seal a record that turns out to be sensitive, under a new id, and take the old one away.

    What was shared already cannot be called back; every laptop is asked to strike it out.
    """
    held = {name: _plain(value) for name, value in old.values.items()}
    with store.writing("seal", audience=COORDINATORS, sealer=sealer(store)) as sealed:
        sealed.new(kind, {**held, **values})
    with store.writing("ask_to_strike") as draft:
        draft.delete(kind, old.id)
        draft.statements.append(StrikeAsked(id_bytes(old.id)))
    return draft.changes


def _plain(value: Any) -> Any:
    """A field's value as a new record takes it: a list without its elements' ids."""
    return [each["value"] for each in value] if isinstance(value, list) else value


def sealer(store: Store) -> Sealer:
    """How a change of this laptop becomes a segment of its own at once."""

    def sealed(change: Change, shipping: Shipping) -> Kept:
        from outreach_app.sync.segments import Chain, seal

        chain = Chain(*shipping.chain(store.device, change.id.run))
        return seal([change], store.identity, store.space, chain).kept(State.SEALED, 1)

    return sealed
