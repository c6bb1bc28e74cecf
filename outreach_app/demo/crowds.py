"""Who turns up: for each event some who came before, some partners, and new faces of the county."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from outreach_app.demo.captures import Phone
from outreach_app.demo.neighbors import Neighbor, Neighbors, letters
from outreach_app.demo.words import place, words

_COMMUNITIES = {
    ("immigrant_farmworker", "NC"): "latino",
    ("immigrant_farmworker", "OR"): "latino",
    ("tribal", "NC"): "cherokee",
    ("tribal", "OR"): "plateau",
}
"""Whom one meets at organizations of a sector, by state, where it is not just anybody."""


@dataclass(frozen=True, slots=True)
class Face:
    """Somebody the season knows, by their place in it; ``organization``, a true one's number, makes a partner."""

    key: int
    neighbor: Neighbor
    organization: int | None = None
    job_title: str = ""
    phone: Phone | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True)
class Partner:
    """A true organization, however often it is written down."""

    name: str
    sector: str
    county: str
    town: str
    zip: str
    state: str


def true_partners(rng: random.Random) -> list[Partner]:
    """All organizations the season knows, in the order of their counties."""
    found = []
    for county, there in words("partners")["organizations"].items():
        for name, sector in there:
            towns = place(county)["towns"]
            town, zip_code = next((each for each in towns if each[0].split()[0] in name), rng.choice(towns))
            found.append(Partner(name, sector, county, town, zip_code, place(county)["state"]))
    return found


class Crowds:
    """Draws the people of each event."""

    def __init__(self, rng: random.Random, neighbors: Neighbors, partners: list[Partner]) -> None:
        self._rng = rng
        self._neighbors = neighbors
        self._partners = partners
        self._faces: list[Face] = []
        self._by_organization: dict[int, list[Face]] = {}
        self._seen: dict[str, list[Face]] = {}  # community members who came somewhere, by county
        self._named = [(person, self._add(_named(person))) for person in words("season")["named"]]

    def named(self, event: int) -> list[Face]:
        """The people the season names itself who come to an event."""
        return [face for person, face in self._named if event in person["events"]]

    def comers(self, event: int, about: Mapping[str, Any]) -> list[Face]:
        """As many different people as an event's data asks for, in the order they come."""
        chosen = {face.key: face for face in self.named(event)}
        region = words("season")["regions"][str(about["staff"][0])]
        partners = round(about["sign_ins"] * 0.15)
        while len(chosen) < about["sign_ins"]:
            if partners:
                partners -= 1
                face = self.partner_face(self._rng.choice(self.organizations_of(about["county"])))
            else:
                face = self._comer(about, region)
            chosen.setdefault(face.key, face)
        comers = list(chosen.values())
        self._rng.shuffle(comers)
        for face in comers:
            here = self._seen.setdefault(face.neighbor.county, [])
            if face.organization is None and face not in here:
                here.append(face)
        return comers

    def organizations_of(self, county: str) -> list[int]:
        """The true organizations at work in a county."""
        return [number for number, partner in enumerate(self._partners) if partner.county == county]

    def partner_face(self, organization: int) -> Face:
        """Somebody of an organization: one of up to three, made when first met."""
        made = self._by_organization.setdefault(organization, [])
        if made and (len(made) == 3 or self._rng.random() < 0.5):
            return self._rng.choice(made)
        partner = self._partners[organization]
        community = _COMMUNITIES.get((partner.sector, partner.state))
        neighbor = self._neighbors.make(partner.county, community)
        phone = self._neighbors.number(partner.state, "work") if self._rng.random() < 0.6 else None
        email = None
        if phone is None or self._rng.random() < 0.55:
            house = "-".join(filter(None, (letters(word) for word in partner.name.split()[:3])))
            email = f"{letters(neighbor.given.split()[0])}.{letters(neighbor.family[0])}@{house}.example.org"
        title = self._rng.choice(words("partners")["titles"][partner.sector])
        face = self._add(neighbor, organization=organization, job_title=title, phone=phone, email=email)
        made.append(face)
        return face

    def _comer(self, about: Mapping[str, Any], region: list[str]) -> Face:
        county = about["county"] if self._rng.random() < 0.8 else self._rng.choice(region)
        seen = self._seen.get(county, [])
        expected = about["status"] == "planned"
        if seen and self._rng.random() < (0.8 if expected else 0.42):
            return self._rng.choice(seen)
        community = None
        people = place(county)["people"]
        if self._rng.random() < about["spanish"]:
            community = "latino"
        elif about["mostly"] and about["mostly"][0] in people and self._rng.random() < about["mostly"][1]:
            community = about["mostly"][0]
        return self._add(self._neighbors.make(county, community))

    def _add(self, neighbor: Neighbor, **more: Any) -> Face:
        face = Face(len(self._faces), neighbor, **more)
        self._faces.append(face)
        return face


def _named(person: Mapping[str, Any]) -> Neighbor:
    phone = Phone(person["phone"], "mobile") if person["phone"] else None
    return Neighbor(
        person["given"], tuple(person["family"]), person["community"], person["county"], person["state"],
        person["town"], person["zip"], phone, None, person["language"],
    )  # fmt: skip
