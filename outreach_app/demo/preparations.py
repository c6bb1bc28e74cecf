"""What stands before the season: partners the department knows, how they belong together, groups, events."""

import random
from datetime import date
from typing import Any

from outreach_app.demo.acquaintances import Made, holds
from outreach_app.demo.crowds import Partner
from outreach_app.demo.moments import minutes_of, moment
from outreach_app.demo.neighbors import Neighbors, letters
from outreach_app.demo.plans import Event, Group, Organization, Tie
from outreach_app.demo.words import place, words

_OTHER_WORDS = (
    ("Volunteer Fire Department", "VFD"),
    ("Fire and Rescue", "Fire & Rescue"),
    ("Parroquia ", ""),
    ("Community ", "Comm. "),
    ("Circle", "Group"),
    (" and ", " & "),
    ("Food Share", "Foodshare"),
    ("Valley ", "Vly. "),
)
_SPANISH_SECTORS = ("immigrant_farmworker", "faith")


class Directory:
    """The organizations, as they are written down: some from the start, the others when a laptop first meets them."""

    def __init__(
        self, rng: random.Random, neighbors: Neighbors, partners: list[Partner], begins: str, syncs: tuple[str, ...]
    ) -> None:
        self._rng = rng
        self._neighbors = neighbors
        self._partners = partners
        self._syncs = syncs
        self._made: dict[int, list[Made]] = {}
        self.organizations: list[Organization] = []
        expected = _named_in_the_plan()
        for true, partner in enumerate(partners):
            if partner.name in expected or rng.random() < 0.25:
                self._write_down(true, 0, begins, partner.name, from_start=True)

    def meet(self, true: int, worker: int, at: str) -> tuple[int, str, bool]:
        """Number and name of an organization on a worker's laptop, and whether it is new there."""
        made = self._made.get(true, [])
        held = next((each for each in made if holds(worker, each, at, self._syncs)), None)
        if held:
            return held.number, held.name, False
        name = self._partners[true].name
        if made:
            name = next((name.replace(a, b) for a, b in _OTHER_WORDS if a in name), name)
        return self._write_down(true, worker, at, name, from_start=False), name, True

    def number(self, name: str) -> int:
        """The number of an organization the department knows from the start."""
        return next(n for n, each in enumerate(self.organizations) if each.name == name and each.from_start)

    def _write_down(self, true: int, worker: int, at: str, name: str, from_start: bool) -> int:
        partner, number = self._partners[true], len(self.organizations)
        made = self._made.setdefault(true, [])
        house = "-".join(filter(None, (letters(word) for word in partner.name.split()[:3])))
        spanish = partner.sector in _SPANISH_SECTORS and place(partner.county)["people"].get("latino", 0) > 20
        self.organizations.append(
            Organization(
                name, partner.sector, partner.town, partner.state, partner.zip, partner.county,
                self._neighbors.number(partner.state, "work") if from_start and self._rng.random() < 0.7 else None,
                f"office@{house}.example.org" if from_start and self._rng.random() < 0.6 else None,
                ("en", "es") if spanish else ("en",), from_start, made[0].number if made else None,
            )
        )  # fmt: skip
        made.append(Made(number, worker, at, name))
        return number


def _named_in_the_plan() -> set[str]:
    plan = words("season")
    hosts = {name for event in plan["events"] for name in (event["host"], *event["co_hosts"]) if name}
    asked = {row[5] for row in plan["follow_ups"] if len(row) > 5}
    return hosts | asked | {name for one, _relation, other in plan["ties"] for name in (one, other)}


def ties(directory: Directory) -> tuple[Tie, ...]:
    """How organizations belong together."""
    return tuple(
        Tie(directory.number(one), relation, directory.number(other))
        for one, relation, other in words("season")["ties"]
    )


def groups(rng: random.Random, neighbors: Neighbors) -> tuple[Group, ...]:
    """The groups people can join."""
    made = []
    for about in words("season")["groups"]:
        state = "OR" if any(county.startswith("41") for county in about["counties"]) else "NC"
        county = rng.choice(about["counties"] or ["37173"])
        contact = neighbors.make(county)
        house = "-".join(letters(word) for word in about["name"].split()[:2])
        made.append(
            Group(
                about["name"], about["type"], about["unit"], about["purpose"], tuple(about["interests"]),
                tuple(about["counties"]), about["seats"], about["openings"], about["public"], about["join"],
                about["compensation"], about["meets"], tuple(about["languages"]), contact.name,
                neighbors.number(state, "work"), f"{house}@example.org", f"2026-0{rng.choice((6, 7, 8))}",
            )
        )  # fmt: skip
    return tuple(made)


def events(directory: Directory) -> tuple[Event, ...]:
    """The events as they are planned, in order of time."""
    return tuple(_event(directory, about) for about in words("season")["events"])


def _event(directory: Directory, about: dict[str, Any]) -> Event:
    there, day = place(about["county"]), date.fromisoformat(about["date"])
    return Event(
        about["name"], about["type"], about["venue"], about["venue_type"], about["street"], about["town"],
        there["state"], dict(there["towns"])[about["town"]], about["county"], about["tribal"], True,
        directory.number(about["host"]) if about["host"] else None,
        tuple(directory.number(name) for name in about["co_hosts"]),
        about["unit"], about["level"], tuple(about["languages"]), tuple(about["supports"]), tuple(about["staff"]),
        moment(day, minutes_of(about["from"]), there["state"]), moment(day, minutes_of(about["to"]), there["state"]),
    )  # fmt: skip
