"""What stands round one record: how it came to be as it is, what points at it, what is to be decided of it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from outreach_app.journal.changes import WriteId
from outreach_app.journal.histories import HistoryLine
from outreach_app.journal.standing import DELETED, frozen
from outreach_app.model.fields import Shape
from outreach_app.model.kinds import Kind
from outreach_app.operations.consents import allowed_channels
from outreach_app.operations.spoken_titles import spoken_titles
from outreach_app.store.clusters import members
from outreach_app.store.stores import Store
from outreach_app.store.views import View

_MOST = 60  # changes shown of one record
_PREVIEWED = 2  # of what points at it


@dataclass(frozen=True, slots=True)
class Told:
    """One change of the record as its history tells it."""

    change: WriteId | None
    clock: int
    author: str
    source: str
    lines: tuple[HistoryLine, ...]
    made: bool  # it made the record
    undoable: bool  # it did nothing but this, and something of it still holds
    undone: bool = False  # an undo: it gives again what was written before


@dataclass(frozen=True, slots=True)
class Pointing:
    """How many records of a kind name this one in a field; ``only``: the id, where it is one; ``latest``: what the
    newest are called, without the name of this one."""

    kind: str
    field: str
    count: int
    only: str = ""
    latest: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A record and what stands round it."""

    view: View
    history: Sequence[Told]  # newest first
    titles: Mapping[str, str]  # of the records its history names, by id
    pointing: Sequence[Pointing]
    allowed: Mapping[str, str] = field(default_factory=dict)  # a person's: channel -> the state that holds
    undecided: frozenset[str] = frozenset()  # names of its fields, and "deleted"


def surroundings(store: Store, kind: str, record: str, language: str = "") -> Surroundings | None:
    """All that a record's page shows; of the whole it was joined to, if it was. None where there is no such record."""
    view = store.get(kind, record)
    if view is not None and view.stands_under:
        view = store.get(kind, view.stands_under)
    if view is None:
        return None
    view = spoken_titles(store, [view], language)[0]
    history = told(store, kind, view.id)
    undecided = [each.field for each in store.decisions() if each.record == view.id] if view.to_decide else []
    return Surroundings(
        view,
        history,
        {**titles_in(store, store.registry[kind], [line for each in history for line in each.lines]), **view.titles},
        _pointing(store, kind, view.id),
        allowed_channels(store, view.id) if kind == "people" and "consents" in store.registry else {},
        frozenset(name for name in undecided if name),
    )


def told(store: Store, kind: str, record: str) -> Sequence[Told]:
    """The history of a record (of all that were joined as one), change by change, newest first."""
    one = {record}
    if store.registry[kind].about.joinable:
        with store.reading() as connection:
            one = set(members(connection, kind, record))
    by_change: dict[Any, list[HistoryLine]] = {}
    for member in sorted(one):
        for line in store.history(kind, member):
            by_change.setdefault(line.change or line.write, []).append(line)
    newest = sorted(by_change.values(), key=lambda lines: (lines[0].clock, lines[0].write), reverse=True)
    if not newest:
        return ()
    first = newest[-1][0].clock
    shown = [*newest[: _MOST - 1], newest[-1]] if len(newest) > _MOST else newest
    alone = _alone(store, [lines[0].change for lines in shown], len(one) + 1)
    return [_told(lines, lines[0].clock == first, alone) for lines in shown]


def _told(lines: Sequence[HistoryLine], made: bool, alone: Collection[WriteId]) -> Told:
    """The lines of one change, those that say the same of several joined records once."""
    different = {(line.field, line.element, frozen(line.after)): line for line in lines}
    first = lines[0]
    undoable = not made and first.change in alone and any(line.holds for line in lines)
    ordered = sorted(different.values(), key=lambda line: line.write)
    undone = all(line.undone for line in lines)
    return Told(first.change, first.clock, first.author, first.source, tuple(ordered), made, undoable, undone)


def _alone(store: Store, changes: Iterable[WriteId | None], most: int) -> set[WriteId]:
    """The changes that wrote in at most so many records; undoing others would undo what is not seen here."""
    found = set()
    with store.reading() as connection:
        for change in changes:
            if change is None:
                continue
            records = connection.exec_driver_sql(
                "SELECT count(DISTINCT w.record) FROM writes w JOIN changes c ON c.place = w.change"
                " WHERE c.run = ? AND c.number = ?",
                tuple(change),
            ).scalar_one()
            if 0 < records <= most:
                found.add(change)
    return found


def titles_in(store: Store, declared: Kind, lines: Iterable[HistoryLine]) -> dict[str, str]:
    """What the records that history lines name are called, by id."""
    wanted: dict[str, set[str]] = {}
    for line in lines:
        known = declared.field(line.field)
        if known is not None and known.shape is Shape.REFERENCE and known.refers_to in store.registry:
            ids = (value for value in (*line.before, line.after) if isinstance(value, str))
            wanted.setdefault(known.refers_to, set()).update(ids)
    return {view.id: view.title for kind, ids in wanted.items() for view in store.many(kind, sorted(ids))}


def _pointing(store: Store, kind: str, record: str) -> list[Pointing]:
    found = []
    for name, declared in store.registry.items():
        for known in declared.references_to(kind) if declared.about.in_forms else ():
            counted = store.count(name, {known.name: record})
            newest = store.list(name, {known.name: record}, order="-made_at", limit=_PREVIEWED) if counted else ()
            latest = tuple(filter(None, (_called_beside(view, known.name) for view in newest)))
            found.append(Pointing(name, known.name, counted, newest[0].id if counted == 1 else "", latest))
    return found


def _called_beside(view: View, field: str) -> str:
    """What a record is called, without the name of the one that it points at in a field."""
    value = view.values[field]
    named = view.titles.get(value, "") if isinstance(value, str) else ""
    return " · ".join(part for part in view.title.split(" · ") if part != named)


def was_deleted(around: Surroundings) -> bool:
    """Whether a record is not shown because somebody deleted it (it may also have been undone)."""
    stands = [line for each in around.history for line in each.lines if line.field == DELETED and line.stands]
    return not around.view.shown and any(line.after is not None for line in stands)
