"""A save waits for no index, and nobody who looks finds it behind."""

import pytest

from outreach_app.journal.changes import WriteId
from outreach_app.operations.records import delete_record
from outreach_app.store.stores import Store
from tests.conftest import PASSPHRASE
from tests.helpers.memories import all_changes


def add(store: Store, *names: str) -> list[str]:
    with store.writing("make_people") as draft:
        return [draft.new("people", {"name": name, "emails": [f"{name.lower()}@example.org"]}) for name in names]


def behind(store: Store) -> int:
    with store.reading() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM unindexed").scalar_one())


def synchronous(store: Store) -> int:
    with store.reading() as connection:
        return int(connection.exec_driver_sql("PRAGMA synchronous").scalar_one())


def test_what_was_just_saved_waits_and_is_found_all_the_same(laptop: Store) -> None:
    [record] = add(laptop, "Ada")
    assert behind(laptop) == 1
    assert [found.id for found in laptop.find("ada")] == [record]
    assert behind(laptop) == 0
    [other] = add(laptop, "Bo")
    assert [view.id for view in laptop.looked_up("people", [("e:bo", "e:bp")])] == [other]
    assert behind(laptop) == 0


def test_what_changed_often_since_somebody_looked_is_indexed_once_as_it_is_now(laptops: list[Store]) -> None:
    ada, ben, _ = laptops
    [record] = add(ada, "Ada")
    ben.apply(all_changes(ada))
    assert [found.id for found in ben.find("ada") if found.kind == "people"] == [record]
    with ada.writing("edit") as draft:
        draft.set("people", record, "name", "Zed")
        draft.set("people", record, "emails", [])
    with ada.writing("edit") as draft:
        draft.set("people", record, "town", "Sylva")
    ben.apply(all_changes(ada))
    assert behind(ben) == 1
    assert [found.id for found in ben.find("zed sylva")] == [record]
    assert [found for found in ben.find("ada") if found.kind == "people"] == []
    assert ben.check().healthy


def test_what_shows_the_title_of_another_is_found_by_the_new_one(laptop: Store) -> None:
    with laptop.writing("plan") as draft:
        event = draft.new("events", {"name": "Fire hall"})
        said = draft.new("feedback", {"verbatim": "The road is steep.", "event": event})
    assert said in {found.id for found in laptop.find("steep hall")}
    with laptop.writing("edit") as draft:
        draft.set("events", event, "name", "Library")
    assert said in {found.id for found in laptop.find("steep library")}
    assert laptop.find("steep hall") == []


def test_what_is_gone_before_it_was_indexed_is_not_found(laptop: Store) -> None:
    [record] = add(laptop, "Ada")
    delete_record(laptop, "people", record)
    assert laptop.find("ada") == []
    assert laptop.looked_up("people", [("e:ada", "e:adb")]) == []
    assert laptop.check().healthy


def test_it_is_found_within_the_verb_that_saves_it_and_not_if_that_fails(laptop: Store) -> None:
    def falter() -> None:
        with laptop.writing("outer"):
            add(laptop, "Ada")
            assert len(laptop.find("ada")) == 1
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        falter()
    assert laptop.find("ada") == []
    assert laptop.check().healthy


def test_looking_while_one_reads_finds_what_the_index_holds(laptop: Store) -> None:
    add(laptop, "Crowe Ada")
    with laptop.reading():
        assert laptop.find("crowe")  # by its title, which needs no index
        assert laptop.find("ada") == []
    assert len(laptop.find("ada")) == 1


def test_what_waits_survives_closing(store: Store) -> None:
    [record] = add(store, "Ada")
    folder = store.folder
    assert folder is not None
    store.close()
    again = Store.open(folder, PASSPHRASE)
    assert behind(again) == 1
    assert [found.id for found in again.find("ada")] == [record]
    again.close()


def test_only_the_index_is_saved_in_haste(store: Store) -> None:
    add(store, "Ada")
    assert synchronous(store) == 2
    store.find("ada")
    assert synchronous(store) == 2
    with store._database.changing(durable=False) as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 1
    assert synchronous(store) == 2
    assert store.last_to_undo() is not None
    assert isinstance(store.last_to_undo(), WriteId)
