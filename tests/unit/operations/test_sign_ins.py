"""Signing in: a name alone saves, known ones are not made anew, and all of it is one change."""

import pytest

from outreach_app.model.errors import BadInput, NotFound
from outreach_app.operations.consents import allowed_channels
from outreach_app.operations.decisions import join
from outreach_app.operations.events import count_heads
from outreach_app.operations.records import undo_last
from outreach_app.operations.sign_ins import NewSignIn, SignedIn, expect, set_status, sign_in
from outreach_app.store.stores import Store
from outreach_app.store.views import View
from tests.helpers.memories import all_changes

PHONE = {"number": "828 555 0112", "kind": "mobile"}


def view(store: Store, kind: str, record: str) -> View:
    found = store.get(kind, record)
    assert found is not None
    return found


def person(store: Store, event: str, name: str = "Ada Crowe", **more: object) -> SignedIn:
    return sign_in(store, NewSignIn(event, name, **more))


def test_a_name_alone_saves(laptop: Store, event: str) -> None:
    made = person(laptop, event, "  Ada \t Crowe ")
    assert view(laptop, "people", made.person).title == "Ada Crowe"
    values = view(laptop, "sign_ins", made.sign_in).values
    assert (values["event"], values["person"], values["status"], values["came_as"]) == (
        event,
        made.person,
        "walk_in",
        "community_member",
    )
    assert set(made.changes.records) == {"people", "sign_ins"}
    assert laptop.count("organizations") == laptop.count("consents") == 0


@pytest.mark.parametrize("name", ["", "  ", "\n"])
def test_it_takes_a_name(laptop: Store, event: str, name: str) -> None:
    before = all_changes(laptop)
    with pytest.raises(BadInput, match="takes a name"):
        person(laptop, event, name)
    assert all_changes(laptop) == before


def test_everything_at_once_is_one_change_and_one_undo(laptop: Store, event: str) -> None:
    with laptop.writing("make_groups") as draft:
        group = draft.new("groups", {"name": "Council on Aging"})
    before = len(all_changes(laptop))
    made = person(
        laptop,
        event,
        phones=(PHONE,),
        emails=("ada@example.org",),
        details={"town": "Alarka", "preferred_language": "es"},
        organization_name="Alarka Grange",
        consents={"phone": "granted", "email": "refused"},
        given_on="2026-10-03",
        groups=(group,),
        sheet="",
        page=2,
        line=7,
        marks=("illegible",),
        source="paper",
    )
    assert len(all_changes(laptop)) == before + 1
    whole = view(laptop, "people", made.person)
    assert (whole.elements("phones"), whole.elements("emails")) == ([PHONE], ["ada@example.org"])
    assert (whole.values["town"], whole.values["preferred_language"], whole.source) == ("Alarka", "es", "paper")
    [place] = laptop.list("affiliations", {"person": made.person})
    assert place.title == "Ada Crowe · Alarka Grange"
    assert allowed_channels(laptop, made.person) == {"phone": "granted", "email": "refused"}
    assert {each.values["given_on"] for each in laptop.list("consents")} == {"2026-10-03"}
    [wish] = laptop.list("interests", {"group": group})
    assert (wish.values["person"], wish.values["state"]) == (made.person, "asked")
    signed = view(laptop, "sign_ins", made.sign_in).values
    assert (signed["sheet_page"], signed["sheet_line"]) == (2, 7)
    assert signed["organization_as_written"] == "Alarka Grange"
    undo_last(laptop)
    kinds = ("people", "sign_ins", "organizations", "affiliations", "consents", "interests")
    assert {kind: laptop.count(kind) for kind in kinds} == dict.fromkeys(kinds, 0)


def test_only_as_written_makes_nobody(laptop: Store, event: str) -> None:
    made = person(laptop, event, "A. Cr(owe?)", only_as_written=True, consents={"phone": "granted"})
    assert made.person == ""
    assert laptop.count("people") == laptop.count("consents") == 0
    assert view(laptop, "sign_ins", made.sign_in).title == "A. Cr(owe?) · Fire hall, Alarka"


