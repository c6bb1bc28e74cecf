"""What the coordinator does after a sync: sorts what waits, writes texts for sharing, answers and tells back."""

import random
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any, TypeVar

from outreach_app.demo.captures import Feedback
from outreach_app.demo.moments import instant, moment
from outreach_app.demo.outcomes import Response, Review, Sorting
from outreach_app.demo.voices import Said, themes_of
from outreach_app.demo.words import words

_STATES = {
    "sorted": 16, "passed_on": 27, "acting": 13, "done": 10, "not_feasible": 6, "referred_out": 6, "told_back": 22,
}  # fmt: skip
_UNANSWERED = ("praise", "observation")

Heard = list[tuple[int, Feedback, Said]]
"""Feedback with its number in the season and how it was put together."""


class Answers:
    """Plans the coordinator's work on what earlier syncs brought."""

    def __init__(
        self, rng: random.Random, syncs: tuple[str, ...], told_back_at: Mapping[str, tuple[int, str, str]]
    ) -> None:
        self._rng = rng
        self._coordinator: str = words("season")["staff"][0][0]
        self._first, self._last = syncs[1], syncs[2]
        self._told_back_at = (
            told_back_at  # by state: the event that tells back there, its day, and the day that is noted
        )

    def sortings(self, heard: Heard, share: float) -> list[Sorting]:
        """Some of what waited to be sorted, sorted in the week after the sync that brought it."""
        waiting = [(number, said) for number, feedback, said in heard if not feedback.themes]
        chosen = [each for each in waiting if self._rng.random() < share]
        return _in_order(Sorting(number, self._desk(1, 7), said.what_kind, themes_of(said)) for number, said in chosen)

    def reviews(self, heard: Heard, share: float) -> list[Review]:
        """Texts for sharing, of what may be shared: the part of it that tells of no place and nobody."""
        return _in_order(
            Review(number, self._desk(3, 20), said.plain)
            for number, feedback, said in heard
            if feedback.may_share == "yes" and said.plain and self._rng.random() < share
        )

    def responses(self, heard: Heard, count: int) -> list[Response]:
        """So many answers, in every state but the first, to what the first sync brought."""
        chosen = self._rng.sample(
            [each for each in heard if each[1].themes and each[1].what_kind not in _UNANSWERED], count
        )
        weights = list(_STATES.values())
        return _in_order(self._response(*each, self._rng.choices(list(_STATES), weights)[0]) for each in chosen)

    def receipts(self, heard: Heard, count: int) -> list[Response]:
        """The latest: just received, on the evening of the last sync."""
        at = instant(self._last)
        return [
            Response(
                number, (at + timedelta(seconds=45 * (place + 1))).isoformat(), "received", self._coordinator,
                None, None, None, None, None, None,
            )
            for place, (number, _feedback, _said) in enumerate(self._rng.sample(heard, count))
        ]  # fmt: skip

    def _response(self, number: int, feedback: Feedback, said: Said, state: str) -> Response:
        answer: Mapping[str, Any] = words("answers")[said.topics[0]]
        passed_to = answer["unit"] if state != "sorted" else None
        decided = why = None
        if state == "not_feasible" or (state == "told_back" and self._rng.random() < 0.2):
            decided, why = answer["no"]
        elif state in ("acting", "done", "told_back"):
            decided = self._rng.choice(answer["decided"])
        elif state == "referred_out":
            decided = answer["referred"]
        if state != "told_back":
            at = self._desk(2, 30)
            return Response(number, at, state, self._coordinator, passed_to, decided, why, None, None, None)
        event, day, noted = self._told_back_at["NC" if feedback.worker in (1, 2) else "OR"]
        if self._rng.random() < 0.6:
            at = moment(date.fromisoformat(noted), self._rng.uniform(9 * 60, 16.5 * 60), "NC")
            return Response(
                number, at, state, self._coordinator, passed_to, decided, why, day, "Read out at the meeting", event
            )
        at = self._desk(12, 30)
        how = self._rng.choice([how for how in words("season")["told_how"] if _fits(how, feedback.language)])
        return Response(number, at, state, self._coordinator, passed_to, decided, why, at[:10], how, None)

    def _desk(self, least: int, most: int) -> str:
        """A moment of a working day, so many days after the first sync (a Sunday evening)."""
        day = instant(self._first).date() + timedelta(days=self._rng.randint(least, most))
        if day.weekday() >= 5:
            day -= timedelta(days=2)
        return moment(day, self._rng.uniform(8.5 * 60, 16.75 * 60), "NC")


def _fits(how: str, language: str) -> bool:
    return how.startswith("Leído") == (language == "es") or how.startswith(("Poster", "A call"))


_Dated = TypeVar("_Dated", Sorting, Review, Response)


def _in_order(items: Iterable[_Dated]) -> list[_Dated]:
    return sorted(items, key=lambda each: instant(each.at))
