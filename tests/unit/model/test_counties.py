"""Counties: all by name, two states' with what more is known of them, and codes of other times."""

from collections import Counter

import pytest

from outreach_app.model import counties
from outreach_app.model.errors import BadInput


def test_every_county_has_a_name_and_two_states_are_known_whole() -> None:
    known = [county for fips in counties.labels() if (county := counties.county(fips)) is not None]
    assert len([each for each in known if not each.retired]) == 3_241
    assert all(each.name for each in known)
    counted = Counter(each.state for each in known if each.population is not None)
    assert counted == Counter(each.state for each in known if each.state in ("NC", "OR")) == {"NC": 100, "OR": 36}
    assert Counter(each.state for each in known)["TX"] == 254


@pytest.mark.parametrize(
    ("fips", "english", "spanish"),
    [
        ("22071", "Orleans Parish, LA", "Parroquia de Orleans, LA"),
        ("51760", "Richmond city, VA", "Ciudad de Richmond, VA"),
        ("02068", "Denali Borough, AK", "Borough de Denali, AK"),
        ("72127", "San Juan Municipio, PR", "Municipio de San Juan, PR"),
        ("11001", "District of Columbia, DC", "District of Columbia, DC"),
        ("09190", "Western Connecticut Planning Region, CT", "Región de planificación de Western Connecticut, CT"),
        ("02261", "Valdez-Cordova Census Area, AK", "Área censal de Valdez-Cordova, AK"),
    ],
)
def test_each_is_called_as_it_is_called_there(fips: str, english: str, spanish: str) -> None:
    assert (counties.label(fips, "en"), counties.label(fips, "es")) == (english, spanish)
    assert counties.checked(fips) == fips


def test_codes_of_other_times_are_read_and_not_offered() -> None:
    assert counties.named("46113") == "46113"
    assert counties.named("51999") == "51999"
    assert counties.label("51999", "en") == "County 51999, VA"
    assert counties.search("Shannon, SD") == []
    assert [each.fips for each in counties.search("Shannon")] == ["29203"]


def test_a_name_alone_means_the_states_that_are_wholly_known() -> None:
    assert counties.named("Macon") == "37113"
    assert counties.named("Macon, GA") == "13193"
    with pytest.raises(BadInput, match=r"St\. Louis County, MO; St\. Louis city, MO"):
        counties.named("St. Louis, MO")
    with pytest.raises(BadInput, match="; …"):
        counties.named("Adams")


def test_a_county_is_shown_with_its_state() -> None:
    assert counties.label("37173", "en") == "Swain County, NC"
    assert counties.label("37173", "es") == "Condado de Swain, NC"
    assert counties.label("51998", "es") == "Condado 51998, VA"
    assert counties.label("99999", "en") == "County 99999, ?"


def test_rural_is_suggested_from_the_code_and_only_where_it_is_known() -> None:
    for fips in counties.labels():
        known = counties.county(fips)
        assert known is not None
        if known.rural_urban is None:
            assert counties.suggested_rural(fips) is None
            continue
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
    assert found[:3] == ["Jackson, OR", "Jackson, NC", "Jack, TX"]
    assert [each.name for each in counties.search("Hanover")] == ["Hanover", "New Hanover"]
    assert [each.fips for each in counties.search("37173")] == ["37173"]
    assert counties.search(" ") == []
    assert len(counties.search("c", limit=3)) == 3
