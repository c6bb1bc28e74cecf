"""Counts that may be published: none so small that it tells of somebody, and none that gives a small one back.

A count from 1 to the threshold is left out. Where the groups of a table add up to a total that is published, leaving
out one count alone would give it back; so others are left out with it, chosen at random (chosen by size, they would say
how large the small one is), until what is left out together could be many things. A table for which that cannot be done
is left out whole.
"""

import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from outreach_app.model import counties
from outreach_app.model.kinds import Registry
from outreach_app.sheets.books import Counted, Viewed
from outreach_app.sheets.profiles import Views, referred
from outreach_app.sheets.words import Words
from outreach_app.texts import say

THRESHOLD = 10
_CAME = frozenset({"attended", "walk_in", None})


@dataclass(frozen=True)
class Published:
    """``groups``: a count, or None where it is left out; None where the whole table is."""

    counted: Counted
    groups: Mapping[str, int | None] | None


def publishable(tables: Sequence[Counted], chance: random.Random, threshold: int = THRESHOLD) -> list[Published]:
    """The tables without what must not be published. Totals are published by :func:`published_total`."""
    return [Published(each, _suppressed(each, chance, threshold)) for each in tables]


def published_total(total: int, threshold: int = THRESHOLD) -> int | None:
    """A total as it is published; None where it is itself too small."""
    return None if 0 < total <= threshold else total


def _suppressed(table: Counted, chance: random.Random, threshold: int) -> dict[str, int | None] | None:
    if published_total(table.total, threshold) is None:
        return None
    hidden = {group for group, number in table.groups.items() if 0 < number <= threshold}
    shown = sorted(group for group, number in table.groups.items() if number > threshold)
    chance.shuffle(shown)
    while table.adds_up and hidden and not _could_be_many(table, hidden, threshold):
        if not shown:
            return None
        hidden.add(shown.pop())
    return {group: None if group in hidden else number for group, number in table.groups.items()}


def _could_be_many(table: Counted, hidden: set[str], threshold: int) -> bool:
    """Whether each count left out could be anything from 1 to beyond the threshold, as far as the total tells."""
    return sum(table.groups[group] for group in hidden) - len(hidden) >= threshold


@dataclass(frozen=True)
class Figures:
    """The counts a public workbook is made of: events, who came, and what was said, each in its groups.

    ``views``: events, sign_ins, feedback and themes.
    """

    registry: Registry
    views: Views
    words: Words
    language: str

    def tables(self) -> list[Counted]:
        """All of them."""
        events, came = self._shown("events"), [each for each in self._shown("sign_ins") if _came(each)]
        said = [each for each in self._shown("feedback") if not each.values.get("sensitive")]
        return [
            self._made("events_by_county", "Events by county", events, self._counties(events)),
            self._made("events_by_type", "Events by type", events, self._choices(events, "events", "event_type")),
            self._made("sign_ins_by_county", "Who came, by county", came, self._counties_of(came)),
            self._made("feedback_by_theme", "What was said, by theme", said, self._themes(said), adds_up=False),
            self._made(
                "feedback_by_kind", "What was said, by kind", said, self._choices(said, "feedback", "what_kind")
            ),
            self._made(
                "feedback_by_language", "What was said, by language", said, self._choices(said, "feedback", "language")
            ),
        ]

    def by_event(self) -> Counted:
        """Who came, by event: by name and day, for events of one name are several."""
        came = [each for each in self._shown("sign_ins") if _came(each)]
        called = {each.id: self._event(each) for each in self._shown("events")}
        groups = Counter(called.get(str(each.values.get("event")), self._unsaid) for each in came)
        return self._made("sign_ins_by_event", "Who came, by event", came, groups)

    def _event(self, event: Viewed) -> str:
        day = str(event.values.get("starts") or "")[:10]
        return " · ".join(part for part in (str(event.values.get("name") or event.title), day) if part)

    def _shown(self, kind: str) -> list[Viewed]:
        return [each for each in self.views.get(kind, ()) if each.shown]

    def _made(
        self, name: str, title: str, records: Sequence[Viewed], groups: Mapping[str, int], adds_up: bool = True
    ) -> Counted:
        return Counted(name, say(title, self.language), name.split("_by_")[0], groups, len(records), adds_up)

    def _choices(self, records: Iterable[Viewed], kind: str, name: str) -> Counter[str]:
        vocabulary = self.registry[kind].by_name[name].vocabulary
        codes = [str(each.values.get(name) or "") for each in records]
        return Counter(self.words.label(vocabulary, code, self.language) if code else self._unsaid for code in codes)

    def _counties(self, events: Iterable[Viewed]) -> Counter[str]:
        return Counter(self._county(each) for each in events)

    def _counties_of(self, came: Iterable[Viewed]) -> Counter[str]:
        at = {each.id: self._county(each) for each in self._shown("events")}
        return Counter(at.get(str(each.values.get("event")), self._unsaid) for each in came)

    def _county(self, event: Viewed) -> str:
        fips = event.values.get("county")
        return counties.label(str(fips), self.language) if fips else self._unsaid

    def _themes(self, said: Iterable[Viewed]) -> Counter[str]:
        about = self.registry["feedback"].by_name["themes"]
        names = {each.id: self._theme(each) for each in self._shown("themes")}
        return Counter(names[theme] for each in said for theme in set(referred(about, each.values)) if theme in names)

    def _theme(self, theme: Viewed) -> str:
        own = theme.values.get("name_es") if self.language == "es" else None
        return str(own or theme.values.get("name") or theme.title)

    @property
    def _unsaid(self) -> str:
        return say("Not said", self.language)


def _came(sign_in: Viewed) -> bool:
    return sign_in.values.get("status") in _CAME
