"""Counts that may be published: none so small that it tells of somebody, and none that gives a small one back.

A count from 1 to the threshold is left out. Where the groups of a table add up to a total that is published, leaving
out one count alone would give it back; so others are left out with it, until what is left out together could be many
things. A table for which that cannot be done is left out whole. Which others is told by the code of each group and by
the id of the oldest record: by size, they would say how large the small one is; by chance, the same figures published
twice, or in two languages, would each show what the other left out.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

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


def publishable(tables: Sequence[Counted], salt: str, threshold: int = THRESHOLD) -> list[Published]:
    """The tables without what must not be published. Totals are published by :func:`published_total`. ``salt``: what no
    reader knows and what stays the same from one publication to the next."""
    return [Published(each, _suppressed(each, salt, threshold)) for each in tables]


def published_total(total: int, threshold: int = THRESHOLD) -> int | None:
    """A total as it is published; None where it is itself too small."""
    return None if 0 < total <= threshold else total


def salt_of(views: Views) -> str:
    """The id of the oldest record: the same on every laptop, and in no file that leaves the department."""
    return min((each.id for each in views.get("events", ())), default="")


def _suppressed(table: Counted, salt: str, threshold: int) -> dict[str, int | None] | None:
    if published_total(table.total, threshold) is None:
        return None
    hidden = {group for group, number in table.groups.items() if 0 < number <= threshold}
    shown = [group for group, number in table.groups.items() if number > threshold]
    shown.sort(key=lambda group: sha256(f"{salt} {table.name} {table.codes.get(group, group)}".encode()).digest())
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
        events, came = self._shown("events"), self._came()
        said = [each for each in self._shown("feedback") if not each.values.get("sensitive")]
        county_of = {each.id: _code(each, "county") for each in events}
        return [
            self._made("events_by_county", "Events by county", [*county_of.values()], self._county),
            self._chosen("events_by_type", "Events by type", events, "event_type"),
            self._made(
                "sign_ins_by_county", "Who came, by county", [county_of.get(at, "") for at in came], self._county
            ),
            self._by_theme(said),
            self._chosen("feedback_by_kind", "What was said, by kind", said, "what_kind"),
            self._chosen("feedback_by_language", "What was said, by language", said, "language"),
        ]

    def by_event(self) -> Counted:
        """Who came, by event: by name and day, for events of one name are several."""
        events = {each.id: each for each in self._shown("events")}
        at = [event if event in events else "" for event in self._came()]
        return self._made("sign_ins_by_event", "Who came, by event", at, lambda event: _event(events[event]))

    def _shown(self, kind: str) -> list[Viewed]:
        return [each for each in self.views.get(kind, ()) if each.shown]

    def _came(self) -> list[str]:
        """The event of everybody who came."""
        return [_code(each, "event") for each in self._shown("sign_ins") if each.values.get("status") in _CAME]

    def _chosen(self, name: str, title: str, records: Sequence[Viewed], field: str) -> Counted:
        vocabulary = self.registry[_of(name)].by_name[field].vocabulary
        codes = [_code(each, field) for each in records]
        return self._made(name, title, codes, lambda code: self.words.label(vocabulary, code, self.language))

    def _by_theme(self, said: Sequence[Viewed]) -> Counted:
        about = self.registry["feedback"].by_name["themes"]
        themes = {each.id: each for each in self._shown("themes")}
        codes = [theme for each in said for theme in set(referred(about, each.values)) if theme in themes]
        made = self._made("feedback_by_theme", "What was said, by theme", codes, lambda code: self._theme(themes[code]))
        return replace(made, total=len(said), adds_up=False)

    def _made(self, name: str, title: str, codes: Sequence[str], label: Callable[[str], str]) -> Counted:
        """The table of what each record has, by code, empty where nothing was said."""
        groups, called = Counter[str](), dict[str, str]()
        for code, number in sorted(Counter(codes).items()):
            group = label(code) if code else say("Not said", self.language)
            groups[group] += number
            called.setdefault(group, code)
        return Counted(name, say(title, self.language), _of(name), groups, len(codes), codes=called)

    def _county(self, fips: str) -> str:
        return counties.label(fips, self.language)

    def _theme(self, theme: Viewed) -> str:
        own = theme.values.get("name_es") if self.language == "es" else None
        return str(own or theme.values.get("name") or theme.title)


def _of(table: str) -> str:
    return table.split("_by_")[0]


def _code(record: Viewed, field: str) -> str:
    return str(record.values.get(field) or "")


def _event(event: Viewed) -> str:
    day = str(event.values.get("starts") or "")[:10]
    return " · ".join(part for part in (str(event.values.get("name") or event.title), day) if part)
