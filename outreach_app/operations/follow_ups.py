"""Follow-ups: what is late, due today, this week and later; done, or handed to somebody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from outreach_app.journal.changes import Changes
from outreach_app.model.errors import BadInput
from outreach_app.operations.overviews import OPEN, standing_rows
from outreach_app.operations.records import there
from outreach_app.store.stores import Store
from outreach_app.store.views import NOTHING, View
from outreach_app.texts import _

WHEN = ("late", "today", "week", "later", "some_day", "done")
"""The parts of the list, in their order."""

_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class ToDo:
    """Follow-ups by when they are due, one of :data:`WHEN` each; and who there is to hand one to."""

    parts: Mapping[str, Sequence[View]]
    people: Sequence[str]

    @property
    def count(self) -> int:
        """How many are still to be done."""
        return sum(len(views) for when, views in self.parts.items() if when != "done")


def to_do(store: Store, today: date, who: str = "", where: Mapping[str, Any] = NOTHING) -> ToDo:
    """What is to be done, by ``who`` alone where a name is given. With ``where``, of these records alone, and also what
    is done."""
    asked = {**({} if where else {"state": OPEN}), **({"who_does_it": who} if who else {}), **where}
    parts: dict[str, list[View]] = {when: [] for when in WHEN}
    for view in store.list("follow_ups", asked, order="due"):
        parts[when_due(view, today)].append(view)
    return ToDo({when: views for when, views in parts.items() if views}, _people(store))


def when_due(view: View, today: date) -> str:
    """In which part of the list a follow-up stands. Of a day known only by month or year, its end counts."""
    due = view.values["due"]
    if (view.values["state"] or "open") not in OPEN:
        return "done"
    if not due:
        return "some_day"
    now, soon = today.isoformat(), (today + _WEEK).isoformat()
    if due < now[: len(due)]:
        return "late"
    if len(due) < len(now):
        return "later"
    return "today" if due == now else "week" if due < soon else "later"


def _people(store: Store) -> list[str]:
    """Everybody who has anything to do, and who sits here."""
    table = store.registry["follow_ups"].table.c
    asked = select(table.who_does_it).distinct().where(*standing_rows(table), table.who_does_it.is_not(None))
    with store.reading() as connection:
        return sorted({store.worker, *connection.execute(asked).scalars()})


def finish(store: Store, follow_up: str) -> Changes:
    """Say that it is done."""
    return _with(store, follow_up, "finish", state="done")


def hand_over(store: Store, follow_up: str, name: str) -> Changes:
    """Give it to somebody else to do. Raises BadInput for nobody."""
    if not name.strip():
        raise BadInput(_("Write who is to do it, then hand it over."))
    return _with(store, follow_up, "hand_over", who_does_it=" ".join(name.split()))


def _with(store: Store, follow_up: str, verb: str, **values: str) -> Changes:
    there(store, "follow_ups", follow_up)
    with store.writing(verb) as draft:
        for name, value in values.items():
            draft.set("follow_ups", follow_up, name, value)
    return draft.changes
