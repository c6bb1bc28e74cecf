"""As you type: who and which organization may be meant."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from outreach_app.matching.agreements import Level, Reason, explain
from outreach_app.matching.keys import contact_lookups, lookups
from outreach_app.matching.suggestions import Known, may_be_here, rank, singles_out
from outreach_app.store.stores import Store
from outreach_app.store.views import View

_AT_WORK = 5  # who share one number at work


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


@dataclass(frozen=True, slots=True)
class HereAlready:
    """One who may be whom somebody is writing down: where they belong or live, and what is the same, in words."""

    id: str
    name: str
    organization: str = ""
    town: str = ""
    same: tuple[str, ...] = ()


def here_already(store: Store, kind: str, values: Mapping[str, Any], limit: int = 3) -> tuple[HereAlready, ...]:
    """People or organizations who may be the one that a form writes down, the likeliest first; ``values``: what stands
    in it so far, as the kind's fields have it."""
    phones = tuple(phone["number"] for phone in values.get("phones") or () if phone.get("number"))
    emails, website = tuple(values.get("emails") or ()), str(values.get("website") or "")
    written = Known("", str(values.get("name") or ""), phones=phones, emails=emails, website=website)
    views = store.looked_up(kind, (*contact_lookups(phones, emails, website), *lookups(written.name)))
    if kind == "people":
        views = [*views, *_reached_at_work(store, (*phones, *emails), {view.id for view in views})]
    places = _places(store, [view.id for view in views]) if kind == "people" else {}
    known = [_known(view, places.get(view.id, ())) for view in views]
    return tuple(
        HereAlready(
            near.known.id,
            near.known.name,
            near.known.organization,
            near.known.town,
            tuple(explain(Reason(part, Level.SAME)) for part in near.same),
        )
        for near in may_be_here(written, known, limit)
    )


def suggest_people(store: Store, typed: str, event: str = "", limit: int = 5) -> Suggestions:
    """Known people who fit what was typed: by name, organization, town, phone or e-mail."""
    views = store.looked_up("people", lookups(typed))
    places = _places(store, [view.id for view in views])
    known = [_known(view, places.get(view.id, ())) for view in views]
    ranked = rank(typed, known, limit)
    single = singles_out(typed, ranked)
    lines = tuple(_line(store, each.known, event) for each in ranked)
    return Suggestions(typed, lines, single.id if single else "")


def _known(view: View, places: Sequence[View]) -> Known:
    """What is known of somebody or an organization, with what reaches somebody where they work."""
    names = [place.titles.get(place.values["organization"], "") for place in places if place.values["organization"]]
    each = (view, *places)
    phones = tuple(phone["number"] for one in each for phone in one.elements("phones") if phone.get("number"))
    emails = tuple(email for one in each for email in one.elements("emails"))
    town = str(view.values.get("town") or "") or _town(view)
    called, website = tuple(view.elements("other_names")), str(view.values.get("website") or "")
    return Known(view.id, view.title, ", ".join(names), town, phones, emails, called, website)


def _places(store: Store, people: Sequence[str]) -> dict[str, list[View]]:
    found: dict[str, list[View]] = {}
    for view in store.list("affiliations", {"person": tuple(people)}) if people else ():
        found.setdefault(view.values["person"], []).append(view)
    return found


def _reached_at_work(store: Store, contacts: Sequence[str], others: Collection[str]) -> Sequence[View]:
    """Whom one of these phones or e-mails reaches where they work."""
    places = [each.id for contact in contacts for each in store.find(contact, ["affiliations"], _AT_WORK)]
    people = {str(view.values["person"]) for view in store.many("affiliations", places)}
    heads = store.joined("people", people)
    return store.many("people", sorted({heads.get(person, person) for person in people} - {*others}))


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
