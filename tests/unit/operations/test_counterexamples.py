"""What a careful reader of the rules would try, on whole stores: all end with the same, and nothing is lost."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import openpyxl
import pytest

from outreach_app.model.errors import BadInput
from outreach_app.operations.consents import allowed_channels, answer, entries
from outreach_app.operations.decisions import (
    join,
    keep_after_all,
    keep_both,
    not_the_same,
    part,
    stand_as_one,
    use,
)
from outreach_app.operations.exporting import export_workbook
from outreach_app.operations.importing import import_path
from outreach_app.operations.records import delete_record, edit_record, undo_last
from outreach_app.sheets.marks import TITLE
from outreach_app.store.clusters import link_id
from outreach_app.store.stores import Store
from outreach_app.store.views import View
from tests.helpers.memories import all_changes, all_shown, memory

PHONE = {"number": "828 555 0112", "kind": "mobile"}
Mailed = Callable[..., Path]


@pytest.fixture
def laptops() -> Iterator[list[Store]]:
    with ExitStack() as held:
        yield [held.enter_context(closing(memory(name))) for name in ("Ada Crowe", "Ben Squirrel", "Cora Toineeta")]


@pytest.fixture
def mailed(tmp_path: Path) -> Mailed:
    """``mailed(store, name, town=...)``: a store's workbook, with that typed over in the one person's row."""

    def make(store: Store, name: str, **typed: str | None) -> Path:
        path = tmp_path / f"{name}.xlsx"
        export_workbook(store, path)
        if typed:
            book = openpyxl.load_workbook(path)
            rows = list(book["People"].iter_rows())
            at = next(place for place, row in enumerate(rows) if "Name" in [cell.value for cell in row])
            head = [cell.value for cell in rows[at]]
            for column, text in typed.items():
                rows[at + 1][head.index(column.capitalize())].value = text
            book.save(path)
        return path

    return make


def people(store: Store, *values: dict[str, object]) -> list[str]:
    """New people, the oldest first."""
    with store.writing("make_people") as draft:
        return [draft.new("people", each) for each in values]


def meet(*stores: Store) -> None:
    """All hold everything, and show the same of it."""
    for one in stores:
        for other in stores:
            if one is not other:
                other.apply(all_changes(one))
    for store in stores:
        assert all_shown(store) == all_shown(stores[0])
        assert store.check().healthy


def view(store: Store, record: str) -> View:
    found = store.get("people", record)
    assert found is not None
    return found


def waiting(store: Store) -> list[tuple[str, str]]:
    return [(each.what, each.field) for each in store.decisions()]


class TestNotTheSame:
    @pytest.fixture
    def three(self, laptops: list[Store]) -> list[str]:
        """A is B and B is C, said one laptop; A is not C, said another."""
        ada, ben, cora = laptops
        made = people(ada, {"name": "A"}, {"name": "B"}, {"name": "C"})
        meet(*laptops)
        join(ada, "people", made[0], made[1])
        join(ben, "people", made[1], made[2])
        not_the_same(cora, "people", made[0], made[2])
        meet(*laptops)
        return made

    def apart(self, store: Store) -> list[tuple[str, str, str]]:
        return [(each.what, each.record, each.other) for each in store.decisions() if each.other]

    def test_inside_a_joined_group_it_is_to_be_decided_once_on_every_laptop(
        self, laptops: list[Store], three: list[str]
    ) -> None:
        for store in laptops:
            assert self.apart(store) == [("apart", three[0], three[2])]
            assert store.decision_counts()["duplicates"] == 1
            assert store.count("people") == 1

    def test_they_are_one_after_all(self, laptops: list[Store], three: list[str]) -> None:
        stand_as_one(laptops[0], next(each for each in laptops[0].decisions() if each.other))
        meet(*laptops)
        assert self.apart(laptops[2]) == []
        assert laptops[2].count("people") == 1
        undo_last(laptops[0])
        assert self.apart(laptops[0]) == [("apart", three[0], three[2])]

    @pytest.mark.parametrize(("leaves", "heads"), [(0, (0, 1)), (2, (0, 2))])
    def test_one_of_them_does_not_belong(
        self, laptops: list[Store], three: list[str], leaves: int, heads: tuple[int, int]
    ) -> None:
        part(laptops[1], next(each for each in laptops[1].decisions() if each.other), three[leaves])
        meet(*laptops)
        assert self.apart(laptops[0]) == []
        assert {each.id for each in laptops[0].list("people")} == {three[at] for at in heads}
        undo_last(laptops[1])
        assert self.apart(laptops[1]) == [("apart", three[0], three[2])]

    def test_two_laptops_that_take_out_one_each_leave_three(self, laptops: list[Store], three: list[str]) -> None:
        for store, leaves in ((laptops[0], three[0]), (laptops[1], three[2])):
            part(store, next(each for each in store.decisions() if each.other), leaves)
        meet(*laptops)
        assert laptops[2].count("people") == 3
        assert self.apart(laptops[2]) == []

    def test_of_one_that_was_deleted_nothing_is_asked(self, laptops: list[Store], three: list[str]) -> None:
        with laptops[0].writing("delete") as draft:
            draft.delete("people", three[0])
        meet(*laptops)
        assert self.apart(laptops[1]) == []

    def test_a_link_of_which_two_said_both_is_asked_about_as_the_pair_it_is(self, laptops: list[Store]) -> None:
        ada, ben, _ = laptops
        one, other = people(ada, {"name": "A"}, {"name": "A"})
        meet(*laptops)
        join(ada, "people", one, other)
        not_the_same(ben, "people", one, other)
        meet(*laptops)
        assert [(each.what, each.record, each.other) for each in ada.decisions()] == [("duplicate", one, other)]
        join(ada, "people", one, other)
        meet(*laptops)
        link = ben.get("links", link_id(one, other))
        assert link is not None
        assert (link.values["says"], link.to_decide, list(ben.decisions())) == ("same", 0, [])


class TestJoins:
    def test_a_note_that_only_one_of_several_joined_says_is_not_hidden(self, laptops: list[Store]) -> None:
        ada, ben, _ = laptops
        one, other = people(ada, {"name": "A", "notes": "Van."}, {"name": "A", "notes": "Van."})
        meet(*laptops)
        join(ada, "people", one, other)
        edit_record(ben, "people", other, {"notes": "Ferry."})
        meet(*laptops)
        [decision] = ada.decisions()
        assert (decision.field, decision.keeps_all, decision.can_keep_both) == ("notes", True, True)
        assert {option.value for option in decision.options} >= {"Van.", "Ferry."}
        keep_both(ada, decision)
        meet(*laptops)
        for store in laptops:
            assert list(store.decisions()) == []
            for record in (one, other):
                assert sorted(view(store, record).values["notes"].split("\n")) == ["Ferry.", "Van."]

    def test_whichever_text_is_used_none_is_taken_away(self, laptops: list[Store]) -> None:
        ada, ben, _ = laptops
        one, other = people(ada, {"name": "A", "notes": "Van."}, {"name": "A"})
        meet(*laptops)
        join(ada, "people", one, other)
        edit_record(ben, "people", other, {"notes": "Ferry."})
        meet(*laptops)
        use(ada, ada.decisions()[0], "Takes the ferry now.")
        for record in (one, other):
            assert sorted(view(ada, record).values["notes"].split("\n")) == ["Ferry.", "Takes the ferry now.", "Van."]
        assert list(ada.decisions()) == []

    def test_parting_after_edits_leaves_each_what_was_written_since_and_restores_the_rest(
        self, laptops: list[Store]
    ) -> None:
        ada, ben, _ = laptops
        one, other = people(ada, {"name": "A", "town": "Alarka", "zip": "28713"}, {"name": "B", "town": "Sylva"})
        meet(*laptops)
        change = join(ada, "people", one, other).change
        meet(*laptops)
        edit_record(ben, "people", one, {"town": "Cherokee"})
        meet(*laptops)
        assert change is not None
        undone = ada.undo(change)
        meet(*laptops)
        assert {slot.field for slot in undone.left_alone} == {"town"}
        for store in laptops:
            first, second = view(store, one), view(store, other)
            assert (first.title, first.values["town"], first.values["zip"]) == ("A", "Cherokee", "28713")
            assert (second.title, second.values["town"], second.values["zip"]) == ("B", "Cherokee", None)
            assert store.count("people") == 2

    def test_a_join_undone_on_two_laptops_is_undone_once_and_asks_nothing(self, laptops: list[Store]) -> None:
        ada, ben, _ = laptops
        one, other = people(ada, {"name": "A", "phones": [PHONE]}, {"name": "B", "phones": [{"number": "9"}]})
        meet(*laptops)
        before = [dict(view(ada, each).values) for each in (one, other)]
        change = join(ada, "people", one, other).change
        meet(*laptops)
        assert change is not None
        for store in (ada, ben):
            store.undo(change)
        meet(*laptops)
        for store in laptops:
            assert list(store.decisions()) == []
            assert [view(store, each).values["name"] for each in (one, other)] == [each["name"] for each in before]
            for each, held in zip((one, other), before, strict=True):
                assert view(store, each).elements("phones") == [phone["value"] for phone in held["phones"]]

    def test_of_three_joined_one_is_deleted_by_somebody_who_did_not_know(self, laptops: list[Store]) -> None:
        ada, ben, _ = laptops
        made = people(ada, {"name": "A"}, {"name": "A"}, {"name": "A"})
        meet(*laptops)
        join(ada, "people", made[0], made[1])
        join(ada, "people", made[1], made[2])
        delete_record(ben, "people", made[0])
        meet(*laptops)
        for store in laptops:
            assert [each.id for each in store.list("people")] == [made[1]]
        edit_record(ada, "people", made[1], {"town": "Sylva"})
        meet(*laptops)
        assert [each.what for each in ada.decisions()] == ["deletion"]
        keep_after_all(ada, ada.decisions()[0])
        meet(*laptops)
        assert [each.id for each in ben.list("people")] == [made[0]]
        assert list(ben.decisions()) == []


class TestWorkbooks:
    def test_a_total_typed_over_at_two_desks_counts_both_differences(
        self, laptops: list[Store], tmp_path: Path
    ) -> None:
        ada, ben, cora = laptops
        with ada.writing("plan") as draft:
            event = draft.new("events", {"name": "Fire hall", "others_here": 12})
        files = []
        for number, total in enumerate((15, 14)):
            path = tmp_path / f"desk-{number}.xlsx"
            export_workbook(ada, path)
            book = openpyxl.load_workbook(path)
            rows = list(book["Events"].iter_rows())
            cell = next(cell for row in rows for cell in row if cell.value == 12)
            cell.value = total
            book.save(path)
            files.append(path)
        for store, order in ((ben, files), (cora, files[::-1])):
            for path in (*order, order[0]):
                import_path(store, path)
            found = store.get("events", event)
            assert found is not None
            assert found.values["others_here"] == 17
        meet(ada, ben, cora)
        assert waiting(ada) == []

    def test_a_cell_cleared_and_typed_again_just_so_is_untouched(self, laptops: list[Store], mailed: Mailed) -> None:
        ada, ben, _ = laptops
        [record] = people(ada, {"name": "Mae", "town": "Alarka"})
        cleared, again = mailed(ada, "cleared", town=None), mailed(ada, "again", town="Alarka")
        edit_record(ada, "people", record, {"town": "Cherokee"})
        import_path(ada, again)
        assert view(ada, record).values["town"] == "Cherokee"
        assert waiting(ada) == []
        import_path(ada, cleared)
        assert waiting(ada) == [("conflict", "town")]
        import_path(ben, cleared)
        import_path(ben, again)
        meet(ada, ben)
        assert {option.value for option in ada.decisions()[0].options} == {"Cherokee", None}

    def test_mailed_on_through_three_desks_it_undoes_nothing_in_any_order(
        self, laptops: list[Store], mailed: Mailed
    ) -> None:
        author, desk, last = laptops
        [record] = people(author, {"name": "Mae", "town": "Alarka"})
        first = mailed(author, "first")
        edit_record(author, "people", record, {"town": "Cherokee"})
        second = mailed(author, "second")
        import_path(desk, second)
        edit_record(desk, "people", record, {"zip": "28713"})
        third = mailed(desk, "third")
        for path in (third, first, second, first):
            import_path(last, path)
            assert view(last, record).values["town"] == "Cherokee", path.name
            assert view(last, record).values["zip"] == "28713"
            assert waiting(last) == []
        meet(author, desk, last)

    @pytest.mark.parametrize("harm", ["the signature is another's", "a row of it is gone", "the signature is gone"])
    def test_a_forged_horizon_is_an_unknown_basis_never_showed_nothing(
        self, laptops: list[Store], mailed: Mailed, harm: str
    ) -> None:
        """What the maker claims to have known, and no longer shows, is believed only as it was signed."""
        author, office, _ = laptops
        [record] = people(author, {"name": "Mae", "town": "Alarka", "zip": "28713"})
        office.apply(all_changes(author))
        path, other = mailed(author, "forged", town=None), mailed(office, "other")
        book = openpyxl.load_workbook(path)
        page = book[next(title for title in book.sheetnames if title.startswith(TITLE))]
        last = max(row for row in range(1, page.max_row + 1) if page.cell(row, 1).value)
        if harm == "the signature is another's":
            theirs = openpyxl.load_workbook(other)
            their_page = theirs[page.title]
            page.cell(last, 1).value = next(
                row[0].value for row in their_page.iter_rows() if str(row[0].value).startswith("s")
            )
        elif harm == "a row of it is gone":
            page.delete_rows(3)
        else:
            page.cell(last, 1).value = None
        book.save(path)
        said = import_path(office, path)
        assert said.files[0].remarks
        assert view(office, record).values["town"] == "Alarka"
        assert view(office, record).values["zip"] == "28713"
        assert waiting(office) == []


class TestConsents:
    @pytest.fixture
    def refused(self, laptops: list[Store]) -> str:
        """Somebody who said no to being called."""
        [record] = people(laptops[0], {"name": "Mae"})
        answer(laptops[0], record, "phone", "refused", "spoken", "2026-03-01")
        return record

    def typed(self, store: Store, path: Path, text: str, untold: bool = False, of: str = "No") -> Path:
        """A workbook in which somebody typed another answer over the one answer there is."""
        export_workbook(store, path)
        book = openpyxl.load_workbook(path)
        rows = [row for sheet in book.worksheets if sheet.title == "Consents" for row in sheet.iter_rows()]
        cell = next(cell for row in rows for cell in row if cell.value == of)
        cell.value = text
        if untold:
            del book[next(title for title in book.sheetnames if title.startswith(TITLE))]
        book.save(path)
        return path

    @pytest.mark.parametrize("untold", [False, True])
    @pytest.mark.parametrize("elsewhere", [False, True])
    def test_a_yes_typed_over_a_no_stands_beside_it_and_allows_nothing(
        self, laptops: list[Store], refused: str, tmp_path: Path, untold: bool, elsewhere: bool
    ) -> None:
        ada, ben, _ = laptops
        path = self.typed(ada, tmp_path / "typed.xlsx", "Yes", untold)
        if elsewhere:
            ben.apply(all_changes(ada))
        taker = ben if elsewhere else ada
        for expected in ((0, 1, 0), (0, 0, 1)):
            said = import_path(taker, path).to_json()["total"]["consents"]
            assert (said["new"], said["changed"], said["same"]) == expected
        assert allowed_channels(taker, refused) == {"phone": "refused"}
        assert {entry.state for entry in entries(taker, refused, "phone")} == {"refused", "granted"}
        import_path(ada, path)
        meet(ada, ben)
        assert ada.count("consents") == 2
        assert waiting(ada) == []

    def test_a_no_typed_over_a_yes_holds(self, laptops: list[Store], tmp_path: Path) -> None:
        ada = laptops[0]
        [record] = people(ada, {"name": "Mae"})
        answer(ada, record, "phone", "refused", "spoken", "2026-03-01")
        answer(ada, record, "phone", "granted", "spoken", "2026-04-01", sure=True)
        path = self.typed(ada, tmp_path / "typed.xlsx", "Withdrawn", of="Yes")
        import_path(ada, path)
        assert allowed_channels(ada, record) == {"phone": "withdrawn"}

    def test_an_answer_once_written_is_not_edited(self, laptops: list[Store], refused: str) -> None:
        ada = laptops[0]
        [entry] = entries(ada, refused, "phone")
        with pytest.raises(BadInput, match="is never altered"):
            edit_record(ada, "consents", entry.id, {"state": "granted"})
        assert allowed_channels(ada, refused) == {"phone": "refused"}

    def test_a_no_of_one_of_two_who_are_one_keeps_both_from_partners(
        self, laptops: list[Store], tmp_path: Path
    ) -> None:
        ada = laptops[0]
        one, other = people(ada, {"name": "Mae Crow"}, {"name": "Mae Crow"})
        with ada.writing("belong") as draft:
            pantry = draft.new("organizations", {"name": "Pine Pantry"})
            draft.new("affiliations", {"person": one, "organization": pantry})
        answer(ada, other, "share", "refused", "spoken", "2026-03-01")
        found = ada.get("organizations", pantry)
        assert found is not None
        for joined, expected in ((False, 1), (True, 0)):
            if joined:
                join(ada, "people", one, other)
            told = export_workbook(ada, tmp_path / f"{joined}.xlsx", "partner", partner=found.code)
            assert told.rows["people"] == expected
        assert allowed_channels(ada, one) == {"share": "refused"}
