"""What stands: what was written, less what was replaced, less what a workbook's maker knew and no longer showed.

Everything shown is a function of the three sets, and these are the functions. Merging is the union of the sets, in
whatever order, grouping or repetition they come; nothing else decides anything.
"""

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple, TypeVar

from outreach_app.journal.changes import Change, Horizon, Slot, Stamped, WriteId
from outreach_app.model.fields import Rule, Value

DELETED = "deleted"
"""The field of every record that a deletion writes: ``{"saw": ...}``, or None when the record is brought back."""


class ShownCell(NamedTuple):
    """What one workbook showed of one field, and how far its maker had read."""

    horizon: Horizon
    ids: frozenset[WriteId]


class ShownCells(Mapping[str, Sequence[ShownCell]]):
    """What workbooks showed of one record, by field: put together of those fields that are asked for. Fifty workbooks
    show twenty fields of a theme, and something was written in three."""

    __slots__ = ("_known", "workbooks")

    def __init__(self) -> None:
        self.workbooks: list[tuple[Horizon, Mapping[str, frozenset[WriteId]]]] = []
        self._known: dict[str, list[ShownCell]] = {}

    @classmethod
    def of(cls, cells: Mapping[str, Sequence[ShownCell]]) -> "ShownCells":
        """The same as these cells."""
        if isinstance(cells, ShownCells):
            return cells
        shown = cls()
        for name, told in cells.items():
            for cell in told:
                shown.show(cell.horizon, {name: cell.ids})
        return shown

    def show(self, horizon: Horizon, ids: Mapping[str, frozenset[WriteId]]) -> None:
        """One more workbook, with all that it showed."""
        self.workbooks.append((horizon, ids))
        self._known.clear()

    def __getitem__(self, name: str) -> list[ShownCell]:
        found = self._known.get(name)
        if found is None:
            found = [ShownCell(horizon, ids[name]) for horizon, ids in self.workbooks if name in ids]
            self._known[name] = found
        if not found:
            raise KeyError(name)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys(name for _horizon, ids in self.workbooks for name in ids))

    def __len__(self) -> int:
        return len({name for _horizon, ids in self.workbooks for name in ids})

    def __bool__(self) -> bool:
        return bool(self.workbooks)


def standing(writes: Iterable[Stamped], cells: Mapping[str, Sequence[ShownCell]]) -> list[Stamped]:
    """Those of one record's writes that stand, in the order (slot, clock, id). ``cells`` are the record's, by field.

    A write replaces what stood in its own slot, and nothing elsewhere, whatever numbers it names.
    """
    left = list(writes)
    gone = replaced((each.write.slot, each.write.id, each.write.replaces) for each in left)
    if gone:
        left = [each for each in left if (each.write.slot, each.write.id) not in gone]
    if cells:
        left = [each for each in left if not _let_go(each.write.id, cells.get(each.write.slot.field, ()))]
    left.sort(key=_order)
    return left


In = TypeVar("In", bound=Hashable)
"""A slot, in whatever form it is known."""


def replaced(writes: Iterable[tuple[In, WriteId, Iterable[WriteId]]]) -> set[tuple[In, WriteId]]:
    """What writes, each in its slot, say that they replace there.

    What by way of others replaces itself, as no honest program writes, replaces nothing: a ring would take all that is
    in it from view with nobody having said so.
    """
    said = {(slot, write): {(slot, each) for each in gone} for slot, write, gone in writes if gone}
    found = set().union(*said.values())
    between = said.keys() & found  # what replaces something and is replaced itself: a chain of edits, or a ring
    ringed = _ringed({each: said[each] & between for each in between}) if between else ()
    return set().union(*(gone for each, gone in said.items() if each not in ringed)) if ringed else found


def _ringed(named: Mapping[Any, set[Any]]) -> set[Any]:
    """Of what names others among them, what by way of those names itself, or lies between what does."""
    naming: dict[Any, set[Any]] = {each: set() for each in named}
    for each, others in named.items():
        for other in others:
            naming[other].add(each)
    left = set(named)
    ends = [each for each in named if not named[each] or not naming[each]]
    while ends:
        end = ends.pop()
        if end in left:
            left.remove(end)
            for ways, back in ((named, naming), (naming, named)):
                for other in ways[end]:
                    back[other].discard(end)
                    ends += [] if back[other] else [other]
    return left


