"""Random days on several laptops: everything people do to records, each thing through the store, from one seed."""

import random
from collections.abc import Sequence

from outreach_app.journal.changes import Change, Reading, Slot, Stamped, WriteId
from outreach_app.journal.standing import horizon_of
from outreach_app.journal.typing_over import typed_over
from outreach_app.model.identifiers import digest_of
from outreach_app.operations.decisions import (
    delete_after_all,
    hand_over,
    join,
    keep_after_all,
    keep_both,
    not_the_same,
    note,
    part,
    stand_as_one,
    use,
)
from outreach_app.store.decisions import Decision
from outreach_app.store.stores import Store
from outreach_app.store.views import View
from tests.helpers.memories import all_changes

NAMES = ("Ada Crowe", "Ada Crow", "Ben Teesatuskie", "José Ñandú", "Mae")
TOWNS = ("Alarka", "Cherokee", None, "Bryson City")
NUMBERS = tuple({"number": f"828 555 01{digits:02}", "kind": "mobile"} for digits in range(4))
TEXTS = ("Likes to be called early.", "Has a van.", "Knows the ferry.")


class Doings:
    """One laptop and the dice of all."""

    def __init__(self, store: Store, dice: random.Random) -> None:
        self.store = store
        self.dice = dice

    def something(self) -> WriteId | None:
        """One thing that a person does, where there is something to do it to; the change it made."""
        return self.dice.choice(DOINGS)(self)

    def _some(self, kind: str) -> View | None:
        views = self.store.list(kind)
        return self.dice.choice(views) if views else None

    def _new(self, kind: str, values: dict[str, object]) -> WriteId | None:
        with self.store.writing(f"make_{kind}") as draft:
            draft.new(kind, values)
        return draft.changes.change

    def person(self) -> WriteId | None:
        return self._new(
            "people", {"name": self.dice.choice(NAMES), "phones": self.dice.sample(NUMBERS, self.dice.randrange(3))}
        )

    def event(self) -> WriteId | None:
        return self._new("events", {"name": self.dice.choice(TOWNS) or "Fire hall", "others_here": 2})

    def sign_in(self) -> WriteId | None:
        person, event = self._some("people"), self._some("events")
        if person is None or event is None:
            return None
        values: dict[str, object] = {
            "person": person.id,
            "event": event.id,
            "name_as_written": person.title,
            "status": "attended",
        }
        return self._new("sign_ins", values)

    def feedback(self) -> WriteId | None:
        theme, event = self._some("themes"), self._some("events")
        values = {"verbatim": self.dice.choice(TEXTS), "themes": [theme.id] if theme else []}
        return self._new("feedback", {**values, "event": event.id if event else None})

    def rename(self) -> WriteId | None:
        kind = self.dice.choice(("people", "events", "themes"))
        view = self._some(kind)
        return self._write(kind, view, "name", self.dice.choice(NAMES)) if view else None

    def move(self) -> WriteId | None:
        view = self._some("people")
        return self._write("people", view, "town", self.dice.choice(TOWNS)) if view else None

    def phone(self) -> WriteId | None:
        view = self._some("people")
        if view is None:
            return None
        elements = view.values["phones"] or []
        with self.store.writing("edit_people") as draft:
            if elements and self.dice.random() < 0.6:
                value = self.dice.choice((None, *NUMBERS))
                draft.change("people", view.id, "phones", self.dice.choice(elements)["id"], value)
            else:
                draft.add("people", view.id, "phones", self.dice.choice(NUMBERS))
        return draft.changes.change

    def note(self) -> WriteId | None:
        view = self._some("people")
        return self._write("people", view, "notes", self.dice.choice(TEXTS)) if view else None

    def press(self) -> WriteId | None:
        view = self._some("events")
        if view is None:
            return None
        with self.store.writing("count_heads") as draft:
            draft.press("events", view.id, "others_here", self.dice.choice((1, 3, -1)))
        return draft.changes.change

    def _write(self, kind: str, view: View, name: str, value: object) -> WriteId | None:
        with self.store.writing(f"edit_{kind}") as draft:
            draft.set(kind, view.id, name, value)
        return draft.changes.change

    def delete(self) -> WriteId | None:
        kind = self.dice.choice(("people", "events", "sign_ins", "feedback"))
        view = self._some(kind)
        if view is None:
            return None
        with self.store.writing("delete") as draft:
            draft.delete(kind, view.id)
        return draft.changes.change

    def join(self) -> WriteId | None:
        kind = self.dice.choice(("people", "people", "sign_ins"))
        views = self.store.list(kind)
        if len(views) < 2:
            return None
        one, other = self.dice.sample(views, 2)
        verb = join if self.dice.random() < 0.7 else not_the_same
        return verb(self.store, kind, one.id, other.id).change

    def undo(self) -> WriteId | None:
        latest = [change.id for change in self.store.recent(8, own=self.dice.random() < 0.5) if change.verb != "found"]
        return self.store.undo(self.dice.choice(latest)).change if latest else None

    def decide(self) -> WriteId | None:
        waiting = self.store.decisions()
        if not waiting:
            return None
        return self.settle(self.dice.choice(waiting))

    def settle(self, decision: Decision) -> WriteId | None:
        """One of the answers to what waits, whatever it is."""
        coordinator = self.store.role == "coordinator"
        if not coordinator and not self.store.decides(decision):
            return None
        if coordinator and self.dice.random() < 0.1:
            hand_over(self.store, decision, self.dice.choice((self.store.worker, "")))
        if not self.store.decides(decision):
            hand_over(self.store, decision, "")
        if decision.what == "deletion":
            return self.dice.choice((keep_after_all, delete_after_all))(self.store, decision).change
        if decision.what == "duplicate":
            verdict = self.dice.choice((join, not_the_same))
            return verdict(self.store, decision.kind, decision.record, decision.other).change
        if decision.what == "apart":
            if self.dice.random() < 0.4:
                return stand_as_one(self.store, decision).change
            return part(self.store, decision, self.dice.choice((decision.record, decision.other))).change
        if not decision.kind:
            return note(self.store, decision).change
        if decision.can_keep_both and self.dice.random() < 0.3:
            return keep_both(self.store, decision).change
        return use(self.store, decision, self.dice.choice(decision.options).value).change