class TestSomebodyKnown:
    def test_is_not_made_anew_and_keeps_what_was_said(self, laptop: Store, event: str) -> None:
        first = person(laptop, event, phones=(PHONE,), details={"town": "Alarka"})
        again = person(
            laptop,
            event,
            person=first.person,
            phones=({"number": "(828) 555-0112"}, {"number": "828 555 0113"}),
            emails=("Ada@Example.org",),
            details={"town": "Cherokee", "zip": "28713"},
        )
        assert again.person == first.person
        assert laptop.count("people") == 1
        known = view(laptop, "people", first.person)
        assert known.elements("phones") == [PHONE, {"number": "828 555 0113"}]
        assert (known.values["town"], known.values["zip"]) == ("Alarka", "28713")
        assert view(laptop, "sign_ins", again.sign_in).values["status"] == "attended"
        person(laptop, event, person=first.person, emails=("ada@example.org ",))
        assert view(laptop, "people", first.person).elements("emails") == ["Ada@Example.org"]

    def test_expected_is_on_the_list_already_and_now_came(self, laptop: Store, event: str) -> None:
        known = person(laptop, event).person
        with laptop.writing("make_events") as draft:
            other = draft.new("events", {"name": "Clinic day"})
        expect(laptop, other, [known, known, "nobody"])
        expect(laptop, other, [known])
        [line] = laptop.list("sign_ins", {"event": other})
        assert (line.values["status"], line.values["name_as_written"]) == ("expected", "Ada Crowe")
        came = person(laptop, other, "Ada C.", person=known, organization_name="Alarka Grange")
        assert came.sign_in == line.id
        [line] = laptop.list("sign_ins", {"event": other})
        assert (line.values["status"], line.values["name_as_written"]) == ("attended", "Ada C.")
        undo_last(laptop)
        [line] = laptop.list("sign_ins", {"event": other})
        assert line.values["status"] == "expected"

    def test_set_status(self, laptop: Store, event: str) -> None:
        made = person(laptop, event)
        set_status(laptop, made.sign_in, "no_show")
        assert view(laptop, "sign_ins", made.sign_in).values["status"] == "no_show"
        with pytest.raises(NotFound):
            set_status(laptop, event, "no_show")


class TestOrganizations:
    def test_one_known_by_that_name_is_not_made_twice(self, laptop: Store, event: str) -> None:
        person(laptop, event, organization_name="Alarka Grange")
        for written in ("ALARKA  grange", "alarka grange ", "Alárka Grange"):
            person(laptop, event, "Bo", organization_name=written)
        assert [each.title for each in laptop.list("organizations")] == ["Alarka Grange"]
        assert {each.values["organization"] for each in laptop.list("sign_ins")} == {laptop.list("organizations")[0].id}
        person(laptop, event, "Cy", organization_name="Alarka Grange Hall")
        assert laptop.count("organizations") == 2

    def test_one_known_by_that_name_among_very_many(self, laptop: Store, event: str) -> None:
        with laptop.writing("make_organizations") as draft:
            for number in range(500):
                draft.new("organizations", {"name": f"County Health Office {number}"})
            known = draft.new("organizations", {"name": "County Health"})
        made = person(laptop, event, organization_name="county health")
        assert view(laptop, "sign_ins", made.sign_in).values["organization"] == known

    def test_of_joined_ones_the_head_is_meant(self, laptop: Store, event: str) -> None:
        with laptop.writing("make_organizations") as draft:
            one, other = (draft.new("organizations", {"name": name}) for name in ("Alarka Grange", "Grange of Alarka"))
        join(laptop, "organizations", one, other, {"name": "Alarka Grange"})
        made = person(laptop, event, organization_name="Alarka Grange")
        assert view(laptop, "sign_ins", made.sign_in).values["organization"] == min(one, other)

    def test_a_known_place_is_not_made_twice(self, laptop: Store, event: str) -> None:
        first = person(laptop, event, organization_name="Alarka Grange")
        person(laptop, event, person=first.person, organization_name="Alarka Grange")
        assert laptop.count("affiliations") == 1


def test_heads_are_counted_up_and_down(laptop: Store, event: str) -> None:
    count_heads(laptop, event)
    count_heads(laptop, event, 4)
    count_heads(laptop, event, -2)
    assert view(laptop, "events", event).values["others_here"] == 3
    undo_last(laptop)
    assert view(laptop, "events", event).values["others_here"] == 5
    with pytest.raises(NotFound):
        count_heads(laptop, "none")
