"""Who was not heard from lately: counties, languages and populations, the longest silence first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select, true

from outreach_app.model.dates import moment_of
from outreach_app.operations.overviews import clock_of, standing_rows
from outreach_app.store.stores import Store

LATELY = timedelta(weeks=8)
"""Whoever was heard from within so long is no gap."""

_YEAR = timedelta(days=365)  # languages and populations are those of what was heard within so long
_NOBODY = frozenset({"everyone", "other"})  # codes that name nobody in particular


@dataclass(frozen=True, slots=True)
class Gap:
    """A county, language or population (``of``: the name of the list), and when it was last heard from; None: never."""

    of: str  # "counties", "languages" or "populations"
    code: str
    last: date | None

    def weeks(self, today: date) -> int:
        """How many whole weeks ago; 0 for never."""
        return (today - self.last).days // 7 if self.last else 0


def gaps(store: Store, today: date) -> list[Gap]:
    """All gaps on a day. A county to which an event is coming is none: something is being done."""
    found = [
        *(Gap("counties", code, last) for code, last in _counties(store)),
        *(Gap("languages", code, last) for code, last in _languages(store, today)),
        *(Gap("populations", code, last) for code, last in _said(store, "population", today).items()),
    ]
    silent = [each for each in found if each.last is None or each.last < today - LATELY]
    return sorted(silent, key=lambda each: (each.last is None, each.last or today, each.of, each.code))


def _counties(store: Store) -> Iterable[tuple[str, date | None]]:
    """The last event in each county where there ever was one, or where a group works."""
    events = store.registry["events"].table.c
    took_place = (*standing_rows(events), events.county.is_not(None), func.coalesce(events.status, "") != "cancelled")
    asked = select(events.county, func.max(func.substr(events.starts, 1, 10))).where(*took_place)
    with store.reading() as connection:
        last: dict[str, str | None] = dict(connection.execute(asked.group_by(events.county)).all())
    for code in dict.fromkeys((*last, *_held(store, "groups", "counties"))):
        yield code, date.fromisoformat(day) if (day := last.get(code)) else None


def _languages(store: Store, today: date) -> Iterable[tuple[str, date | None]]:
    """When each language was last spoken to us, of those spoken within a year and those offered at events."""
    spoken = _said(store, "language", today)
    for code in dict.fromkeys((*spoken, *_held(store, "events", "languages"))):
        yield code, spoken.get(code)


def _held(store: Store, kind: str, field: str) -> list[str]:
    """The codes that a list field of a kind holds anywhere."""
    table = store.registry[kind].table
    each = func.json_each(table.c[field]).table_valued("value")
    asked = select(func.json_extract(each.c.value, "$.value")).distinct().select_from(table.join(each, true()))
    with store.reading() as connection:
        found = connection.execute(asked.where(*standing_rows(table.c))).scalars().all()
    return sorted(code for code in found if code not in _NOBODY)


def _said(store: Store, field: str, today: date) -> dict[str, date | None]:
    """When feedback with each value of a field was last written down, within a year."""
    table = store.registry["feedback"].table.c
    asked = select(table[field], func.max(table.made_at)).where(
        *standing_rows(table), table.made_at >= clock_of(today - _YEAR), table[field].is_not(None)
    )
    with store.reading() as connection:
        found = connection.execute(asked.group_by(table[field])).all()
    return {code: date.fromisoformat(moment_of(clock)[:10]) for code, clock in found if code not in _NOBODY}
