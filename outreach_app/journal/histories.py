"""A record's history, read from its journal: who, when, what from, what to."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from outreach_app.journal.changes import Stamped, WriteId
from outreach_app.journal.undoing import stands_for
from outreach_app.model.fields import Rule, Value


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One write, as history tells it."""

    clock: int
    author: str
    device: bytes
    source: str
    change: WriteId | None
    write: WriteId
    field: str
    element: str
    before: tuple[Value, ...]  # the values it replaced, as far as they are known
    after: Value
    stands: bool
    holds: bool  # it stands, or an undo of what came after it gave it again
    undone: bool = False  # an undo wrote it: it gives again what was written before


def history(
    writes: Iterable[Stamped], standing: Iterable[Stamped], rule: Callable[[str, str], Rule]
) -> list[HistoryLine]:
    """All that was written of a record, newest first. ``standing`` are those of the writes that stand."""
    known = {each.write.id: each for each in writes}
    stand = {each.write.id for each in standing}
    lines_of: dict[WriteId, set[WriteId]] = {}
    hold = {held for heir in stand for held in stands_for(heir, known, rule, lines_of)}
    lines = [
        HistoryLine(
            each.clock, each.author, each.device, each.source, each.change, each.write.id, each.write.slot.field,
            each.write.slot.element,
            tuple(old.write.value for old in _before(each, known)), each.write.value,
            each.write.id in stand, each.write.id in hold, len(stands_for(each.write.id, known, rule, lines_of)) > 1,
        )
        for each in known.values()
    ]  # fmt: skip
    lines.sort(key=lambda line: (line.clock, line.write), reverse=True)
    return lines


def _before(each: Stamped, known: Mapping[WriteId, Stamped]) -> Iterator[Stamped]:
    """The writes of its slot whose place one took, as far as they are known."""
    named = (known[old] for old in each.write.replaces if old in known)
    return (old for old in named if old.write.slot == each.write.slot)
