"""The merge rules hold for any schedule of edits, syncs and workbooks; and each planted mistake is caught."""

import itertools
import random
from collections.abc import Callable, Iterable

import pytest

from outreach_app.journal import changes as journal_changes
from outreach_app.journal import standing as rules
from outreach_app.journal.changes import Horizon, Slot, Stamped, WriteId
from tests.helpers import ledgers
from tests.helpers.ledgers import CELLS, Book, Ledger


def snapshot(ledger: Ledger) -> dict[tuple[str, str], set[WriteId]]:
    return {cell: {each.write.id for each in ledger.standing(*cell)} for cell in CELLS}


def play(seed: int, steps: int = 70) -> None:
    """One random schedule on four laptops, checked against an oracle of who saw what."""
    rnd, value = random.Random(seed), itertools.count()
    laptops = [Ledger() for _ in range(4)]
    books: list[Book] = []
    seen: dict[WriteId, set[WriteId]] = {}

    def edit(laptop: Ledger) -> None:
        write = laptop.edit(*rnd.choice(CELLS), next(value))
        seen[write.id] = set(write.replaces)

    for _ in range(steps):
        laptop, dice = rnd.choice(laptops), rnd.random()
        if dice < 0.45:
            edit(laptop)
        elif dice < 0.6:
            laptop.sync(rnd.choice(laptops))
        elif dice < 0.8:
            books.append(_typed_over(laptop.export(), rnd, value, seen))
        elif books:
            book = rnd.choice(books)
            laptop.read(book)
            before = snapshot(laptop)
            laptop.read(book)
            assert snapshot(laptop) == before, "reading twice changed something"
    desk = _desk_by_mail(laptops[0], edit, rnd)
    second = Ledger()
    second.sync(desk)
    assert snapshot(desk) == snapshot(second) == snapshot(laptops[0]), "a desk by mail shows something else"
    _meet_and_compare([*laptops, desk], seen)


def _typed_over(
    book: Book, rnd: random.Random, value: "itertools.count[int]", seen: dict[WriteId, set[WriteId]]
) -> Book:
    for cell, shown in book.cells.items():
        if rnd.random() < 0.2:
            book.typed[cell] = next(value)
            ids = frozenset(each.write.id for each in shown)
            write = ledgers.typed_over(ledgers.Slot("people", *cell), ids, book.typed[cell], ids)  # type: ignore[arg-type]
            seen[write.id] = set(ids)
    return book


def _desk_by_mail(laptop: Ledger, edit: Callable[[Ledger], None], rnd: random.Random) -> Ledger:
    """A desk that only ever gets one laptop's workbooks, in any order and some twice."""
    desk, mail = Ledger(), [laptop.export()]
    for _ in range(6):
        edit(laptop)
        mail.append(laptop.export())
    for book in [*rnd.sample(mail, len(mail)), rnd.choice(mail)]:
        desk.read(book)
    return desk


def _meet_and_compare(everyone: list[Ledger], seen: dict[WriteId, set[WriteId]]) -> None:
    for _ in range(2):
        for one, other in itertools.permutations(everyone, 2):
            one.sync(other)
    memo: dict[WriteId, set[WriteId]] = {}

    def ancestors(write: WriteId) -> set[WriteId]:
        if write not in memo:
            memo[write] = set(seen[write]).union(*(ancestors(each) for each in seen[write]))
        return memo[write]

    for cell in CELLS:
        mine = {each.write.id for each in everyone[0].writes.values() if each.write.slot[1:3] == cell}
        true = {write for write in mine if not any(write in ancestors(other) for other in mine)}
        for ledger in everyone:
            assert {each.write.id for each in ledger.standing(*cell)} == true, "what stands is not what nobody replaced"


@pytest.mark.parametrize("seed", range(80))
def test_any_schedule_converges_and_loses_nothing(seed: int) -> None:
    play(seed)


def last_writer_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    true = rules.standing
    monkeypatch.setattr(ledgers, "standing", lambda *sets: true(*sets)[-1:])


def replaced_writes_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    true = rules.replaced

    def forgetful(writes: Iterable[Stamped]) -> set[tuple[Slot, WriteId]]:
        gone = true(writes)
        return gone - {max(gone, default=None)}

    monkeypatch.setattr(rules, "replaced", forgetful)


def horizon_off_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    true = ledgers.horizon_of

    def horizon_of(known: dict[bytes, int], writes: Iterable[WriteId]) -> Horizon:
        made = true(known, writes)
        return Horizon({run: reached - 1 for run, reached in made.runs.items()}, made.beyond)

    monkeypatch.setattr(ledgers, "horizon_of", horizon_of)


def horizon_without_what_lies_beyond(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledgers, "horizon_of", lambda known, _writes: Horizon(dict(known)))


def readings_not_synced(monkeypatch: pytest.MonkeyPatch) -> None:
    true = Ledger.absorb

    def absorb(self: Ledger, change: journal_changes.Change) -> None:
        held = dict(self.readings)
        true(self, change)
        if change.id.run != self.run:
            self.readings = held

    monkeypatch.setattr(Ledger, "absorb", absorb)


def a_cell_shows_only_one_write(monkeypatch: pytest.MonkeyPatch) -> None:
    true = Ledger.export

    def export(self: Ledger) -> Book:
        book = true(self)
        return Book(book.id, book.horizon, {cell: shown[-1:] for cell, shown in book.cells.items()})

    monkeypatch.setattr(Ledger, "export", export)


def a_cursor_that_skips_a_gap(monkeypatch: pytest.MonkeyPatch) -> None:
    true = Ledger.sync

    def sync(self: Ledger, other: Ledger) -> None:
        lost = next((change for change in other.changes.values() if change.id not in self.changes), None)
        if lost is not None and lost.id.number % 3 == 1:
            self.known[lost.id.run] = max(self.known.get(lost.id.run, 0), lost.last)
        true(self, other)

    monkeypatch.setattr(Ledger, "sync", sync)


def typed_cells_with_ids_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    true, numbers = ledgers.typed_over, itertools.count()

    def typed_over(*what: object) -> journal_changes.Write:
        made = true(*what)  # type: ignore[arg-type]
        run = made.id.run[:8] + next(numbers).to_bytes(8, "big")
        return journal_changes.Write(WriteId(run, 0), made.slot, made.value, made.replaces)

    monkeypatch.setattr(ledgers, "typed_over", typed_over)


MISTAKES = (
    last_writer_wins,
    replaced_writes_forgotten,
    horizon_off_by_one,
    horizon_without_what_lies_beyond,
    readings_not_synced,
    a_cell_shows_only_one_write,
    a_cursor_that_skips_a_gap,
    typed_cells_with_ids_of_their_own,
)


@pytest.mark.parametrize("plant", MISTAKES, ids=lambda plant: plant.__name__)
def test_planted_mistakes_are_caught(
    plant: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(monkeypatch)
    assert any(_fails(seed) for seed in range(80)), "the mistake went unnoticed"


def _fails(seed: int) -> bool:
    try:
        play(seed)
    except (AssertionError, KeyError):
        return True
    return False
