"""As you type: who and which organization may be meant."""

from collections.abc import Sequence
from dataclasses import dataclass

from outreach_app.matching.keys import lookups
from outreach_app.matching.suggestions import Known, rank, singles_out
from outreach_app.store.stores import Store
from outreach_app.store.views import View


@dataclass(frozen=True, slots=True)
class Suggested:
    """Somebody who may be meant. ``here``: the clock of their sign-in at this event; ``came``: the start of the last
    other event they came to."""

    id: str
    name: str
    organization: str = ""
    here: int | None = None
    came: str = ""


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Those who may be meant, best first, and the one that what was typed singles out, if it does."""

    typed: str
    lines: tuple[Suggested, ...]
    single: str = ""


def suggest_people(store: Store, typed: str, event: str = "", limit: int = 5) -> Suggestions:
    """Known people who fit what was typed: by name, organization, town, phone or e-mail."""
    views = store.looked_up("people", lookups(typed))
    places = _places(store, [view.id for view in views])
    known = [_known(view, places.get(view.id, ())) for view in views]
    ranked = rank(typed, known, limit)
    single = singles_out(typed, ranked)
    lines = tuple(_line(store, each.known, event) for each in ranked)
    return Suggestions(typed, lines, single.id if single else "")


def _known(view: View, organizations: Sequence[str]) -> Known:
    phones = tuple(phone["number"] for phone in view.elements("phones") if phone.get("number"))
    town = str(view.values.get("town") or "")
    return Known(view.id, view.title, ", ".join(organizations), town, phones, tuple(view.elements("emails")))


def _places(store: Store, people: Sequence[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for view in store.list("affiliations", {"person": tuple(people)}) if people else ():
        if view.values["organization"]:
            found.setdefault(view.values["person"], []).append(view.titles.get(view.values["organization"], ""))
    return found


def _line(store: Store, known: Known, event: str) -> Suggested:
    here, came = None, ""
    for view in store.list("sign_ins", {"person": known.id}, order="-made_at", limit=6):
        if view.values["event"] == event and view.values["status"] in ("attended", "walk_in"):
            here = view.made_at
        elif not came and view.values["event"] and view.values["event"] != event:
            visited = store.get("events", view.values["event"])
            came = str(visited.values["starts"] or "") if visited else ""
    return Suggested(known.id, known.name, known.organization, here, came)


def suggest_organizations(store: Store, typed: str, limit: int = 5) -> Suggestions:
    """Known organizations that fit what was typed."""
    views = store.looked_up("organizations", lookups(typed))
    known = [Known(view.id, view.title, town=_town(view)) for view in views]
    ranked = rank(typed, known, limit)
    return Suggestions(typed, tuple(Suggested(each.known.id, each.known.name, each.known.town) for each in ranked))


def _town(view: View) -> str:
    return next((str(address["town"]) for address in view.elements("addresses") if address.get("town")), "")
