"""What Today shows: the events at hand, what was heard and what became of it, what is due, and where the work is."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from outreach_app.store.stores import Store
from outreach_app.store.views import View

CIRCLE = ("heard", "sorted", "passed_on", "answered", "told_back")
"""The way of every piece of feedback."""

CAME = ("attended", "walk_in")
"""The statuses of sign-ins of people who were there."""

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
class Overview:
    """The figures of one day."""

    today: str
    events: Sequence[View]  # today's and coming, soonest first
    signed: dict[str, int]  # by event id, who came
    themes: tuple[tuple[str, str, int], ...]  # (id, title, pieces of feedback), most first
    circle: dict[str, int]
    due: Sequence[View]  # open follow-ups, soonest first
    counts: dict[str, int]  # by kind


def overview(store: Store, today: str, events: int = 8, due: int = 8, themes: int = 8) -> Overview:
    """What there is to see on a day, given as ``2026-11-21``."""
    coming = [view for view in store.list("events", order="starts") if (view.values["starts"] or "9999")[:10] >= today]
    waiting = store.list("follow_ups", {"state": ("open", "waiting")}, order="due")
    waiting = sorted(waiting, key=lambda view: view.values["due"] or "9999")
    kinds = [name for name, kind in store.registry.items() if kind.about.in_forms]
    return Overview(
        today,
        coming[:events],
        {view.id: store.count("sign_ins", {"event": view.id, "status": CAME}) for view in coming[:events]},
        heard_by_theme(store)[:themes],
        circle(store),
        waiting[:due],
        {name: store.count(name) for name in kinds},
    )


def heard_by_theme(store: Store) -> tuple[tuple[str, str, int], ...]:
    """(theme id, its title, pieces of feedback sorted under it but what is sealed), most first."""
    sorted_out = (themes for _feedback, themes in store.values("feedback", ("themes",), {"sensitive": False}))
    counted = Counter(theme for themes in sorted_out for theme in {each["value"] for each in themes or ()})
    titles = {view.id: view.title for view in store.many("themes", list(counted))}
    found = ((theme, titles.get(theme, ""), number) for theme, number in counted.items())
    return tuple(sorted(found, key=lambda each: (-each[2], each[1])))


def circle(store: Store) -> dict[str, int]:
    """How many pieces of feedback have come how far: each step counts what has come at least that far."""
    reached = {feedback: 2 if themes else 1 for feedback, themes in store.values("feedback", ("themes",))}
    for _response, feedback, state in store.values("responses", ("feedback", "state")):
        if feedback in reached:
            reached[feedback] = max(reached[feedback], _REACHED.get(state or "", 1))
    steps = Counter(reached.values())
    return {name: sum(number for step, number in steps.items() if step > place) for place, name in enumerate(CIRCLE)}
