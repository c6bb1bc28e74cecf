"""Counties of the United States by their five-digit FIPS code: a state's two digits and three of its own.

All are known by name (``resources/counties``), and two states' with their population and how rural they are. Codes come
and go: one that is in no list, of a state that is not wholly known, is taken as it is, because a record may hold it.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from outreach_app.assets import asset
from outreach_app.model.errors import BadInput
from outreach_app.model.vocabularies import folded
from outreach_app.texts import LANGUAGES, _, say

_NAMED = 6  # so many counties of one name are told
_NONMETRO_FROM = 4  # Rural-Urban Continuum Codes 4 to 9 are nonmetro


@dataclass(frozen=True, slots=True)
class County:
    """A county known by name. ``rural_urban`` is its Rural-Urban Continuum Code of 2023, 1 (metro) to 9; None, like the
    population, where it is not known here."""

    fips: str
    state: str  # "NC"
    name: str  # "Swain"
    kind: str = "county"  # what it is called besides its name: "parish", "city"; "" for nothing
    population: int | None = None  # in the 2020 census
    rural_urban: int | None = None
    retired: bool = False  # its code is in use no longer

    @property
    def words(self) -> str:
        """How it is compared: "swain nc"."""
        return folded(f"{self.name} {self.state}")


_CALLED = {
    "county": "{name} County, {state}",
    "parish": "{name} Parish, {state}",
    "city": "{name} city, {state}",
    "borough": "{name} Borough, {state}",
    "census_area": "{name} Census Area, {state}",
    "municipio": "{name} Municipio, {state}",
    "region": "{name} Planning Region, {state}",
    "": "{name}, {state}",
}


@cache
def _counties() -> Mapping[str, County]:
    with asset("counties", "counties.csv").open(encoding="utf-8", newline="") as file:
        return {row["fips"]: _county(row) for row in csv.DictReader(file)}


def _county(row: Mapping[str, str]) -> County:
    population, rural_urban = (int(row[name]) if row[name] else None for name in ("population_2020", "rucc_2023"))
    retired = bool(row["retired"])
    return County(row["fips"], row["state"], row["county"], row["kind"], population, rural_urban, retired)


@cache
def _states() -> Mapping[str, str]:
    with asset("counties", "states.csv").open(encoding="utf-8", newline="") as file:
        return {row["prefix"]: row["state"] for row in csv.DictReader(file)}


@cache
def _whole_states() -> frozenset[str]:
    """The states of which more is known than names: no other code of theirs can be meant."""
    return frozenset(known.state for known in _counties().values() if known.population is not None)


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
    """What is shown for a code: "Swain County, NC", or "County 51999, VA" where its name is not known."""
    known = county(fips)
    if known:
        return say(_CALLED[known.kind], language, name=known.name, state=known.state)
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
    return known.rural_urban >= _NONMETRO_FROM if known and known.rural_urban is not None else None


@cache
def _offered() -> tuple[tuple[str, County], ...]:
    """The counties to choose from, with the words they are found by: larger ones first, those not counted here last."""
    listed = [known for known in _counties().values() if not known.retired]
    listed.sort(key=lambda known: (-(known.population or 0), known.words))
    return tuple((known.words, known) for known in listed)


def search(text: str, limit: int = 12) -> list[County]:
    """The counties whose label begins with ``text``, then those with a word that does; larger ones first."""
    wanted = folded(text)
    if not wanted:
        return []
    begins = wanted.replace(",", "")
    first = [known for words, known in _offered() if words.startswith(begins) or known.fips.startswith(wanted)]
    if len(first) < limit:
        within = f" {wanted}"
        first += [known for words, known in _offered() if within in words and known not in first]
    return first[:limit]


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


def _in_use(fips: str) -> bool:
    return not _counties()[fips].retired


def _in_a_whole_state(fips: str) -> bool:
    return _counties()[fips].state in _whole_states()


def named(text: str) -> str:
    """The code of the county somebody wrote, as code or as name; BadInput where it is none, or more than one.

    A name alone means the county of a state that is wholly known, where one of them has such a county.
    """
    wanted = folded(text)
    digits = wanted.removeprefix("county ").removeprefix("condado ")[:5]
    if digits.isdigit():
        return checked(digits)
    codes = _heard().get(wanted, ())
    for likelier in (_in_use, _in_a_whole_state):
        codes = tuple(filter(likelier, codes)) or codes
    if len(codes) > 1:
        listed = "; ".join(label(code) for code in codes[:_NAMED]) + ("; …" if len(codes) > _NAMED else "")
        raise BadInput(_("There is more than one county of that name: write {counties}.", counties=listed))
    if not codes:
        raise BadInput(
            _(
                "No county is known as “{typed}”; write its name and state, or its five-digit number.",
                typed=text.strip(),
            )
        )
    return codes[0]
