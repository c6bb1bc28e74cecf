"""Who came, by event and by county, and what was said, by theme: the same in a workbook's summary and in the window."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from outreach_app.sheets.books import Counted
from outreach_app.sheets.counts import CAME, Figures, event_called
from outreach_app.sheets.words import Words
from outreach_app.store.stores import Store
from outreach_app.store.views import View

_ASKED = {
    "events": ("name", "starts", "county"),
    "sign_ins": ("event", "status"),
    "feedback": ("themes", "sensitive"),
    "themes": ("name", "name_es"),
}


@dataclass(frozen=True, slots=True)
class Pictured:
    """Counts that are looked at, and which records of the kind ``counted.of`` each group counts, as
    :meth:`Store.list` takes it."""

    counted: Counted
    where: Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class _Seen:
    """Of a record no more than is counted."""

    kind: str
    id: str
    values: Mapping[str, Any]
    code: str = ""
    title: str = ""
    shown: bool = True


def summary(store: Store, words: Words, language: str, only: View | None = None) -> list[Counted]:
    """The counts that an internal workbook shows in pictures; of one event alone, where ``only`` is given."""
    seen = _seen(store, only)
    return _tables(Figures(store.registry, seen, words, language)) if seen else []


def pictured(store: Store, language: str) -> list[Pictured]:
    """The same counts, each with the way to what it counts."""
    seen = _seen(store, None)
    if not seen:
        return []
    figures = Figures(store.registry, seen, Words(), language)
    at_event, in_county, of_theme = (defaultdict[str, list[str | None]](list) for _each in range(3))
    for each in seen["events"]:
        at_event[event_called(each)].append(each.id)
        in_county[str(each.values["county"] or "")].append(each.id)
    for each in seen["themes"]:
        of_theme[figures.theme_called(each)].append(each.id)
    known = {each.id for each in seen["events"]}
    nowhere = [None, *sorted({each.values["event"] or "" for each in seen["sign_ins"]} - known)]
    found = []
    for counted in _tables(figures):
        where: dict[str, Mapping[str, Any]] = {}
        for group in counted.groups:
            code = counted.codes.get(group, "")
            if counted.of == "feedback":
                where[group] = {"themes": tuple(of_theme[group]), "sensitive": False}
            elif counted.name == "sign_ins_by_event":
                where[group] = _came_to(at_event[group] if code else nowhere)
            else:
                where[group] = _came_to(in_county[code] if code else [*nowhere, *in_county[""]])
        found.append(Pictured(counted, where))
    return found


def _came_to(events: Sequence[str | None]) -> Mapping[str, Any]:
    return {"event": tuple(events), "status": tuple(CAME)}


def _tables(figures: Figures) -> list[Counted]:
    by_name = {each.name: each for each in figures.tables()}
    return [figures.by_event(), by_name["sign_ins_by_county"], by_name["feedback_by_theme"]]


def _seen(store: Store, only: View | None) -> dict[str, list[_Seen]]:
    """What is counted of all records, or of one event; nothing where the store knows no such kinds."""
    if any(name not in store.registry for name in _ASKED):
        return {}
    seen: dict[str, list[_Seen]] = {}
    for kind, names in _ASKED.items():
        where = {"event": only.id} if only is not None and kind in ("sign_ins", "feedback") else {}
        rows = store.values(kind, names, where)
        seen[kind] = [_Seen(kind, record, dict(zip(names, values, strict=True))) for record, *values in rows]
    return seen
