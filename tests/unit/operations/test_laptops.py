"""Giving a laptop up as lost: what counts of it, who can read on, and that all the others end alike."""

import pytest

from outreach_app.model.errors import BadInput, NotFound
from outreach_app.operations.deciding import deciding
from outreach_app.operations.decisions import note
from outreach_app.operations.feedback import NewFeedback, record_feedback
from outreach_app.operations.held import accept, look_again
from outreach_app.operations.laptops import laptop_named, laptops, restore, revoke, undo
from outreach_app.operations.records import edit_record, make_record
from outreach_app.operations.syncing import sync_folder
from outreach_app.store.decisions import Decision
from outreach_app.store.stores import Store
from outreach_app.sync.segments import SealedForOthers, open_segment
from tests.helpers.departments import Department, names, state


def held(store: Store) -> list[Decision]:
    return [each for each in store.decisions() if each.what == "held"]


def test_what_a_lost_laptop_wrote_later_is_set_back_everywhere_and_all_end_alike(county: Department) -> None:
    office, ben, cora = county.office, county.joined("Ben"), county.joined("Cora")
    stick = county.folder_named("stick")
    make_record(ben, "people", {"name": "Received"})
    county.sync(ben, cora, office, ben, cora)
    later, _ = make_record(ben, "people", {"name": "Written later"})
    county.sync(ben, cora, folder=stick)
    edit_record(cora, "people", later, {"town": "Sylva"})
    assert names(cora) == {"Received", "Written later"}
    revoke(office, ben.device)
    county.sync(office, cora, office)
    assert names(cora) == names(office) == {"Received", ""}, "what Cora wrote of it stands"
    assert [len(each.lines) for each in held(cora)] == [1]
    assert held(office) == held(cora)
    assert state(office) == state(cora)
    for store in (office, cora):
        assert store.check().healthy
        store.rebuild()
    assert state(office) == state(cora)
    make_record(ben, "people", {"name": "By the thief"})
    county.sync(ben, office, cora)
    assert names(cora) == names(office) == {"Received", ""}
    accept(office, held(office)[0])
    assert names(office) == {"Received", "Written later", "By the thief"}


def test_what_is_written_after_it_is_sealed_from_the_lost_laptop_and_open_to_the_others(county: Department) -> None:
    office, ben, cora = county.office, county.joined("Ben"), county.joined("Cora")
    county.sync(ben, cora, office, ben, cora)
    before = set(county.folder.rglob("*.segment"))
    revoke(office, ben.device)
    county.sync(office, cora)
    make_record(office, "people", {"name": "Secret"})
    make_record(cora, "people", {"name": "Secret too"})
    report, _ = record_feedback(cora, NewFeedback("The inspector asked for money", sensitive=True))
    county.sync(office, cora, office)
    assert names(office) == names(cora) == {"Secret", "Secret too"}
    assert office.get("feedback", report) is not None
    sync_folder(ben, county.folder)
    assert names(ben) == set()
    unread = 0
    for file in set(county.folder.rglob("*.segment")) - before:
        try:
            opened = open_segment(file.read_bytes(), ben.space)
        except SealedForOthers:
            unread += 1
        else:
            assert not any(change.writes for change in opened.changes), "a key is given alone"
    assert unread >= 3


def test_a_worker_who_was_away_writes_with_the_old_key_and_is_read(county: Department) -> None:
    office, ben, cora = county.office, county.joined("Ben"), county.joined("Cora")
    county.sync(ben, cora, office, ben, cora)
    make_record(cora, "people", {"name": "From the mountains"})
    revoke(office, ben.device)
    county.sync(office)
    county.sync(cora, folder=county.folder_named("stick"))  # without having heard
    county.sync(office, folder=county.place / "stick")
    assert names(office) == {"From the mountains"}
    county.sync(cora, folder=county.place / "stick")
    make_record(cora, "people", {"name": "With the new key"})
    county.sync(cora, office, folder=county.place / "stick")
    assert names(office) == {"From the mountains", "With the new key"}
    late = county.joined("Late")
    county.sync(late, office, late)
    assert names(late) == names(office)


