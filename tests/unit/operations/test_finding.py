"""While somebody is written down: who may be here already, by what stands in the form so far."""

import pytest

from outreach_app.operations.decisions import join
from outreach_app.operations.finding import here_already
from outreach_app.operations.partners import NewPartnerContact, record_partner
from outreach_app.store.stores import Store


@pytest.fixture
def known(laptop: Store) -> Store:
    """Two people and two organizations."""
    with laptop.writing("make_all") as draft:
        draft.new("people", {"name": "Robert Locklear", "town": "Sylva", "phones": [{"number": "(828) 555-0133"}]})
        draft.new("people", {"name": "Ada Crowe", "emails": ["ada@example.org"]})
        draft.new(
            "organizations",
            {
                "name": "Nantahala Food Share",
                "other_names": ["La Despensa"],
                "website": "https://foodshare.example.org",
            },
        )
        draft.new("organizations", {"name": "Swain County Library", "phones": [{"number": "828 555 0160"}]})
    work = ({"number": "828 555 0177"},)
    record_partner(laptop, NewPartnerContact(organization_name="Fire Hall", name="Otis Kirkland", phones=work))
    return laptop


def named(store: Store, kind: str, **values: object) -> list[tuple[str, tuple[str, ...]]]:
    return [(line.name, line.same) for line in here_already(store, kind, values)]


@pytest.mark.parametrize(
    ("name", "who"),
    [
        ("Robert Locklear", "Robert Locklear"),
        ("locklear, bob", "Robert Locklear"),
        ("Rob Lock", "Robert Locklear"),
        ("Robert Locklear Oxendine", "Robert Locklear"),
        ("Adda Crow", "Ada Crowe"),
        ("Robert", ""),
        ("Robert Oxendine", ""),
        ("", ""),
    ],
)
def test_a_name_that_fits_as_a_whole_is_of_somebody_who_may_be_here(known: Store, name: str, who: str) -> None:
    assert named(known, "people", name=name) == ([(who, ())] if who else [])


def test_what_reaches_them_tells_them_whatever_the_name(known: Store) -> None:
    phones = [{"number": "828.555.0133"}]
    assert named(known, "people", phones=phones) == [("Robert Locklear", ("Same phone",))]
    assert named(known, "people", name="Zelda Ut", phones=phones) == [("Robert Locklear", ("Same phone",))]
    assert named(known, "people", emails=["ADA@example.org"]) == [("Ada Crowe", ("Same e-mail",))]
    both = named(known, "people", name="Ada Crow", phones=phones, emails=["ada@example.org"])
    assert both == [("Ada Crowe", ("Same e-mail",)), ("Robert Locklear", ("Same phone",))], "the likeliest first"
    assert named(known, "people", phones=[{"number": "828 555"}, {}]) == []
    assert named(known, "people", phones=[{"number": "828-555-0177"}]) == [("Otis Kirkland", ("Same phone",))], (
        "at work"
    )


def test_an_organization_is_told_by_any_of_its_names_its_website_and_what_reaches_it(known: Store) -> None:
    food = "Nantahala Food Share"
    assert named(known, "organizations", name="Food Share") == [(food, ())]
    assert named(known, "organizations", name="La Despensa, Inc.") == [(food, ())]
    assert named(known, "organizations", website="foodshare.example.org/give") == [(food, ("Same website",))]
    assert named(known, "organizations", emails=["kim@foodshare.example.org"]) == [(food, ("Same website",))]
    assert named(known, "organizations", phones=[{"number": "8285550160"}]) == [
        ("Swain County Library", ("Same phone",))
    ]
    assert named(known, "organizations", name="Swain County Schools") == []


def test_it_says_where_they_belong_and_live(known: Store) -> None:
    [bob] = here_already(known, "people", {"name": "Bob Locklear"})
    [otis] = here_already(known, "people", {"name": "Otis Kirkland"})
    assert (bob.organization, bob.town) == ("", "Sylva")
    assert (otis.organization, otis.town) == ("Fire Hall", "")


def test_who_was_joined_is_named_once(known: Store) -> None:
    with known.writing("make_people") as draft:
        other = draft.new("people", {"name": "Bob Locklear"})
    [first, second] = here_already(known, "people", {"name": "Robert Locklear"})
    assert {first.id, second.id} > {other}
    join(known, "people", first.id, second.id)
    assert len(here_already(known, "people", {"name": "Robert Locklear"})) == 1