DOINGS = (
    *(Doings.person, Doings.person, Doings.event, Doings.sign_in, Doings.feedback, Doings.rename, Doings.rename),
    *(Doings.move, Doings.move, Doings.phone, Doings.phone, Doings.note, Doings.press, Doings.press),
    *(Doings.delete, Doings.join, Doings.undo, Doings.undo, Doings.decide),
)


def workbook(store: Store, dice: random.Random, kind: str = "people") -> tuple[Reading, list[tuple[Slot, object]]]:
    """A workbook of a kind as it is read back: what it showed and teaches, and what somebody typed over its cells."""
    views = store.list(kind)
    held = store.journals(view.id for view in views)
    cells: dict[tuple[str, str], frozenset[WriteId]] = {}
    taught: list[Stamped] = []
    typed: list[tuple[Slot, object]] = []
    for record, journal in held.items():
        standing = journal.standing()
        for name in ("name", "town", "phones"):
            writes = [each for each in standing if each.write.slot.field == name]
            cells[record, name] = frozenset(each.write.id for each in writes)
            taught += [as_told(each) for each in writes]
            if name == "town" and dice.random() < 0.3:
                typed.append((Slot(kind, record, name), dice.choice(TOWNS)))
    horizon = horizon_of(store.known(), (each.write.id for journal in held.values() for each in journal.writes))
    return Reading(digest_of("book", str(dice.random())), horizon, cells, tuple(taught)), typed


def as_told(each: Stamped) -> Stamped:
    """A write as a workbook tells it: salted by the workbook, and without what it replaced."""
    write = each.write
    salt = digest_of("salt of the book", write.id.run, str(write.id.number))
    return Stamped(
        type(write)(write.id, write.slot, write.value, (), salt), each.clock, each.author, each.device, each.source,
        each.change,
    )  # fmt: skip


def read_back(store: Store, book: tuple[Reading, Sequence[tuple[Slot, object]]]) -> WriteId | None:
    """Take a workbook in, as merging does."""
    reading, typed = book
    with store.writing("merge_workbook", "import") as draft:
        for slot, value in typed:
            shown = reading.cells[slot.record, slot.field]
            draft.put(typed_over(slot, shown, value, shown))  # type: ignore[arg-type]
        draft.readings.append(reading)
    return draft.changes.change


def send(one: Store, other: Store, dice: random.Random, loss: float = 0.0) -> list[Change]:
    """Bring changes from one to the other in any order and grouping, some twice; those that wait are offered again."""
    offered = [change for change in all_changes(one) if dice.random() >= loss]
    offered += dice.sample(offered, min(3, len(offered)))
    dice.shuffle(offered)
    while offered:
        size = dice.randrange(1, 12)
        groups = [offered[at : at + size] for at in range(0, len(offered), size)]
        new = sum(other.apply(group).new for group in groups)
        if not new:
            break
    return offered
