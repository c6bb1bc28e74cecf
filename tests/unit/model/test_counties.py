"""Counties: two states by name, any other by number."""

import pytest

from outreach_app.model import counties
from outreach_app.model.errors import BadInput


def test_the_two_states_are_whole() -> None:
    by_state: dict[str, int] = {}
    for fips in counties.labels():
        known = counties.county(fips)
        assert known is not None
        by_state[known.state] = by_state.get(known.state, 0) + 1
    assert by_state == {"NC": 100, "OR": 36}


def test_a_county_is_shown_with_its_state() -> None:
    assert counties.label("37173", "en") == "Swain County, NC"
    assert counties.label("37173", "es") == "Condado de Swain, NC"
    assert counties.label("51770", "en") == "County 51770, VA"
    assert counties.label("51770", "es") == "Condado 51770, VA"
    assert counties.label("99999", "en") == "County 99999, ?"


def test_rural_is_suggested_from_the_code_and_only_where_it_is_known() -> None:
    for fips in counties.labels():
        known = counties.county(fips)
        assert known is not None
        assert counties.suggested_rural(fips) == (known.rural_urban in (4, 5, 6, 7, 8, 9))
    assert counties.suggested_rural("37001") is False
    assert counties.suggested_rural("37173") is True
    assert counties.suggested_rural("51770") is None


@pytest.mark.parametrize(
    "typed",
    ["Swain", "swain county", "Swain, NC", "SWAIN NC", "Swain County, NC", "Condado de Swain, NC", "37173", " 37173 "],
)
def test_a_county_is_found_as_people_write_it(typed: str) -> None:
    assert counties.named(typed) == "37173"


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("fips", ["51770", "37173", "41025", "72001"])
def test_what_is_shown_is_found_again(fips: str, language: str) -> None:
    assert counties.named(counties.label(fips, language)) == fips


def test_every_label_is_found_again() -> None:
    for language in ("en", "es"):
        for fips, label in counties.labels(language).items():
            assert counties.named(label) == fips


@pytest.mark.parametrize("typed", ["03001", "00000", "37000", "37002", "41999", "3717", "Atlantis", "Swain, OR"])
def test_what_is_no_county_is_refused(typed: str) -> None:
    with pytest.raises(BadInput):
        counties.named(typed)


def test_a_name_that_two_states_share_is_asked_about() -> None:
    with pytest.raises(BadInput, match="Lincoln County, NC; Lincoln County, OR"):
        counties.named("Lincoln")
    assert counties.named("Lincoln, OR") == "41041"


def test_searching_offers_names_that_begin_so_first() -> None:
    found = [f"{each.name}, {each.state}" for each in counties.search("jack")]
    assert found == ["Jackson, OR", "Jackson, NC"]
    assert [each.name for each in counties.search("Hanover")] == ["New Hanover"]
    assert [each.fips for each in counties.search("37173")] == ["37173"]
    assert counties.search(" ") == []
    assert len(counties.search("c", limit=3)) == 3
