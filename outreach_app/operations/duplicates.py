"""Looking for what may be one: people, organizations, and sign-ins of one person at one event."""

from collections.abc import Iterable
from typing import Any

from outreach_app.matching.agreements import Level, Part, Reason, explain
from outreach_app.matching.duplicates import DuplicatePair
from outreach_app.matching.organizations import OrganizationFacts, probable_duplicate_organizations
from outreach_app.matching.people import PersonFacts, probable_duplicates
from outreach_app.matching.sign_ins import SignInFacts, duplicate_sign_ins
from outreach_app.store.stores import Store
from outreach_app.store.views import View

_SCALE = 1000


def look_for_duplicates(store: Store) -> dict[str, int]:
    """Find the pairs that may be one and put them under To decide; how many of each kind.

    What came in bulk is indexed here too, so that nobody's first search waits for it.
    """
    store.catch_up()
    decided = _decided(store)
    found = {
        "people": probable_duplicates(_people(store), decided),
        "organizations": probable_duplicate_organizations(_organizations(store), decided),
        "sign_ins": duplicate_sign_ins(_sign_ins(store), decided),
    }
    for kind, pairs in found.items():
        store.keep_pairs(kind, [(pair.a, pair.b, round(pair.score * _SCALE), _why(pair)) for pair in pairs])
    return {kind: len(pairs) for kind, pairs in found.items()}


def _decided(store: Store) -> list[frozenset[str]]:
    """The pairs that somebody answered, each side as what it stands under now."""
    heads = {
        record: head for kind in ("people", "organizations", "sign_ins") for record, head in store.joined(kind).items()
    }
    pairs = [(str(view.values["one_record"]), str(view.values["other_record"])) for view in store.list("links")]
    return [frozenset(heads.get(each, each) for each in pair) for pair in pairs]


def _why(pair: DuplicatePair) -> tuple[str, ...]:
    """The reasons as codes, ``+`` before what agrees and ``-`` before what differs (see :func:`reasons`)."""
    agree = [f"+{reason.part}:{reason.level}" for reason in pair.why_agree]
    return (*agree, *(f"-{reason.part}:{reason.level}" for reason in pair.why_differ))


def reasons(why: Iterable[str], language: str | None = None) -> list[str]:
    """The reasons of :func:`_why` as people read them."""
    parts = (code[1:].split(":") for code in why)
    return [explain(Reason(Part(part), Level(level)), language) for part, level in parts]


def _numbers(*views: View) -> tuple[str, ...]:
    return tuple(phone["number"] for view in views for phone in view.elements("phones") if phone.get("number"))


def _people(store: Store) -> Iterable[PersonFacts]:
    places: dict[str, list[View]] = {}
    heads = store.joined("people")
    for view in store.list("affiliations"):
        person = _text(view, "person")
        places.setdefault(heads.get(person, person), []).append(view)
    for view in store.list("people"):
        own = places.get(view.id, [])
        yield PersonFacts(
            view.id,
            _text(view, "name"),
            _text(view, "given_name"),
            _text(view, "family_name"),
            _text(view, "preferred_name"),
            _numbers(view, *own),
            tuple(email for each in (view, *own) for email in each.elements("emails")),
            _text(view, "street"),
            _text(view, "town"),
            _text(view, "zip"),
            tuple(each.titles.get(each.values["organization"] or "", "") for each in own),
        )


def _organizations(store: Store) -> Iterable[OrganizationFacts]:
    for view in store.list("organizations"):
        addresses: list[dict[str, Any]] = view.elements("addresses")
        yield OrganizationFacts(
            view.id,
            _text(view, "name"),
            tuple(view.elements("other_names")),
            _numbers(view),
            tuple(view.elements("emails")),
            _text(view, "website"),
            tuple(each["street"] for each in addresses if each.get("street")),
            tuple(each["town"] for each in addresses if each.get("town")),
        )


def _sign_ins(store: Store) -> Iterable[SignInFacts]:
    heads = store.joined("people")
    for view in store.list("sign_ins"):
        person = _text(view, "person")
        yield SignInFacts(view.id, _text(view, "event"), heads.get(person, person), _text(view, "name_as_written"))


def _text(view: View, name: str) -> str:
    return str(view.values.get(name) or "")
