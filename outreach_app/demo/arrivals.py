"""Sign-ins: at the table, on the visitor screen, typed in from paper that night, or expected beforehand."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from outreach_app.demo.captures import SignIn
from outreach_app.demo.crowds import Crowds, Face
from outreach_app.demo.moments import minutes_of, moment
from outreach_app.demo.plans import PaperSheet
from outreach_app.demo.words import place, words

LINES_A_PAGE = 11
"""Lines of a sign-in sheet's page, Letter landscape."""

_EXPECTED_AT = ("advisory_meeting", "focus_group", "virtual", "training")


class Arrivals:
    """Plans the sign-ins of events; who each is under which number comes later, when all are in order of time."""

    def __init__(self, rng: random.Random, crowds: Crowds) -> None:
        self._rng = rng
        self._crowds = crowds
        self.sheets: list[PaperSheet] = []

    def at_event(self, event: int, about: Mapping[str, Any]) -> list[tuple[Face, SignIn]]:
        """Each who came, is expected or did not come, with their sign-in but for person number and name."""
        comers = self._crowds.comers(event, about)
        if about["status"] == "planned":
            return [(face, self._expected(event, about, face)) for face in comers]
        sheet = self._print_sheet(event, about) if about["paper"] else None
        twice = 2 if len(about["staff"]) > 1 else 0  # two laptops at one door: some are signed in on both
        at_table = len(comers) - about["paper"]
        moments = sorted(self._minutes(about) for _face in comers)
        planned = [
            (face, self._live(event, about, face, minutes))
            for face, minutes in zip(comers[: at_table - twice], moments, strict=False)
        ]
        named = {face.key for face in self._crowds.named(event)}
        strangers = [pair for pair in planned if pair[0].key not in named]
        planned += [self._on_the_other_laptop(about, *pair) for pair in self._rng.sample(strangers, twice)]
        if sheet is not None:
            planned += self._from_paper(event, about, comers[at_table:], sheet)
        return planned

    def _expected(self, event: int, about: Mapping[str, Any], face: Face) -> SignIn:
        day = date(2026, 11, 20) - timedelta(days=self._rng.randrange(1, 5))
        at = moment(day, self._rng.uniform(9 * 60, 16.5 * 60), place(about["county"])["state"])
        return self._sign_in(event, about["staff"][0], at, face, status="expected")

    def _live(self, event: int, about: Mapping[str, Any], face: Face, minutes: float) -> SignIn:
        worker = self._rng.choices(about["staff"], (65, 35)[: len(about["staff"])])[0]
        at = moment(date.fromisoformat(about["date"]), minutes, place(about["county"])["state"])
        source = "kiosk" if about["type"] == "health_fair" and self._rng.random() < 0.18 else "live"
        if about["type"] in _EXPECTED_AT:
            status = self._rng.choices(("attended", "walk_in", "no_show", "cancelled"), (55, 30, 12, 3))[0]
        else:
            status = self._rng.choices(("walk_in", "attended"), (85, 15))[0]
        signed = self._sign_in(event, worker, at, face, source=source, status=status)
        if status in ("no_show", "cancelled"):
            return replace(signed, consents={}, groups=())
        return signed

    def _on_the_other_laptop(self, about: Mapping[str, Any], face: Face, signed: SignIn) -> tuple[Face, SignIn]:
        other = next(worker for worker in about["staff"] if worker != signed.worker)
        state = place(about["county"])["state"]
        late = minutes_of(about["to"]) - self._rng.uniform(20, 50)
        at = moment(date.fromisoformat(about["date"]), late, state)
        return face, replace(signed, worker=other, at=at, source="live", groups=())

    def _minutes(self, about: Mapping[str, Any]) -> float:
        begins, ends = minutes_of(about["from"]), minutes_of(about["to"])
        length = ends - begins
        return begins + self._rng.triangular(-10, 0.75 * length, 0.1 * length)

    def _print_sheet(self, event: int, about: Mapping[str, Any]) -> int:
        day = date.fromisoformat(about["date"]) - timedelta(days=1)
        at = moment(day, self._rng.uniform(10 * 60, 16 * 60), place(about["county"])["state"])
        language = "en+es" if "es" in about["languages"] else "en"
        large = about["type"] == "focus_group" or about["unit"] == "aging"
        self.sheets.append(PaperSheet(event, about["staff"][0], at, 2 * LINES_A_PAGE, language, large))
        return len(self.sheets) - 1

    def _from_paper(
        self, event: int, about: Mapping[str, Any], comers: list[Face], sheet: int
    ) -> Iterator[tuple[Face, SignIn]]:
        day, state = date.fromisoformat(about["date"]), place(about["county"])["state"]
        named = {face.key for face in self._crowds.named(event)}
        minutes = self._rng.uniform(20.2 * 60, 21 * 60)  # that night, at the kitchen table
        for line, face in enumerate(comers):
            minutes += self._rng.uniform(0.4, 1.2)
            at = moment(day, minutes, state)
            signed = self._sign_in(event, about["staff"][0], at, face, source="paper", status="walk_in")
            page = line // LINES_A_PAGE + 1
            on_paper = replace(signed, sheet=sheet, page=page, line=line % LINES_A_PAGE + 1, groups=())
            if face.organization is None and face.key not in named and self._rng.random() < 0.16:
                on_paper = _hard_to_read(face, on_paper)
            yield face, on_paper

    def _sign_in(
        self, event: int, worker: int, at: str, face: Face, source: str = "live", status: str = "walk_in"
    ) -> SignIn:
        one = face.neighbor
        phone, email = face.phone or one.phone, face.email or one.email
        came_as, organization = "partner", face.organization
        if organization is None:
            came_as = self._rng.choices(("community_member", "volunteer", "speaker", "interpreter", "staff", "media"),
                                        (89, 5, 2, 1.5, 1.5, 1))[0]  # fmt: skip
        groups: tuple[int, ...] = ()
        if self._rng.random() < 0.13:
            groups = tuple(sorted(self._rng.sample(_groups_of(one.county), self._rng.choice((1, 1, 2)))))
        tells_town = self._rng.random()
        return SignIn(
            event, worker, at, source, "", -1, organization, "", phone, email,
            town=one.town if tells_town < 0.75 else None,
            zip=one.zip if tells_town > 0.4 else None,
            state=one.state if tells_town > 0.4 else None,
            county=one.county if tells_town > 0.6 else None,
            language=one.language,
            came_as=came_as,
            status=status,
            consents=self._consents(phone is not None and phone.kind == "mobile", phone is not None, email is not None),
            groups=groups,
        )  # fmt: skip

    def _consents(self, mobile: bool, phone: bool, email: bool) -> dict[str, str]:
        """Answers only for ways there is an address for; nobody is asked at all one time in five."""
        if self._rng.random() < 0.2:
            return {}
        channels = [channel for channel, there in (("phone", phone), ("text", mobile), ("email", email)) if there]
        if phone or email:
            if self._rng.random() < 0.16:
                return dict.fromkeys(channels, "refused")
            answers = {channel: "granted" for channel in channels if self._rng.random() < 0.72}
            answers |= {
                channel: "refused" for channel in channels if channel not in answers and self._rng.random() < 0.3
            }
        else:
            answers = {}
        if self._rng.random() < 0.04:
            answers["photo"] = self._rng.choice(("granted", "refused"))
        return answers


def _hard_to_read(face: Face, signed: SignIn) -> SignIn:
    """A line of which only some letters can be read: nobody is made of it."""
    last = face.neighbor.family[-1]
    name = f"{face.neighbor.given[0]}. {last[:3]}..."
    return replace(
        signed, name=name, person=None, phone=None, email=None, zip=None, state=None, town=None, county=None,
        language=None, consents={}, marks=("illegible",),
    )  # fmt: skip


def _groups_of(county: str) -> list[int]:
    return [
        number
        for number, group in enumerate(words("season")["groups"])
        if not group["counties"] or county in group["counties"]
    ]
