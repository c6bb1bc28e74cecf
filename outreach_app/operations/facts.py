"""What matching is told of people, organizations and sign-ins: of all that stand for themselves, or of some."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from outreach_app.matching.organizations import OrganizationFacts
from outreach_app.matching.people import PersonFacts
from outreach_app.matching.sign_ins import SignInFacts
from outreach_app.store.stores import Store
from outreach_app.store.views import View


def person_facts(store: Store, records: Collection[str] | None) -> Iterable[PersonFacts]:
    """Of people, with what is known of them where they work."""
    views = _views(store, "people", records)
    places = (
        _places(store)
        if records is None
        else {view.id: store.list("affiliations", {"person": view.id}) for view in views}
    )
    for view in views:
        own = places.get(view.id, ())
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


def organization_facts(store: Store, records: Collection[str] | None) -> Iterable[OrganizationFacts]:
    """Of organizations."""
    for view in _views(store, "organizations", records):
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


def sign_in_facts(store: Store, records: Collection[str] | None) -> Iterable[SignInFacts]:
    """Of sign-ins."""
    views = _views(store, "sign_ins", records)
    heads = store.joined("people", None if records is None else {_text(view, "person") for view in views})
    for view in views:
        person = _text(view, "person")
        yield SignInFacts(view.id, _text(view, "event"), heads.get(person, person), _text(view, "name_as_written"))


def _views(store: Store, kind: str, records: Collection[str] | None) -> Sequence[View]:
    if records is None:
        return store.list(kind)
    return [view for view in store.many(kind, [*records]) if view.shown and view.stands_under is None]


def _places(store: Store) -> Mapping[str, Sequence[View]]:
    """Everybody's places of work, by person."""
    places: dict[str, list[View]] = {}
    heads = store.joined("people")
    for view in store.list("affiliations"):
        person = _text(view, "person")
        places.setdefault(heads.get(person, person), []).append(view)
    return places


def _numbers(*views: View) -> tuple[str, ...]:
    return tuple(phone["number"] for view in views for phone in view.elements("phones") if phone.get("number"))


def _text(view: View, name: str) -> str:
    return str(view.values.get(name) or "")
