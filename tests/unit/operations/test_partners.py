"""A partner contact: an organization or a person is enough, and what is known already is not made twice."""

import pytest

from outreach_app.model.errors import BadInput
from outreach_app.operations.partners import NewPartnerContact, record_partner
from outreach_app.operations.records import undo_last
from outreach_app.store.stores import Store
from outreach_app.store.views import View
from tests.helpers.memories import all_changes

PHONE = {"number": "828 555 0112", "kind": "work"}


def view(store: Store, kind: str, record: str) -> View:
    found = store.get(kind, record)
    assert found is not None
    return found


def test_nothing_is_not_enough(laptop: Store) -> None:
    before = all_changes(laptop)
    with pytest.raises(BadInput, match="organization or the name"):
        record_partner(laptop, NewPartnerContact(organization_name=" ", name="\t", phones=(PHONE,)))
    assert all_changes(laptop) == before


def test_an_organization_alone(laptop: Store) -> None:
    made = record_partner(
        laptop, NewPartnerContact(organization_name=" Alarka  Grange", phones=(PHONE,), sector="civic")
    )
    known = view(laptop, "organizations", made.organization)
    assert (known.title, known.values["status"], known.values["sector"]) == ("Alarka Grange", "active", "civic")
    assert known.elements("phones") == [PHONE]
    assert (made.person, made.affiliation) == ("", "")


def test_a_person_alone(laptop: Store) -> None:
    made = record_partner(
        laptop, NewPartnerContact(name="Ada  Crowe", emails=("ada@example.org",), interests=("aging",))
    )
    known = view(laptop, "people", made.person)
    assert (known.title, known.elements("emails"), known.elements("interests")) == (
        "Ada Crowe",
        ["ada@example.org"],
        ["aging"],
    )
    assert laptop.count("organizations") == 0


def test_somebody_of_an_organization_with_all_that_follows_in_one_change(laptop: Store, event: str) -> None:
    with laptop.writing("make_groups") as draft:
        group = draft.new("groups", {"name": "Council on Aging"})
    before = len(all_changes(laptop))
    made = record_partner(
        laptop,
        NewPartnerContact(
            organization_name="Alarka Grange",
            name="Ada Crowe",
            job_title="Steward",
            phones=(PHONE,),
            emails=("steward@example.org",),
            needs=("volunteers",),
            needs_text="Two drivers.",
            offers=("space",),
            offers_text="The hall.",
            notes="Open on Mondays.",
            groups=(group,),
            follow_up="Call about the hall",
            follow_up_due="2026-10-20",
            event=event,
            asked_on="2026-10-03",
        ),
    )
    assert len(all_changes(laptop)) == before + 1
    place = view(laptop, "affiliations", made.affiliation)
    assert (place.values["job_title"], place.elements("phones"), place.elements("emails")) == (
        "Steward",
        [PHONE],
        ["steward@example.org"],
    )
    known = view(laptop, "organizations", made.organization)
    assert (known.elements("needs"), known.elements("offers")) == (["volunteers"], ["space"])
    assert (known.values["needs_text"], known.values["notes"]) == ("Two drivers.", "Open on Mondays.")
    assert known.elements("met_at") == [event]
    [due] = laptop.list("follow_ups")
    assert (due.values["what"], due.values["due"], due.values["state"], due.values["who_does_it"]) == (
        "Call about the hall",
        "2026-10-20",
        "open",
        laptop.worker,
    )
    assert due.values["for_organization"] == made.organization
    [wish] = laptop.list("interests")
    assert (wish.values["group"], wish.values["asked_on"], wish.values["state"]) == (group, "2026-10-03", "asked")
    undo_last(laptop)
    kinds = ("people", "organizations", "affiliations", "follow_ups", "interests")
    assert {kind: laptop.count(kind) for kind in kinds} == dict.fromkeys(kinds, 0)


def test_met_again_it_is_the_same_partner(laptop: Store, event: str) -> None:
    new = NewPartnerContact(
        organization_name="Alarka Grange", name="Ada", phones=(PHONE,), needs=("volunteers",), notes="Van.", event=event
    )
    first = record_partner(laptop, new)
    again = record_partner(
        laptop,
        NewPartnerContact(
            organization_name="ALARKA GRANGE", person=first.person, phones=({"number": "(828) 555-0112"},),
            job_title="Steward", needs=("volunteers", "food"), notes="Van.", event=event,
        ),
    )  # fmt: skip
    assert (again.organization, again.person, again.affiliation) == (
        first.organization,
        first.person,
        first.affiliation,
    )
    known = view(laptop, "organizations", first.organization)
    assert (known.elements("needs"), known.values["notes"], known.elements("met_at")) == (
        ["volunteers", "food"],
        "Van.",
        [event],
    )
    place = view(laptop, "affiliations", first.affiliation)
    assert (place.elements("phones"), place.values["job_title"]) == ([PHONE], "Steward")
    assert {kind: laptop.count(kind) for kind in ("people", "organizations", "affiliations")} == {
        "people": 1,
        "organizations": 1,
        "affiliations": 1,
    }
