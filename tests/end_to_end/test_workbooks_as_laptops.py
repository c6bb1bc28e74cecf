"""Workbooks behave as laptops: the random schedules of the merge rules, on real stores and with real files, typed over
in openpyxl and saved again by LibreOffice, read late, twice, and by laptops that have heard of nothing.

Every value is written once, so what must stand is told by who was shown what when they wrote.
"""

import itertools
import random
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from pathlib import Path

import openpyxl
import pytest

from outreach_app.apart import lasting
from outreach_app.operations.exporting import export_workbook
from outreach_app.operations.importing import import_path
from outreach_app.operations.records import edit_record, make_record
from outreach_app.store.stores import Store
from tests.helpers.memories import all_changes, memory
from tests.helpers.office_programs import needs_office, saved_as
from tests.helpers.worn_books import cell

NAMES = ("Ada Crowe", "Ben Oxendine", "Cora Toineeta")
FIELDS = {"town": "Town", "street": "Street address"}
STEPS = 26

Cell = tuple[str, str]  # a person's id, a field
Standing = dict[Cell, frozenset[str]]


def standing(store: Store, ids: Sequence[str]) -> Standing:
    """The values that stand, several where they are to be decided."""
    found: dict[Cell, set[str]] = {(record, name): set() for record in ids for name in FIELDS}
    for record, stand in store.standing(ids).items():
        for each in stand:
            if each.write.slot.field in FIELDS:
                found[record, each.write.slot.field].add(str(each.write.value))
    return {place: frozenset(values) for place, values in found.items()}


class Schedule:
    """Four laptops that know three people, and the workbooks that are on their way."""

    def __init__(self, folder: Path, held: ExitStack, seed: int, forms: Sequence[str]) -> None:
        self.folder, self.held, self.dice, self.forms = folder, held, random.Random(seed), forms
        self.values, self.books = itertools.count(), list[Path]()
        self.seen: dict[str, frozenset[str]] = {}
        self.laptops = [self.laptop(f"worker {number}") for number in range(4)]
        self.ids = [make_record(self.laptops[0], "people", {"name": name})[0] for name in NAMES]
        for other in self.laptops[1:]:
            other.apply(all_changes(self.laptops[0]))

    def laptop(self, name: str) -> Store:
        return self.held.enter_context(closing(memory(name)))

    def edit(self, store: Store) -> None:
        record, field = self.dice.choice(self.ids), self.dice.choice(list(FIELDS))
        value = f"written {next(self.values)}"
        self.seen[value] = standing(store, self.ids)[record, field]
        edit_record(store, "people", record, {field: value})

    def mail(self, store: Store, typed: bool = True) -> Path:
        """A workbook of a laptop, perhaps typed over, perhaps saved again in another form."""
        path = self.folder / f"book {len(self.books)}.xlsx"
        export_workbook(store, path)
        if typed:
            self._type_over(store, path)
        form = self.forms[len(self.books) % len(self.forms)]
        self.books.append(saved_as(path, form, self.folder / form) if form else path)
        return self.books[-1]

    def _type_over(self, store: Store, path: Path) -> None:
        book = openpyxl.load_workbook(path)
        rows = {each.value: each.row for each in book["People"]["A"]}
        for record, (field, heading) in itertools.product(self.ids, FIELDS.items()):
            if self.dice.random() < 0.2:
                view = store.get("people", record)
                assert view is not None
                held, value = cell(book["People"], heading, rows[view.title]), f"typed {next(self.values)}"
                assert held.value == view.values[field]
                self.seen[value] = frozenset([held.value]) if held.value else frozenset()
                held.value = value
        book.save(path)

    def read(self, store: Store, book: Path) -> None:
        for again in (False, True):
            before = standing(store, self.ids)
            (account,) = import_path(store, book).files
            assert account.error is None
            assert not account.set_aside
            assert not again or before == standing(store, self.ids), "reading twice changed something"

    def step(self) -> None:
        store, dice = self.dice.choice(self.laptops), self.dice.random()
        if dice < 0.45:
            self.edit(store)
        elif dice < 0.6:
            meet(store, self.dice.choice(self.laptops))
        elif dice < 0.8:
            self.mail(store)
        elif self.books:
            self.read(store, self.dice.choice(self.books))

    def desk_by_mail(self) -> Store:
        """A desk that only ever gets one laptop's workbooks, in any order and some twice."""
        mail = [self.mail(self.laptops[0], typed=False)]
        for _book in range(3):
            self.edit(self.laptops[0])
            mail.append(self.mail(self.laptops[0], typed=False))
        desk = self.laptop("desk")
        for book in [*self.dice.sample(mail, len(mail)), self.dice.choice(mail)]:
            self.read(desk, book)
        return desk

    def must_stand(self, store: Store) -> Standing:
        """What nobody replaced who was shown it, of all that was written."""
        memo: dict[str, frozenset[str]] = {}

        def ancestors(value: str) -> frozenset[str]:
            if value not in memo:
                memo[value] = self.seen[value].union(*(ancestors(each) for each in self.seen[value]))
            return memo[value]

        written: dict[Cell, set[str]] = {(record, name): set() for record in self.ids for name in FIELDS}
        for record, journal in store.journals(self.ids).items():
            for each in journal.writes:
                if each.write.slot.field in FIELDS:
                    written[record, each.write.slot.field].add(str(each.write.value))
        gone = {place: frozenset().union(*map(ancestors, values)) for place, values in written.items()}
        return {place: frozenset(values) - gone[place] for place, values in written.items()}


def meet(one: Store, other: Store) -> None:
    """Both get all that either has."""
    ours, theirs = all_changes(one), all_changes(other)
    one.apply(theirs)
    other.apply(ours)


@pytest.fixture
def held() -> Iterator[ExitStack]:
    with ExitStack() as stack, lasting():
        yield stack


def played(schedule: Schedule) -> None:
    for _step in range(STEPS):
        schedule.step()
    desk, second = schedule.desk_by_mail(), schedule.laptop("second desk")
    meet(second, desk)
    shown = standing(schedule.laptops[0], schedule.ids)
    assert standing(desk, schedule.ids) == standing(second, schedule.ids) == shown
    everyone = [*schedule.laptops, desk]
    for one, other in (*itertools.combinations(everyone, 2), *itertools.combinations(everyone, 2)):
        meet(one, other)
    true = schedule.must_stand(desk)
    for store in everyone:
        assert standing(store, schedule.ids) == true
        assert store.check().healthy


@pytest.mark.parametrize("seed", range(3))
def test_a_schedule_with_workbooks_typed_over_comes_to_what_sync_comes_to(
    tmp_path: Path, held: ExitStack, seed: int
) -> None:
    played(Schedule(tmp_path, held, seed, [""]))


@needs_office
def test_a_schedule_with_workbooks_that_libreoffice_saved_again(tmp_path: Path, held: ExitStack) -> None:
    played(Schedule(tmp_path, held, 11, ["", "xlsx", "", "ods", "", "xls"]))