def _let_go(write: WriteId, cells: Iterable[ShownCell]) -> bool:
    """Whether the maker of a workbook knew a write, and no longer showed it."""
    return any(write not in cell.ids and cell.horizon.covers(write) for cell in cells)


def _order(each: Stamped) -> tuple[str, str, int, WriteId]:
    return each.write.slot.field, each.write.slot.element, each.clock, each.write.id


def frozen(value: Any) -> Any:
    """A value in a form that can be compared and put in a set, telling True from 1."""
    if isinstance(value, Mapping):
        return tuple(sorted((name, frozen(part)) for name, part in value.items()))
    if isinstance(value, list):
        return tuple(frozen(part) for part in value)
    return type(value).__name__, value


@dataclass(frozen=True, slots=True)
class RecordState:
    """One record as its standing writes show it."""

    values: Mapping[str, Any]  # by field: a value; a list field's [{"id", "value"}, ...]; a tally's sum
    undecided: tuple[Slot, ...]  # slots whose standing writes differ
    shown: bool  # false: nothing stands but empty values, or it was deleted
    deletion_undecided: bool  # deleted by someone who had not seen all that stands


def fold(rules: Mapping[str, Rule], stand: Sequence[Stamped]) -> RecordState:
    """The record that these standing writes (all of one record, in :func:`standing`'s order) show.

    ``rules`` tells how each declared field comes together. Of a field not in it nobody here knows whether what stands
    are answers, elements or presses: the latest is shown, and nothing is asked.
    """
    values: dict[str, Any] = {}
    undecided: list[Slot] = []
    for field, found in groupby(stand, key=lambda each: each.write.slot.field):
        if field != DELETED:
            group = list(found)
            values[field] = _FOLDS[rules[field]](group, undecided) if field in rules else _latest(group)
    # where an empty value and another stand beside each other, there is something that is to be decided
    filled = bool(undecided) or any(value not in (None, [], 0) or value is False for value in values.values())
    deletions = [each for each in stand if each.write.slot.field == DELETED and each.write.value is not None]
    if not deletions:
        return RecordState(values, tuple(undecided), filled, False)
    seen = frozenset().union(*(saw(each.write.value) for each in deletions))
    covered = all(each.write.id in seen for each in stand if each.write.slot.field != DELETED)
    return RecordState(values, tuple(undecided), filled and not covered, filled and not covered)


def _latest(group: Iterable[Stamped]) -> Value:
    return max(group, key=lambda each: (each.clock, each.write.id)).write.value


def _fold_value(group: list[Stamped], undecided: list[Slot]) -> Value:
    if len(group) > 1 and len({frozen(each.write.value) for each in group}) > 1:
        undecided.append(group[-1].write.slot)
    return group[-1].write.value


def _fold_list(group: list[Stamped], undecided: list[Slot]) -> list[dict[str, Any]]:
    """The elements in the order they were made; the same added on two laptops is shown once."""
    elements: list[dict[str, Any]] = []
    said = set()
    for element, writes in groupby(group, key=lambda each: each.write.slot.element):
        value = _fold_value(list(writes), undecided)
        if value is not None and frozen(value) not in said:
            said.add(frozen(value))
            elements.append({"id": element, "value": value})
    return elements


def _fold_tally(group: list[Stamped], _undecided: list[Slot]) -> int:
    return sum(each.write.value for each in group if isinstance(each.write.value, int))


def _fold_once(group: list[Stamped], _undecided: list[Slot]) -> Value:
    """What was written first; text added later (a correction, a note) follows on lines of its own."""
    said = [each.write.value for each in group if each.write.value is not None]
    if len(said) > 1 and all(isinstance(value, str) for value in said):
        return "\n".join(dict.fromkeys(str(value) for value in said))
    return said[0] if said else None


