"""What Today shows: events at hand, what is due, what was heard and what became of it, what waits for a person.

All of it is asked of the database in groups, and of what was heard only the season's: what it costs grows with what
happened lately, not with what a department has gathered over the years.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, select, true

from outreach_app.operations.duplicates import how_many_wait, waiting
from outreach_app.store.stores import Store
from outreach_app.store.views import View

CIRCLE = ("heard", "sorted", "passed_on", "answered", "told_back")
"""The way of every piece of feedback."""

CAME = ("attended", "walk_in")
"""The statuses of sign-ins of people who were there."""

OPEN = ("open", "waiting")
"""The states of a follow-up that is still to be done."""

SEASON = timedelta(days=92)
"""What was heard is looked back on for so long."""

_REACHED = {
    "received": 1,
    "sorted": 2,
    "passed_on": 3,
    "acting": 4,
    "done": 4,
    "not_feasible": 4,
    "referred_out": 4,
    "told_back": 5,
}


@dataclass(frozen=True, slots=True)
class Due:
    """Follow-ups that are still to be done: the first of them, and how many there are, and of them are late."""

    first: Sequence[View]
    count: int
    late: int


@dataclass(frozen=True, slots=True)
class Overview:
    """The figures of one day."""

    coming: Sequence[View]  # today's and later events that will take place, soonest first; those with no day last
    past: Sequence[View]  # the latest that took place before today
    signed: dict[str, int]  # by event id, who came
    themes: tuple[tuple[str, str, int], ...]  # (id, title, pieces of feedback of this season), most first
    circle: dict[str, int]  # likewise of this season
    lately: Sequence[View]  # the latest feedback that nobody called sensitive
    due: Due
    to_decide: int


def overview(store: Store, today: date, events: int = 60, due: int = 4, themes: int = 6, lately: int = 2) -> Overview:
    """What there is to see on a day."""
    since = clock_of(today - SEASON)
    coming, past = _events(store, today, events)
    return Overview(
        coming,
        past,
        {view.id: store.count("sign_ins", {"event": view.id, "status": CAME}) for view in past},
        heard_by_theme(store, since)[:themes],
        circle(store, since),
        store.list("feedback", {"sensitive": False}, order="-made_at", limit=lately),
        due_now(store, today, due),
        to_decide(store),
    )


def clock_of(day: date) -> int:
    """The clock (microseconds since 1970 UTC) at which a day began here."""
    return int(datetime(day.year, day.month, day.day).astimezone().timestamp() * 1_000_000)


def _events(store: Store, today: date, most: int, past: int = 3) -> tuple[Sequence[View], Sequence[View]]:
    table, begins = store.registry["events"].table, today.isoformat()
    planned = func.coalesce(table.c.status, "") != "cancelled"
    asked = select(table.c.id).where(*standing_rows(table.c), planned)
    soon = asked.where(table.c.starts >= begins).order_by(table.c.starts, table.c.id).limit(most)
    some_day = asked.where(table.c.starts.is_(None)).order_by(table.c.sort_key).limit(most)
    before = asked.where(table.c.starts < begins).order_by(table.c.starts.desc(), table.c.id).limit(past)
    with store.reading() as connection:
        found = [connection.execute(each).scalars().all() for each in (soon, some_day, before)]
    return store.many("events", [*found[0], *found[1]]), store.many("events", found[2])


def due_now(store: Store, today: date, first: int) -> Due:
    """What is to be done, the soonest first and what has no day last."""
    table = store.registry["follow_ups"].table
    day, until = table.c.due, today.isoformat()
    to_do = (*standing_rows(table.c), table.c.state.in_(OPEN))
    late = func.sum(case((day < func.substr(until, 1, func.length(day)), 1), else_=0))
    soonest = select(table.c.id).where(*to_do).order_by(day.is_(None), day, table.c.sort_key, table.c.id).limit(first)
    with store.reading() as connection:
        number, over = connection.execute(select(func.count(), late).where(*to_do)).one()
        ids = connection.execute(soonest).scalars().all()
    return Due(store.many("follow_ups", ids), number, over or 0)


def to_decide(store: Store) -> int:
    """How much is for who sits here to decide: for a coordinator all of it, for a worker what was handed to them."""
    if store.role == "coordinator":
        return how_many_wait(store)
    return sum(each.handed_to == store.worker for each in waiting(store))


def heard_by_theme(store: Store, since: int = 0) -> tuple[tuple[str, str, int], ...]:
    """(theme id, its title, pieces of feedback sorted under it but what is sealed), most first; of those written down
    since a time (microseconds since 1970 UTC)."""
    table = store.registry["feedback"].table
    each = func.json_each(table.c.themes).table_valued("value")
    theme, pieces = func.json_extract(each.c.value, "$.value"), func.count(func.distinct(table.c.id))
    asked = select(theme, pieces).select_from(table.join(each, true()))
    asked = asked.where(*standing_rows(table.c), func.coalesce(table.c.sensitive, 0) == 0, table.c.made_at >= since)
    with store.reading() as connection:
        counted: dict[str, int] = dict(connection.execute(asked.group_by(theme)).all())
    titles = {view.id: view.title for view in store.many("themes", list(counted))}
    named = ((found, titles.get(found, ""), number) for found, number in counted.items())
    return tuple(sorted(named, key=lambda row: (-row[2], row[1])))


def circle(store: Store, since: int = 0) -> dict[str, int]:
    """How many pieces of feedback, of those written down since a time, have come how far: each step counts what has
    come at least that far."""
    steps = _steps(store, since).subquery()
    with store.reading() as connection:
        reached = connection.execute(select(steps.c.step, func.count()).group_by(steps.c.step)).all()
    return {name: sum(number for step, number in reached if step > place) for place, name in enumerate(CIRCLE)}


def _steps(store: Store, since: int) -> Select[Any]:
    """The step that each piece of feedback has come to."""
    said, answer = store.registry["feedback"].table, store.registry["responses"].table
    sorted_out = case((func.coalesce(func.json_array_length(said.c.themes), 0) > 0, 2), else_=1)
    answered = func.coalesce(func.max(case(_REACHED, value=answer.c.state, else_=1)), 1)
    joined = said.outerjoin(answer, and_(answer.c.feedback == said.c.id, *standing_rows(answer.c)))
    asked = select(func.max(sorted_out, answered).label("step")).select_from(joined)
    return asked.where(*standing_rows(said.c), said.c.made_at >= since).group_by(said.c.id)


def standing_rows(columns: Any) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """That a record is there, and stands for itself."""
    return columns.shown, columns.stands_under.is_(None)
