"""What a person reads in a return file: what arrived, what was decided, what was set aside."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from outreach_app.journal.changes import Slot, Stamped
from outreach_app.journal.standing import DELETED
from outreach_app.model.dates import full_moment, moment_of
from outreach_app.model.kinds import Kind
from outreach_app.model.values import shown
from outreach_app.operations.exporting import held_back
from outreach_app.sheets.accounts import kind_called
from outreach_app.sheets.books import Table
from outreach_app.sheets.cells import Cell
from outreach_app.sheets.words import NameOf
from outreach_app.store.stores import Store
from outreach_app.texts import count, say

_ARRIVED = (("File", 34), ("Made on", 26), ("What", 20), ("Exported", 11), ("Merged", 11), ("Set aside", 11))
_ASIDE = (("File", 34), ("Sheet", 22), ("Row", 8), ("Why", 70))
_DECIDED = (
    ("Sheet", 18),
    ("Which", 34),
    ("Record", 15),
    ("Column", 22),
    ("You wrote", 34),
    ("Now it says", 34),
    ("Who wrote it", 20),
    ("When", 24),
)


def arrived(noted: Mapping[str, Any], spoken: str) -> Table:
    """A workbook and a kind a line: so many rows exported, so many merged."""
    rows: list[Sequence[Cell]] = [
        (each["file"], full_moment(moment_of(each["at"]), spoken), kind_called(kind, spoken), *figures)
        for each in noted.values()
        for kind, figures in each["rows"].items()
    ]
    return _table("arrived", say("What arrived", spoken), _ARRIVED, rows, spoken)


def set_aside(noted: Mapping[str, Any], spoken: str) -> Table:
    """The rows of which nothing was taken, each with why."""
    rows: list[Sequence[Cell]] = []
    for each in noted.values():
        rows += [(each["file"], *aside) for aside in each["aside"]]
        if each["more"]:
            rows.append((each["file"], "", None, count("And {n} more.", "And {n} more.", each["more"], spoken)))
    return _table("set_aside", say("Set aside", spoken), _ASIDE, rows, spoken)


def decided(store: Store, device: bytes, own: Mapping[str, set[str]], named: NameOf, spoken: str) -> Table:
    """What others made of what a laptop wrote in these records: where another value stands, what was deleted, which two
    were said to be the same or not."""
    rows: list[Sequence[Cell]] = []
    for kind, records in own.items():
        declared = store.registry.get(kind)
        if declared is None or not declared.about.in_forms:
            continue
        for record, journal in store.journals(records - held_back(store, declared, records)).items():
            held = journal.of(kind)
            for was, now in _replaced(held.writes, held.standing(), device):
                label, title, code = _which(declared, named, record, spoken)
                if kind == "feedback" and now.write.slot.field == DELETED:
                    title = ""  # what was taken away may be what turned out to be sensitive
                rows.append((label, title, code, *_said(declared, named, was, now, spoken)))
    rows += _links(store, own, named, spoken)
    return _table("decided", say("What was decided", spoken), _DECIDED, rows, spoken)


def ends_of(values: Mapping[str, Any]) -> set[str]:
    """The two that a link is about."""
    return {values["one_record"], values["other_record"]}


def _replaced(
    writes: Sequence[Stamped], standing: Sequence[Stamped], device: bytes
) -> Iterator[tuple[Stamped | None, Stamped]]:
    """By slot that the laptop wrote in, where only what others wrote stands: what it said last, and what stands."""
    own: dict[Slot, Stamped] = {each.write.slot: each for each in writes if each.device == device}
    standing_own = {each.write.slot for each in standing if each.device == device}
    for each in standing:
        slot = each.write.slot
        gone = slot.field == DELETED and each.write.value is not None
        if each.device != device and slot not in standing_own and (gone or (slot in own and slot.field != DELETED)):
            yield own.get(slot), each


def _which(declared: Kind, named: NameOf, record: str, spoken: str) -> tuple[str, str, str]:
    known = named(declared.name, record)
    return say(declared.about.label, spoken), known.title if known else "", known.code if known else ""


def _said(declared: Kind, named: NameOf, was: Stamped | None, now: Stamped, spoken: str) -> tuple[Cell, ...]:
    """The column, what the laptop had written there, what stands, who wrote that and when."""
    field = declared.field(now.write.slot.field)
    who = now.author, full_moment(moment_of(now.clock), spoken)
    if field is None:
        return say("Deleted", spoken), "", say("Yes", spoken), *who
    title_of = _titles(named, field.refers_to)
    before, after = (shown(field, each.write.value, spoken, title_of) if each else "" for each in (was, now))
    return say(field.label, spoken), before, after, *who


def _links(store: Store, own: Mapping[str, set[str]], named: NameOf, spoken: str) -> Iterator[Sequence[Cell]]:
    """What was said of two of which one is the laptop's."""
    among = {each for ids in own.values() for each in ids}
    labels = {"same": say("Same", spoken), "not_same": say("Not the same", spoken)}
    for link in store.list("links"):
        kind, says = store.registry.get(str(link.values["of_kind"])), labels.get(str(link.values["says"]))
        if says and kind is not None and among & ends_of(link.values):
            _label, title, code = _which(kind, named, str(link.values["other_record"]), spoken)
            yield (*_which(kind, named, str(link.values["one_record"]), spoken), says, "", f"{title} {code}", "", "")


def _titles(named: NameOf, kind: str) -> Callable[[str], str]:
    """What a record of a kind is called, by its id."""

    def title(record: str) -> str:
        known = named(kind, record) if kind else None
        return known.title if known else ""

    return title


def _table(
    name: str, title: str, columns: Sequence[tuple[str, int]], rows: Sequence[Sequence[Cell]], spoken: str
) -> Table:
    headings = [say(heading, spoken) for heading, _width in columns]
    return Table(name, title, headings, [width for _heading, width in columns], rows)