_FOLDS = {Rule.VALUE: _fold_value, Rule.LIST: _fold_list, Rule.TALLY: _fold_tally, Rule.ONCE: _fold_once}


def deletion(stand: Iterable[Stamped]) -> dict[str, Any]:
    """The value that deletes a record whose standing writes are these: it lists what its author saw."""
    seen: dict[str, list[int]] = {}
    for each in stand:
        if each.write.slot.field != DELETED:
            seen.setdefault(each.write.id.run.hex(), []).append(each.write.id.number)
    return {"saw": {run: sorted(numbers) for run, numbers in sorted(seen.items())}}


def saw(value: Value) -> frozenset[WriteId]:
    """The writes that the author of a deletion saw; none where it says so in no form that is known here."""
    seen = value.get("saw") if isinstance(value, Mapping) else None
    if not isinstance(seen, Mapping):
        return frozenset()
    try:
        named = [(bytes.fromhex(run), number) for run, numbers in seen.items() for number in numbers]
    except (TypeError, ValueError):
        return frozenset()
    if not all(type(number) is int and number >= 0 for _run, number in named):
        return frozenset()
    return frozenset(WriteId(*each) for each in named)


def horizon_of(known: Mapping[bytes, int], writes: Iterable[WriteId]) -> Horizon:
    """The horizon of a store that has read each run so far as ``known``, over the ``writes`` it exports from."""
    runs = Horizon(dict(known))
    return Horizon(runs.runs, frozenset(write for write in writes if not runs.covers(write)))


Heard = tuple[Horizon, tuple[str, ...]]
"""A horizon that somebody else told of, and the fields of one record that it speaks of."""


def heard(cells: Mapping[str, Sequence[ShownCell]], writes: Sequence[Stamped], known: Horizon) -> list[Heard]:
    """What has been heard of a record, from workbooks, of how far others had read, beyond what is ``known`` here.

    Whoever gets a workbook made here is told too: of a write never met here, that somebody knew it and let it go. So
    nothing is told of a cell that showed what is not met here either, which then does not stand here for no reason.
    """
    beyond = [(horizon, shown) for horizon, shown in ShownCells.of(cells).workbooks if not horizon.within(known)]
    if not beyond:
        return []
    met = {each.write.id for each in writes}
    met.update(gone for each in writes for gone in each.write.replaces)
    horizons = {id(horizon): horizon for horizon, _shown in beyond}
    fields: dict[int, list[str]] = {each: [] for each in horizons}
    for horizon, shown in beyond:
        fields[id(horizon)] += [name for name, ids in shown.items() if ids <= met]
    found: list[Heard] = []
    for each, names in fields.items():
        own: Heard = horizons[each], tuple(sorted({*names}))
        if names and not any(_told(own, by) for by in found):
            found = [held for held in found if not _told(held, own)]
            found.append(own)
    return found


def _told(one: Heard, by: Heard) -> bool:
    """Whether another that was heard says all that one does."""
    return one[0].within(by[0]) and {*one[1]} <= {*by[1]}


def claimed(change: Change, reached: Mapping[bytes, int]) -> set[bytes]:
    """Those of the runs, of each of which so much is ``reached``, of which a change says what cannot be: that something
    was replaced, seen or read there that is not written yet."""
    writes = [*change.writes, *(each.write for reading in change.readings for each in reading.taught)]
    named = [each for write in writes if write.replaces for each in write.replaces]
    named += [each for write in writes if write.slot.field == DELETED for each in saw(write.value)]
    for reading in change.readings:
        named += reading.horizon.beyond
        named += [WriteId(run, number) for run, number in reading.horizon.runs.items()]
    return {run for run, number in named if number > reached.get(run, number)}


def ready(known: Mapping[bytes, int], offered: Collection[tuple[bytes, int, int]]) -> list[tuple[bytes, int, int]]:
    """Of changes offered as (run, number, last), those that may be applied: each follows what is known of its run.

    A change already known is not among them, nor is one that comes after a gap.
    """
    reached = dict(known)
    taken = []
    for run, number, last in sorted(offered):
        if number == reached.get(run, 0) + 1:
            taken.append((run, number, last))
            reached[run] = last
    return taken
