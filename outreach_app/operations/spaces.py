"""Stores and the space they share: making, opening, inviting and joining."""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from outreach_app.journal.clock import Clock
from outreach_app.journal.statements import WORKER, Asking
from outreach_app.model.errors import BadInput, NotFound
from outreach_app.store.identities import DeviceIdentity, Joining
from outreach_app.store.keys import FULL_COST, Cost
from outreach_app.store.stores import Store
from outreach_app.texts import _


def keys_of(kind: str, values: Mapping[str, Any]) -> Collection[str]:
    """What singles a record out, for the lookup table."""
    from outreach_app.matching.keys import organization_keys, person_keys

    def elements(name: str) -> list[Any]:
        return [element["value"] for element in values.get(name) or ()]

    phones = [str(phone["number"]) for phone in elements("phones") if isinstance(phone, Mapping) and "number" in phone]
    if kind == "people":
        return person_keys(str(values.get("name") or ""), phones, elements("emails"), [values.get("town") or ""])
    if kind == "organizations":
        return organization_keys(
            [str(values.get("name") or ""), *elements("other_names")],
            phones,
            elements("emails"),
            values.get("website") or "",
        )
    return ()


def new_store(
    folder: Path, passphrase: str, worker: str, department: str, cost: Cost = FULL_COST, clock: Clock | None = None
) -> Store:
    """A new space and its coordinator's store, open."""
    return Store.create(
        folder, passphrase, worker=worker, department=department, keys_of=keys_of, cost=cost, clock=clock
    )


def open_store(folder: Path, passphrase: str, clock: Clock | None = None) -> Store:
    """The store in a folder, open."""
    return Store.open(folder, passphrase, keys_of=keys_of, clock=clock)


def invite(store: Store, file: Path, role: str = WORKER) -> str:
    """Write an invitation to the store's space; the six words that open it, to be told apart from the file.

    It lets one laptop in. Raises BadInput where this laptop is no coordinator's; NotWritable.
    """
    from outreach_app.store.handouts import hand_out
    from outreach_app.sync.invitations import make_invitation

    if store.device not in store.membership().coordinators:
        raise BadInput(_("Only a coordinator's laptop can invite others. Please ask your coordinator."))
    data, code, invited = make_invitation(store.space, store.clock.tick(), role)
    hand_out(file, data)
    with store.writing("invite") as draft:
        draft.statements.append(invited)
    return code


def join(
    folder: Path,
    invitation: Path,
    code: str,
    worker: str,
    passphrase: str,
    cost: Cost = FULL_COST,
    clock: Clock | None = None,
) -> Store:
    """This laptop's store in the space of an invitation, open."""
    from outreach_app.sync.invitations import open_invitation

    try:
        data = invitation.read_bytes()
    except OSError as fault:
        raise NotFound(_("The invitation cannot be read. Check the file's name, and that it is there.")) from fault
    opened, identity = open_invitation(data, code, (clock or Clock()).tick()), DeviceIdentity.new()
    joining = Joining(identity, opened.space, opened.role)
    store = Store.create(folder, passphrase, worker=worker, joining=joining, keys_of=keys_of, cost=cost, clock=clock)
    with store.writing("join") as draft:
        draft.statements.append(Asking(opened.certificate(identity, worker)))
    return store