def test_what_is_held_is_counted_looked_at_accepted_and_undone(county: Department) -> None:
    office, ben, cora = county.office, county.joined("Ben"), county.joined("Cora")
    county.sync(ben, cora, office, ben, cora)
    person, _ = make_record(office, "people", {"name": "Maria"})
    county.sync(office, ben, cora)
    make_record(ben, "people", {"name": "Otis", "town": "Murphy"})
    edit_record(ben, "people", person, {"town": "Sylva"})
    record_feedback(ben, NewFeedback("The inspector asked for money", sensitive=True))
    revoke(office, ben.device)
    county.sync(ben, office, cora)
    (waits,) = held(office)
    assert (waits.title, sum(line.changes for line in waits.lines)) == ("Ben", 3)
    assert county.laptop(ben).waits == 3
    assert office.decision_counts()["notices"] == 1
    seen = deciding(office, waits)
    assert seen is not None
    assert [each.says for each in seen.held] == [
        ("Otis", "Murphy"),
        ("Sylva",),
        ("The inspector asked for money",),
    ]
    assert {each.author for each in seen.held} == {"Ben"}
    with pytest.raises(BadInput, match="coordinator"):
        accept(cora, waits)
    made = accept(office, waits)
    assert names(office) == {"Maria", "Otis"}
    view = office.get("people", person)
    assert view is not None
    assert view.values["town"] == "Sylva"
    county.sync(office, cora)
    assert state(office) == state(cora)
    (waits,) = held(office)
    assert sum(line.changes for line in waits.lines) == 1
    accept(office, waits)
    assert [view.values["verbatim"] for view in office.list("feedback")] == ["The inspector asked for money"]
    assert held(office) == []
    assert made.change is not None
    undo(office, made.change)
    assert names(office) == {"Maria"}
    assert sum(line.changes for line in held(office)[0].lines) == 2
    county.sync(office, cora)
    assert names(cora) == {"Maria"}
    for store in (office, cora):
        assert store.check().healthy


def test_what_is_held_can_be_left_out_for_everybody_and_that_undone(county: Department) -> None:
    office, ben, cora = county.office, county.joined("Ben"), county.joined("Cora")
    county.sync(ben, cora, office, ben, cora)
    make_record(ben, "people", {"name": "Otis"})
    revoke(office, ben.device)
    county.sync(ben, office, cora)
    left_out = note(office, held(office)[0])
    county.sync(office, cora)
    assert held(office) == held(cora) == []
    assert names(office) == set()
    assert left_out.change is not None
    undo(office, left_out.change)
    assert len(held(office)) == 1


def test_what_was_left_out_is_looked_at_again_and_what_was_accepted_stays(county: Department) -> None:
    office, ben = county.office, county.joined("Ben")
    county.sync(ben, office, ben)
    make_record(ben, "people", {"name": "Otis"})
    edit_record(ben, "people", ben.list("people")[0].id, {"town": "Murphy"})
    revoke(office, ben.device)
    county.sync(ben, office)
    with pytest.raises(BadInput, match="coordinator"):
        look_again(ben, ben.device)
    accept(office, held(office)[0])
    assert look_again(office, ben.device).change is None
    make_record(ben, "people", {"name": "Ira"})
    county.sync(ben, office)
    note(office, held(office)[0])
    assert (held(office), county.laptop(ben).looked_at) == ([], 2)
    look_again(office, ben.device)
    (again,) = held(office)
    assert county.laptop(ben).looked_at == 1
    accept(office, again)
    assert names(office) == {"Otis", "Ira"}


def test_a_laptop_that_was_found_counts_again_and_what_was_accepted_is_there_once(county: Department) -> None:
    office, ben, cora = county.office, county.joined("Ben"), county.joined("Cora")
    county.sync(ben, cora, office, ben, cora)
    event, _ = make_record(office, "events", {"name": "Fire hall"})
    county.sync(office, ben, cora)
    with ben.writing("press") as draft:
        draft.press("events", event, "others_here", 3)
    given_up = revoke(office, ben.device)
    county.sync(ben, office, cora)
    accept(office, held(office)[0])
    found = office.get("events", event)
    assert found is not None
    assert found.values["others_here"] == 3
    assert given_up.change is not None
    undo(office, given_up.change)
    assert not county.laptop(ben).lost
    make_record(office, "people", {"name": "Read by Ben again"})
    county.sync(office, ben, office, cora, ben)
    for store in (office, ben, cora):
        found = store.get("events", event)
        assert found is not None
        assert found.values["others_here"] == 3
        assert names(store) == {"Read by Ben again"}
        assert held(store) == []


def test_a_derived_write_that_somebody_else_made_too_stays_when_a_laptop_is_set_back(county: Department) -> None:
    office, ben, cora = county.office, county.joined("Ben"), county.joined("Cora")
    person, _made = make_record(office, "people", {"name": "Maria"})
    edited = edit_record(office, "people", person, {"name": "Mary"})
    county.sync(ben, cora, office, ben, cora)
    assert edited.change is not None
    for store in (ben, cora):
        store.undo(edited.change)
    county.sync(ben, folder=county.folder_named("stick"))
    county.sync(cora, folder=county.place / "stick")
    assert names(cora) == {"Maria"}
    revoke(office, ben.device)
    county.sync(office, cora, office)
    assert names(office) == names(cora) == {"Maria"}
    assert cora.check().healthy


