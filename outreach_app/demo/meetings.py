"""Partner contacts: whom workers met of which organization, what it needs and offers, what is to follow."""

import random
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from outreach_app.demo.captures import FollowUp, PartnerContact, SignIn
from outreach_app.demo.crowds import Crowds, Face, Partner
from outreach_app.demo.moments import instant, minutes_of, moment
from outreach_app.demo.words import place, words


class Meetings:
    """Plans the partner contacts of events; numbers of people and organizations come later."""

    def __init__(self, rng: random.Random, crowds: Crowds, partners: list[Partner]) -> None:
        self._rng = rng
        self._crowds = crowds
        self._partners = partners
        self._said: dict[tuple[int, str, str], str] = {}
        self._groups = words("season")["groups"]

    def at_event(
        self, event: int, about: Mapping[str, Any], arrivals: list[tuple[Face, SignIn]]
    ) -> list[tuple[Face, PartnerContact]]:
        """As many contacts as the event's data asks for: partners who signed in first, then others who were met."""
        came = {face.key: (face, signed) for face, signed in arrivals if face.organization is not None}
        planned = [
            (face, self._contact(event, face, signed.worker, self._soon_after(about, signed)))
            for face, signed in came.values()
            if signed.status in ("attended", "walk_in")
        ]
        faces = {face.key for face, _contact in planned}
        nearby = self._crowds.organizations_of(about["county"])
        region = words("season")["regions"][str(about["staff"][0])]
        while len(planned) < about["partners"]:
            there = nearby if self._rng.random() < 0.7 else self._crowds.organizations_of(self._rng.choice(region))
            face = self._crowds.partner_face(self._rng.choice(there))
            if face.key in faces and self._rng.random() < 0.7:
                continue
            faces.add(face.key)
            worker = self._rng.choice(about["staff"])
            minutes = self._rng.uniform(minutes_of(about["from"]), minutes_of(about["to"]))
            at = moment(date.fromisoformat(about["date"]), minutes, place(about["county"])["state"])
            planned.append((face, self._contact(event, face, worker, at)))
        return planned[: about["partners"]]

    def _soon_after(self, about: Mapping[str, Any], signed: SignIn) -> str:
        if signed.source == "paper":  # met at the event, while the paper was typed in that night
            minutes = self._rng.uniform(minutes_of(about["from"]), minutes_of(about["to"]))
            return moment(date.fromisoformat(about["date"]), minutes, place(about["county"])["state"])
        return (instant(signed.at) + timedelta(seconds=self._rng.randrange(90, 1500))).isoformat()

    def _contact(self, event: int, face: Face, worker: int, at: str) -> PartnerContact:
        assert face.organization is not None
        partner = self._partners[face.organization]
        data = words("partners")
        possible_needs, possible_offers = data["sector_codes"][partner.sector]
        needs = self._some(possible_needs, (25, 55, 20))
        offers = self._some(possible_offers, (30, 55, 15))
        groups: tuple[int, ...] = ()
        if self._rng.random() < 0.14:
            groups = (self._rng.choice(self._open_groups(partner)),)
        follow_up = self._follow_up(event, worker, at, partner, needs) if needs and self._rng.random() < 0.42 else None
        return PartnerContact(
            event, worker, at, "live", face.organization, partner.name, partner.sector, False, -1, "",
            face.job_title, face.phone, face.email,
            needs, self._in_words(face.organization, partner.sector, "needs", needs),
            offers, self._in_words(face.organization, partner.sector, "offers", offers),
            self._some(data["interests"][partner.sector], (35, 50, 15)), groups, follow_up,
        )  # fmt: skip

    def _some(self, codes: list[str], weights: tuple[int, int, int]) -> tuple[str, ...]:
        """None, one or two of the codes."""
        return tuple(self._rng.sample(codes, min(len(codes), self._rng.choices((0, 1, 2), weights)[0])))

    def _in_words(self, organization: int, sector: str, what: str, codes: tuple[str, ...]) -> str:
        """What they said of it; the same organization says the same thing of the same need, whoever is asked."""
        said, possible = [], words("partners")[what]
        for code in codes:
            key = (organization, what, code)
            if key not in self._said:
                self._said[key] = self._rng.choice(possible.get(f"{sector}.{code}", possible[code]))
            said.append(self._said[key])
        return " ".join(said)

    def _follow_up(self, event: int, worker: int, at: str, partner: Partner, needs: tuple[str, ...]) -> FollowUp:
        what = words("partners")["follow_ups"][needs[0]].format(organization=partner.name)
        due = instant(at).date() + timedelta(days=self._rng.choice((5, 7, 10, 14, 21, 30)))
        who = words("season")["staff"][worker][0]
        return FollowUp(worker, at, what, who, due.isoformat(), "open", event)

    def _open_groups(self, partner: Partner) -> list[int]:
        return [
            number
            for number, group in enumerate(self._groups)
            if not group["counties"] or partner.county in group["counties"]
        ]
