"""Counties of the United States by their five-digit FIPS code: a state's two digits and three of its own.

The counties of two states are known by name (``resources/counties``); any other may be given by its code.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from outreach_app.assets import asset
from outreach_app.model.errors import BadInput
from outreach_app.model.vocabularies import folded
from outreach_app.texts import LANGUAGES, _, say

_NONMETRO_FROM = 4  # Rural-Urban Continuum Codes 4 to 9 are nonmetro


@dataclass(frozen=True, slots=True)
class County:
    """A county known by name. ``rural_urban`` is its Rural-Urban Continuum Code of 2023, 1 (metro) to 9."""

    fips: str
    state: str  # "NC"
    name: str  # "Swain"
    population: int  # in the 2020 census
    rural_urban: int


@cache
def _counties() -> Mapping[str, County]:
    with asset("counties", "counties.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["fips"]: County(
                row["fips"], row["state"], row["county"], int(row["population_2020"]), int(row["rucc_2023"])
            )
            for row in csv.DictReader(file)
        }


@cache
def _states() -> Mapping[str, str]:
    with asset("counties", "states.csv").open(encoding="utf-8", newline="") as file:
        return {row["prefix"]: row["state"] for row in csv.DictReader(file)}


@cache
def _whole_states() -> frozenset[str]:
    """The states whose every county is known by name."""
    return frozenset(known.state for known in _counties().values())


def county(fips: str) -> County | None:
    """The county of a code, where it is known by name."""
    return _counties().get(fips)


def checked(fips: str) -> str:
    """The code itself; BadInput where no county of the United States can have it."""
    state = _states().get(fips[:2])
    plausible = len(fips) == 5 and fips.isascii() and fips.isdigit() and state is not None and fips[2:] != "000"
    if not plausible or (state in _whole_states() and fips not in _counties()):
        raise BadInput(_("{code} is no county's number; write the county's name and state.", code=fips))
    return fips


def label(fips: str, language: str | None = None) -> str:
    """What is shown for a code: "Swain County, NC", or "County 51770, VA" where its name is not known."""
    known = county(fips)
    if known:
        return say("{name} County, {state}", language, name=known.name, state=known.state)
    return say("County {code}, {state}", language, code=fips, state=_states().get(fips[:2], "?"))


def labels(language: str | None = None) -> dict[str, str]:
    """What is shown for every county known by name, by its code."""
    return {fips: label(fips, language) for fips in _counties()}


def named_counties() -> frozenset[str]:
    """The names of all counties that are known by name, without their states."""
    return frozenset(known.name for known in _counties().values())


def suggested_rural(fips: str) -> bool | None:
    """Whether a county's code speaks for rural: a suggestion, never a verdict. None where nothing is known."""
    known = county(fips)
    return known.rural_urban >= _NONMETRO_FROM if known else None


def search(text: str, limit: int = 12) -> list[County]:
    """The counties whose label begins with ``text``, then those with a word that does; larger ones first."""
    wanted = folded(text)
    if not wanted:
        return []
    found = []
    for known in _counties().values():
        shown = folded(f"{known.name} {known.state}")
        if shown.startswith(wanted.replace(",", "")) or known.fips.startswith(wanted):
            found.append((0, -known.population, known))
        elif any(word.startswith(wanted) for word in shown.split()):
            found.append((1, -known.population, known))
    return [known for _rank, _people, known in sorted(found, key=lambda row: row[:2])][:limit]


@cache
def _heard() -> Mapping[str, tuple[str, ...]]:
    heard: dict[str, list[str]] = {}
    for known in _counties().values():
        names = {known.name, f"{known.name} {known.state}", f"{known.name}, {known.state}"}
        names |= {label(known.fips, language) for language in LANGUAGES}
        names |= {label(known.fips, language).removesuffix(f", {known.state}") for language in LANGUAGES}
        for name in {folded(name) for name in names}:
            heard.setdefault(name, []).append(known.fips)
    return {name: tuple(codes) for name, codes in heard.items()}


def named(text: str) -> str:
    """The code of the county somebody wrote, as code or as name; BadInput where it is none, or more than one."""
    wanted = folded(text)
    digits = wanted.removeprefix("county ").removeprefix("condado ")[:5]
    if digits.isdigit():
        return checked(digits)
    codes = _heard().get(wanted, ())
    if len(codes) > 1:
        listed = "; ".join(label(code) for code in codes)
        raise BadInput(_("There is more than one county of that name: write {counties}.", counties=listed))
    if not codes:
        raise BadInput(
            _(
                "No county is known as “{typed}”; write its name and state, or its five-digit number.",
                typed=text.strip(),
            )
        )
    return codes[0]
