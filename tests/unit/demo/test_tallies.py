"""The four figures are counted, each in its own place, and disagree when anything is lost."""

from pathlib import Path

from outreach_app.demo.runs import Played
from outreach_app.demo.tallies import STAGES, agree, in_store, in_workbooks, kinds, tally
from outreach_app.operations.decisions import join
from outreach_app.operations.exporting import export_workbook
from outreach_app.operations.records import delete_record, make_record
from outreach_app.store.stores import Store


def test_kinds_are_those_that_people_make() -> None:
    assert kinds()[:3] == ["events", "people", "organizations"]
    assert len(kinds()) == 13
    assert not {"links", "exports", "sheets"} & set(kinds())


def test_made_records_and_typed_rows_add_up() -> None:
    counted = tally({"people": {"a", "b"}, "sheets": {"c"}}, ["people", "events"])
    assert {kind: number for kind, number in counted.items() if number} == {"people": 3, "events": 1}


def test_joined_records_count_each_and_deleted_ones_do_not(tmp_path: Path) -> None:
    store = Store.in_memory(worker="Ada", department="Hill County")
    ada, again, ben = (make_record(store, "people", {"name": name})[0] for name in ("Ada", "Ada C.", "Ben"))
    join(store, "people", ada, again)
    assert in_store(store)["people"] == 3
    delete_record(store, "people", ben)
    assert in_store(store)["people"] == 2
    export_workbook(store, tmp_path / "one.xlsx")
    export_workbook(store, tmp_path / "two.xlsx", language="es")
    counted = in_workbooks([tmp_path / "one.xlsx", tmp_path / "two.xlsx"])
    assert counted["themes"] == in_store(store)["themes"] == 44
    assert counted["people"] == 1, "a workbook has one row for those that were joined"


def test_one_record_too_few_anywhere_is_told() -> None:
    right = tally({"people": {"a", "b"}})
    for stage in STAGES:
        account = {name: dict(right) for name in STAGES}
        assert agree(account)
        account[stage]["people"] -= 1
        assert not agree(account)
        played = Played(Path("demo"), "Hill County", account, {"conflicts": 0, "duplicates": 0, "notices": 0})
        assert not played.agrees
        assert "do not agree" in played.in_words()