def test_who_may_give_up_whom(county: Department) -> None:
    office = county.office
    ben, dee = county.joined("Ben"), county.joined("Dee", "coordinator")
    county.sync(ben, dee, office, ben, dee)
    eli = county.joined("Eli", "coordinator", by=dee)
    county.sync(eli, dee, office, eli, dee)
    with pytest.raises(BadInput, match="Only a coordinator"):
        revoke(ben, eli.device)
    with pytest.raises(BadInput, match="you sit at"):
        revoke(office, office.device)
    with pytest.raises(BadInput, match="recovery sheet"):
        revoke(eli, dee.device)
    with pytest.raises(NotFound):
        revoke(office, bytes(16))
    revoke(dee, ben.device)
    with pytest.raises(BadInput, match="already"):
        revoke(dee, ben.device)
    revoke(dee, eli.device)
    county.sync(dee, office)
    assert [(each.name, each.role, bool(each.lost), each.own, each.below) for each in laptops(office)] == [
        ("Ada Crowe", "coordinator", False, True, False),
        ("Dee", "coordinator", False, False, True),
        ("Ben", "worker", True, False, True),
        ("Eli", "coordinator", True, False, True),
    ]
    assert laptop_named(office, "ben").device == ben.device
    with pytest.raises(NotFound, match="Nobody"):
        laptop_named(office, "Nobody")


def test_what_a_lost_coordinators_laptop_said_later_falls_with_it(county: Department) -> None:
    office, dee = county.office, county.joined("Dee", "coordinator")
    cora = county.joined("Cora")
    county.sync(dee, cora, office, dee, cora)
    stick = county.folder_named("stick")
    thief = county.joined("Thief", by=dee)
    make_record(thief, "people", {"name": "False"})
    revoke(dee, cora.device)
    county.sync(thief, dee, thief, folder=stick)
    make_record(cora, "people", {"name": "True"})
    county.sync(cora, office)
    before = office.space.current("everyone")
    revoke(office, dee.device)
    for store in (office, cora):
        county.sync(store, folder=stick)
    county.sync(office, cora, office, cora)
    assert names(office) == names(cora) == {"True"}
    assert [each.name for each in laptops(office)] == ["Ada Crowe", "Thief", "Cora", "Dee"]
    assert [each.name for each in laptops(office) if each.asks] == ["Thief"]
    for store in (office, cora):
        assert store.space.current("everyone").number == before.number + 1
        assert store.space.audiences["everyone"] == office.space.audiences["everyone"]
    make_record(office, "people", {"name": "Read on"})
    county.sync(office, cora)
    assert "Read on" in names(cora)


def test_the_same_two_given_up_at_two_desks_leave_neither_with_a_key_in_use(county: Department) -> None:
    office, dee = county.office, county.joined("Dee", "coordinator")
    ben, cora, eli = (county.joined(each) for each in ("Ben", "Cora", "Eli"))
    county.sync(dee, ben, cora, eli, office, dee, ben, cora, eli)
    revoke(office, ben.device)
    revoke(dee, cora.device)
    county.sync(office, dee, eli, rounds=3)
    newest = office.space.current("everyone")
    for store in (office, dee, eli):
        assert store.space.current("everyone").recipient == newest.recipient
        assert store.space.reads("everyone")
    for store in (ben, cora):
        sync_folder(store, county.folder)
        assert all(not each.secret for each in store.space.audiences["everyone"] if each.recipient == newest.recipient)


def test_a_found_laptop_that_was_never_lost_is_refused_kindly(county: Department) -> None:
    office, ben = county.office, county.joined("Ben")
    county.sync(ben, office, ben)
    assert restore(office, ben.device).change is None


def test_what_was_accepted_or_left_out_waits_no_longer_anywhere(county: Department) -> None:
    office, ben, cora = county.office, county.joined("Ben"), county.joined("Cora")
    county.sync(ben, cora, office, ben, cora)
    make_record(ben, "people", {"name": "Otis"})
    revoke(office, ben.device)
    county.sync(ben, office, cora)
    assert (office.left_segments(), county.laptop(ben).waits) == ({"held": 1}, 1)
    made = accept(office, held(office)[0])
    assert (office.left_segments(), county.laptop(ben).waits) == ({}, 0)
    county.sync(office, cora)
    assert cora.left_segments() == {}
    assert made.change is not None
    undo(office, made.change)
    assert (office.left_segments(), county.laptop(ben).waits) == ({"held": 1}, 1), "it is to be looked at again"
    note(office, held(office)[0])
    assert (office.left_segments(), county.laptop(ben).waits) == ({}, 0)


def test_a_laptop_is_named_by_the_beginning_of_its_workers_name_where_only_one_begins_so(county: Department) -> None:
    ben, bess = county.joined("Ben Oxendine"), county.joined("Bess Crowe")
    county.sync(ben, bess, county.office)
    assert laptop_named(county.office, "ben ox").device == ben.device
    with pytest.raises(BadInput, match="Several"):
        laptop_named(county.office, "be")
    with pytest.raises(NotFound):
        laptop_named(county.office, "")
