"""A store on disk: made whole or not at all, opened by one at a time, and never half saved."""

import errno
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from outreach_app.journal.clock import Clock
from outreach_app.model.errors import BadInput, Damaged, InUse, NotFound, NotWritable, TooNew, WrongPassphrase
from outreach_app.operations.spaces import open_store
from outreach_app.store import engines, folders
from outreach_app.store.identities import DeviceIdentity, Joining, SpaceKeys
from outreach_app.store.keys import DEMO_COST
from outreach_app.store.stores import Store
from tests.conftest import PASSPHRASE
from tests.helpers.memories import all_changes, all_shown


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def make(folder: Path, passphrase: str = PASSPHRASE, **more: Any) -> Store:
    return Store.create(folder, passphrase, worker="Ada Crowe", department="Hill", cost=DEMO_COST, **more)


def people(store: Store) -> list[str]:
    return [view.title for view in store.list("people")]


def add(store: Store, name: str) -> str:
    with store.writing("make_people") as draft:
        return draft.new("people", {"name": name})


class TestCreating:
    def test_whose_it_is(self, tmp_path: Path) -> None:
        store = make(tmp_path / "new" / "store")
        assert (store.worker, store.department, store.role) == ("Ada Crowe", "Hill", "coordinator")
        assert len(store.device) == 16
        assert store.folder == tmp_path / "new" / "store"
        assert store.check().healthy
        assert store.count("themes") > 20
        store.close()

    def test_of_a_space_that_is_there_already_it_is_a_worker_s(self, tmp_path: Path) -> None:
        joining = Joining(DeviceIdentity.new(), SpaceKeys.new("Hill").for_role(False), "worker")
        store = make(tmp_path / "store", joining=joining)
        assert (store.role, store.space, store.identity) == ("worker", joining.space, joining.identity)
        store.close()

    def test_opened_again_it_holds_what_was_saved(self, tmp_path: Path) -> None:
        store = make(tmp_path)
        add(store, "Bo")
        store.set_setting("last page", {"name": "today"})
        before, device, space = all_shown(store), store.device, store.space
        store.close()
        assert sorted(files(tmp_path)) >= ["keys.json", "outreach.db"]
        store = Store.open(tmp_path, PASSPHRASE)
        assert (all_shown(store)["search"], store.device, store.space) == (before["search"], device, space)
        assert store.setting("last page") == {"name": "today"}
        assert store.setting("no such", 7) == 7
        store.close()

    def test_each_opening_begins_a_run_of_its_own(self, tmp_path: Path) -> None:
        make(tmp_path).close()
        for name in ("A", "B"):
            store = Store.open(tmp_path, PASSPHRASE)
            add(store, name)
            store.close()
        store = Store.open(tmp_path, PASSPHRASE)
        runs = {change.id.run for change in all_changes(store) if change.verb == "make_people"}
        store.close()
        assert len(runs) == 2

    def test_where_a_store_is_already_it_is_left_as_it_is(self, store_folder: Path) -> None:
        before = files(store_folder)
        with pytest.raises(InUse, match="already a store"):
            make(store_folder)
        assert files(store_folder) == before

    def test_a_key_without_its_database_is_not_overwritten(self, tmp_path: Path) -> None:
        (tmp_path / "keys.json").write_text("{}")
        with pytest.raises(BadInput, match="already a store"):
            make(tmp_path)
        assert (tmp_path / "keys.json").read_text() == "{}"
        assert set(files(tmp_path)) <= {"keys.json", "outreach.lock"}

    def test_without_a_passphrase_nothing_is_made(self, tmp_path: Path) -> None:
        with pytest.raises(BadInput, match="passphrase"):
            make(tmp_path / "store", "")
        assert not (tmp_path / "store").exists()

    @pytest.mark.parametrize(
        ("moment", "fault"),
        [
            ("beginnings.create_schema", engines.dbapi2.OperationalError("database or disk is full")),
            ("beginnings.founding", engines.dbapi2.OperationalError("disk I/O error")),
            ("folders.flush_folder", OSError(errno.ENOSPC, "No space left on device")),
        ],
    )
    def test_a_full_disk_leaves_nothing_behind(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str, fault: Exception
    ) -> None:
        def full(*_: Any) -> None:
            raise fault

        with monkeypatch.context() as patch:
            patch.setattr(f"outreach_app.store.{moment}", full)
            with pytest.raises(NotWritable, match="room"):
                make(tmp_path / "store")
        assert not (tmp_path / "store").exists()
        make(tmp_path / "store").close()

    def test_killed_in_the_midst_it_can_be_made_again(self, tmp_path: Path) -> None:
        make(tmp_path).close()
        (tmp_path / "outreach.db").rename(tmp_path / folders.UNFINISHED)  # as it is a moment before it is whole
        with pytest.raises(NotFound, match="no store"):
            Store.open(tmp_path, PASSPHRASE)
        store = make(tmp_path, "another passphrase")
        assert add(store, "Bo")
        store.close()
        assert folders.UNFINISHED not in files(tmp_path)
        Store.open(tmp_path, "another passphrase").close()

    def test_where_no_folder_can_be_made(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("")
        with pytest.raises(NotWritable):
            make(tmp_path / "file" / "store")


class TestOpening:
    def test_a_second_window_is_told_so(self, store_folder: Path) -> None:
        store = Store.open(store_folder, PASSPHRASE)
        with pytest.raises(InUse, match="already open"):
            Store.open(store_folder, PASSPHRASE)
        store.close()
        Store.open(store_folder, PASSPHRASE).close()

    def test_a_wrong_passphrase_changes_nothing_and_holds_nothing(self, store_folder: Path) -> None:
        before = files(store_folder)
        with pytest.raises(WrongPassphrase, match="not the passphrase"):
            Store.open(store_folder, "wrong")
        assert files(store_folder) == before
        Store.open(store_folder, PASSPHRASE).close()

    @pytest.mark.parametrize("what", ["missing", "empty", "a file"])
    def test_where_there_is_no_store(self, tmp_path: Path, what: str) -> None:
        folder = tmp_path / "store"
        if what == "empty":
            folder.mkdir()
        elif what == "a file":
            folder.write_text("no folder")
        with pytest.raises(NotFound, match="no store"):
            Store.open(folder, PASSPHRASE)
        assert what != "empty" or list(folder.iterdir()) == []

    def test_without_its_key_file(self, store_folder: Path) -> None:
        (store_folder / "keys.json").unlink()
        with pytest.raises(Damaged, match="key file of this store is gone"):
            Store.open(store_folder, PASSPHRASE)

    @pytest.mark.parametrize("content", [b"", b"no database" * 999, b"SQLite format 3\0" + bytes(4080)])
    def test_a_database_that_is_none(self, store_folder: Path, content: bytes) -> None:
        (store_folder / "outreach.db").write_bytes(content)
        with pytest.raises(Damaged, match="backup"):
            Store.open(store_folder, PASSPHRASE)
        assert (store_folder / "outreach.db").read_bytes() == content

    def test_a_database_of_another_store(self, store_folder: Path, tmp_path: Path) -> None:
        make(tmp_path / "other").close()
        shutil.copy(tmp_path / "other" / "outreach.db", store_folder)
        with pytest.raises(Damaged):
            Store.open(store_folder, PASSPHRASE)

    def test_one_from_a_newer_program_is_left_alone(self, store_folder: Path) -> None:
        store = Store.open(store_folder, PASSPHRASE)
        with store._database.changing() as connection:
            connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
        store.close()
        before = files(store_folder)["outreach.db"]
        with pytest.raises(TooNew, match="newer Outreach"):
            Store.open(store_folder, PASSPHRASE)
        assert files(store_folder)["outreach.db"] == before
        with pytest.raises(TooNew):  # and nothing is held either
            Store.open(store_folder, PASSPHRASE)

    def test_a_newer_key_file(self, store_folder: Path) -> None:
        keys = json.loads((store_folder / "keys.json").read_text())
        (store_folder / "keys.json").write_text(json.dumps({**keys, "format": 99}))
        with pytest.raises(TooNew):
            Store.open(store_folder, PASSPHRASE)

    def test_an_unsafe_database_program_is_refused(self, store_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        assert engines.dbapi2.sqlite_version_info >= engines.OLDEST_SQLITE
        monkeypatch.setattr(engines, "OLDEST_SQLITE", (99, 0, 0))
        with pytest.raises(Exception, match="unsafe database"):
            Store.open(store_folder, PASSPHRASE)

    def test_what_is_saved_is_on_the_disk(self, store: Store) -> None:
        with store.reading() as connection:
            pragmas = {
                name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "synchronous")
            }
        assert pragmas == {"journal_mode": "wal", "synchronous": 2}


@contextmanager
def pages(store: Store, more: int) -> Iterator[None]:
    """No room for more than so many further pages."""

    def pragma(name: str) -> int:
        with store.reading() as connection:
            return int(connection.exec_driver_sql(f"PRAGMA {name}").scalar_one())

    pragma(f"max_page_count = {pragma('page_count') + more}")
    yield
    pragma("max_page_count = 1000000")


def fill(store: Store) -> None:
    with store.writing("fill") as draft:
        for number in range(300):
            draft.new("people", {"name": f"Person {number}", "notes": "x" * 200})


class TestFaults:
    def test_a_full_disk_saves_nothing_by_halves_and_the_store_goes_on(self, store: Store) -> None:
        add(store, "Bo")
        before, changes = all_shown(store), all_changes(store)
        with pages(store, 1), pytest.raises(NotWritable, match="Nothing was saved"):
            fill(store)
        assert all_shown(store) == before
        assert all_changes(store) == changes
        add(store, "Cy")
        assert people(store) == ["Bo", "Cy"]
        assert store.check().healthy

    def test_a_folder_that_may_not_be_written_to(self, store: Store) -> None:
        add(store, "Bo")
        with store.reading() as connection:
            connection.exec_driver_sql("PRAGMA query_only = 1")
        with pytest.raises(NotWritable, match="cannot be written"):
            add(store, "Cy")
        assert people(store) == ["Bo"]
        with store.reading() as connection:
            connection.exec_driver_sql("PRAGMA query_only = 0")
        add(store, "Cy")
        assert store.check().healthy

    def test_a_bug_names_no_one(self, store: Store) -> None:
        with pytest.raises(Exception, match="no such table") as raised, store.reading() as connection:
            connection.exec_driver_sql("SELECT * FROM nowhere WHERE name = ?", ("Sentinel Oxendine",))
        texts: list[str] = []
        fault: BaseException | None = raised.value
        while fault is not None:
            texts.append(f"{fault} {fault!r}")
            fault = fault.__cause__ or fault.__context__
        assert "Sentinel" not in " ".join(texts)

    def test_a_change_begun_while_reading_would_be_lost_and_is_refused(self, store: Store) -> None:
        with store.reading(), pytest.raises(RuntimeError, match="while reading"):
            add(store, "Bo")
        assert people(store) == []

    def test_a_verb_within_a_verb_is_saved_with_it_or_not_at_all(self, store: Store) -> None:
        with store.writing("outer") as draft:
            draft.new("people", {"name": "Bo"})
            add(store, "Cy")
            assert people(store) == ["Cy"]
        assert people(store) == ["Bo", "Cy"]

        def falter() -> None:
            with store.writing("outer"):
                add(store, "Dee")
                raise BadInput("no")

        with pytest.raises(BadInput):
            falter()
        assert people(store) == ["Bo", "Cy"]
        add(store, "Eve")
        assert store.check().healthy

    def test_killed_between_two_saves_it_holds_the_first(self, store_folder: Path, tmp_path: Path) -> None:
        store = Store.open(store_folder, PASSPHRASE)
        add(store, "Bo")
        killed = Path(shutil.copytree(store_folder, tmp_path / "killed"))  # with its write-ahead log, unchecked
        add(store, "Cy")
        store.close()
        store = Store.open(killed, PASSPHRASE)
        assert people(store) == ["Bo"]
        assert store.check().healthy
        store.close()


def test_the_clock_that_is_given_is_the_one_that_is_used(tmp_path: Path) -> None:
    store = make(tmp_path, clock=Clock(lambda: 1_790_000_000_000_000))
    record = add(store, "Bo")
    view = store.get("people", record)
    assert view is not None
    assert view.made_at == 1_790_000_000_000_000
    store.close()


def test_a_store_in_memory_leaves_nothing_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    store = Store.in_memory(worker="", department="")
    add(store, "Bo")
    with pytest.raises(NotFound, match="nothing on disk"):
        store.back_up(tmp_path / "backup")
    store.close()
    assert list(tmp_path.iterdir()) == []
    assert os.path.realpath(tmp_path)


def test_open_store_keeps_lookup_keys(store_folder: Path) -> None:
    store = open_store(store_folder, PASSPHRASE)
    with store.writing("make_people") as draft:
        record = draft.new("people", {"name": "Bo", "emails": ["bo@example.org"]})
    assert [view.id for view in store.looked_up("people", [("e:bo", "e:bp")])] == [record]
    store.close()


def test_a_closed_store_has_no_key_to_be_opened_with(store_folder: Path) -> None:
    store = open_store(store_folder, PASSPHRASE)
    store.close()
    store.close()
    assert store._key == b""
    with pytest.raises(RuntimeError, match="closed"):
        store.count("people")
    with pytest.raises(RuntimeError, match="closed"):
        add(store, "Bo")


def test_a_store_in_memory_has_no_ways_in() -> None:
    store = Store.in_memory(worker="", department="")
    with pytest.raises(NotFound, match="nothing on disk"):
        _ = store.slots
    store.close()
