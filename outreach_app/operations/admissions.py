"""Who waits to be let in by a person, letting one in, and how it stands with this laptop itself."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from outreach_app.journal.changes import Changes
from outreach_app.journal.members import Membership
from outreach_app.journal.statements import WORKER, Accepted, Revoked, device_of, statement_digest
from outreach_app.model.codes import device_code
from outreach_app.model.dates import full, moment_of
from outreach_app.model.errors import BadInput, NotFound
from outreach_app.operations.syncing import StoreReplica
from outreach_app.store.journals import Journal
from outreach_app.store.shipping import Shipping
from outreach_app.store.stores import Store
from outreach_app.sync.invitations import Asked, read_certificate
from outreach_app.texts import _


class Why(StrEnum):
    """Why a laptop that asks was not let in by itself."""

    USED = "used"  # its invitation has let in another
    LATE = "late"  # its invitation was no longer good
    UNKNOWN = "unknown"  # nothing is known here of its invitation


@dataclass(frozen=True, slots=True)
class Waiting:
    """A laptop that asks to be let in, and was not."""

    device: bytes
    name: str  # its worker's
    why: Why
    first: str = ""  # who works with the laptop that its invitation let in


def waiting(store: Store) -> Sequence[Waiting]:
    """The laptops that a coordinator has to let in, or that are to be left outside, by name."""
    known = store.membership()
    found = [_waiting(known, each) for each in StoreReplica(store).asking()]
    return sorted(found, key=lambda each: (each.name.casefold(), each.device))


def _waiting(known: Membership, asked: Asked) -> Waiting:
    device = device_of(asked.key)
    if known.used.get(asked.joining):
        return Waiting(device, asked.name, Why.USED, _let_in_by(known, asked.joining))
    invited = known.invited.get(asked.joining)
    return Waiting(device, asked.name, Why.UNKNOWN if invited is None else Why.LATE)


def _let_in_by(known: Membership, joining: bytes) -> str:
    """Who works with the laptop that an invitation let in; "" where it let in none."""
    return next((known.members[device].name for device in known.used.get(joining, ())), "")


def why_in_words(waits: Waiting) -> str:
    """Why a laptop was not let in by itself, as a sentence."""
    return {
        Why.USED: _("Its invitation has let in another laptop, {name}'s.", name=waits.first or "?"),
        Why.LATE: _("Its invitation was no longer good."),
        Why.UNKNOWN: _("Its invitation is not known on this laptop."),
    }[waits.why]


def lets_in(store: Store) -> bool:
    """Whether this laptop can let another one in; a coordinator's that waits itself cannot."""
    return store.device in store.membership().coordinators


def ask_first(device: bytes) -> str:
    """What a person does before letting a laptop in."""
    return _("Its code is {code}. Ask whoever has it, before you let it in.", code=device_code(device))


def said_let_in(name: str) -> str:
    """That a laptop was let in, and what comes next; with "{name}" for a name that is filled in later."""
    return _("{name}'s laptop is let in. Sync, so that it hears.", name=name)


def let_in(store: Store, device: bytes) -> Changes:
    """Let in a laptop that asks, as a worker's, whatever became of its invitation. Raises BadInput, NotFound."""
    if not lets_in(store):
        raise BadInput(_("Only a coordinator's laptop can do this."))
    replica = StoreReplica(store)
    asked = next((each for each in replica.asking() if device_of(each.key) == device), None)
    if asked is None:
        raise NotFound(_("This laptop does not ask to be let in, or is let in already. Look at the list."))
    with store.writing("let_in") as draft:
        draft.statements.append(Accepted(asked.joining, asked.key, asked.name, WORKER))
    return replace(replica.settled(draft.changes), change=None)  # no undoing puts it out again: giving it up does


class Stands(StrEnum):
    """How it stands with a laptop, as far as it knows itself."""

    IN = "in"
    WAITS = "waits"  # no coordinator's laptop has let it in yet
    SECOND = "second"  # its invitation has let in another, or is no longer good: a coordinator has to let it in
    GIVEN_UP = "given_up"


@dataclass(frozen=True, slots=True)
class OwnPlace:
    """How it stands with this laptop, who said or holds what is in its way, and since when."""

    stands: Stands = Stands.IN
    who: str = ""  # who gave it up, "" with the recovery sheet; whose laptop its invitation let in
    at: int = 0  # microseconds since 1970 UTC
    code: str = ""  # of this laptop, by which a coordinator tells it from others; "" where nothing waits


def own_place(store: Store) -> OwnPlace:
    """How it stands with this laptop in its space."""
    known = store.membership()
    mine = known.members.get(store.device)
    if mine is not None and not mine.lost:
        return OwnPlace()
    if mine is not None:
        return OwnPlace(Stands.GIVEN_UP, _who_gave_up(store, known), mine.lost)
    asked = read_certificate(store.certificate(), store.space.space)
    if asked is None:
        return OwnPlace()  # a store in memory, which nobody lets in
    code, invited = device_code(store.device), known.invited.get(asked.joining)
    if known.used.get(asked.joining) or (invited is not None and store.clock.now() > invited.until):
        return OwnPlace(Stands.SECOND, _let_in_by(known, asked.joining), code=code)
    return OwnPlace(Stands.WAITS, code=code)


def _who_gave_up(store: Store, known: Membership) -> str:
    """Whose laptop said that this one was lost; "" where the recovery sheet did."""
    standing = {
        digest
        for digest, each in known.standing.items()
        if isinstance(each, Revoked) and each.device == store.device and each.at == known.members[store.device].lost
    }
    with store.reading() as connection:
        said = Journal(connection).said()
        heard = Shipping(connection).heard_of()
    device = next((each.device for each in said if statement_digest(each.what) in standing), None)
    if device is None:
        return ""
    named = known.members[device].name if device in known.members else ""
    return named or heard.get(device, (0, ""))[1]


def place_in_words(place: OwnPlace) -> str:
    """How it stands with this laptop, what still works and whom to ask, as sentences; "" where all is well."""
    if place.stands is Stands.WAITS:
        return _(
            "This laptop waits to be let in. Sync it, have a coordinator sync with the same folder, and sync again. "
            "What you write meanwhile is kept and goes along."
        )
    if place.stands is Stands.SECOND:
        why = why_in_words(Waiting(b"", "", Why.USED if place.who else Why.LATE, place.who))
        return _(
            "This laptop waits to be let in. {why} Sync it, tell a coordinator its code, {code}, and ask them to press "
            "Let it in under Keys. What you write meanwhile is kept.",
            why=why,
            code=place.code,
        )
    if place.stands is Stands.GIVEN_UP:
        day = full(moment_of(place.at)[:10])
        if place.who:
            told = _("{name} gave this laptop up as lost on {day}.", name=place.who, day=day)
            ask = _("If it is not lost, ask {name}.", name=place.who)
        else:
            told = _("This laptop was given up as lost with the recovery sheet on {day}.", day=day)
            ask = _("If it is not lost, ask your coordinator.")
        works = _("What you write can still be handed over: sync as before, and a coordinator looks at it.")
        return f"{told} {works} {ask}"
    return ""
