"""Who can open a store, and how."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from outreach_app.journal.clock import Clock
from outreach_app.model.errors import BadInput, DamagedStore, WrongPassphrase
from outreach_app.operations.keys import (
    PROOF_HOLDS,
    Recovery,
    add_worker,
    ask_at_start,
    change_passphrase,
    open_by_keyring,
    open_by_sheet,
    prove_recovery,
    recovery,
    remember_here,
    remove_worker,
    ways_in,
)
from outreach_app.operations.records import make_record
from outreach_app.operations.spaces import invite, join, new_store, open_store
from outreach_app.store.passphrases import DEMO_COST
from outreach_app.store.recovery_keys import SETTING, RecoveryKey
from outreach_app.store.stores import DATABASE, Store
from tests.conftest import PASSPHRASE
from tests.helpers.keyrings import Remembering, in_use

LATER = "another passphrase for tests"


def sheet_of(store: Store) -> RecoveryKey:
    return RecoveryKey(store.setting(SETTING))


def words_of(store: Store) -> str:
    return " ".join(sheet_of(store).words)


def test_whoever_opens_the_store_is_the_author_of_what_is_written(store: Store, store_folder: Path) -> None:
    add_worker(store, "Ben Oxendine", LATER, DEMO_COST)
    make_record(store, "people", {"name": "Maria"})
    store.close()
    bens = open_store(store_folder, LATER)
    make_record(bens, "people", {"name": "Mae"})
    newest, before = bens.recent(2)
    assert (before.author, newest.author, bens.worker) == ("Ada Crowe", "Ben Oxendine", "Ben Oxendine")
    assert before.device == newest.device
    assert before.id.run != newest.id.run
    bens.close()


def test_all_ways_in_are_told(store: Store) -> None:
    assert ways_in(store).workers == ["Ada Crowe"]
    add_worker(store, "Ben Oxendine", LATER, DEMO_COST)
    told = ways_in(store)
    assert (told.workers, told.worker, told.remembered) == (["Ada Crowe", "Ben Oxendine"], "Ada Crowe", False)
    assert told.recovery is Recovery.TO_PRINT
    remove_worker(store, "Ben Oxendine")
    with in_use(Remembering()):
        remember_here(store)
        assert ways_in(store).remembered
        ask_at_start(store)
        assert not ways_in(store).remembered


def test_a_changed_passphrase_opens_the_store(store: Store, store_folder: Path) -> None:
    change_passphrase(store, PASSPHRASE, LATER, DEMO_COST)
    store.close()
    with pytest.raises(WrongPassphrase):
        open_store(store_folder, PASSPHRASE)
    open_store(store_folder, LATER).close()


def test_the_keyring_opens_it_at_the_start(store: Store, store_folder: Path) -> None:
    with in_use(Remembering()):
        remember_here(store)
        store.close()
        opened = open_by_keyring(store_folder)
        assert opened.worker == "Ada Crowe"
        opened.close()
    with pytest.raises(WrongPassphrase):
        open_by_keyring(store_folder)
    open_store(store_folder, PASSPHRASE).close()


def test_only_the_printed_sheet_is_left(store: Store, store_folder: Path) -> None:
    make_record(store, "people", {"name": "Maria"})
    words = words_of(store)
    store.close()
    opened = open_by_sheet(store_folder, words.upper(), "Ada Crowe", LATER, DEMO_COST)
    assert [view.title for view in opened.list("people")] == ["Maria"]
    opened.close()
    open_store(store_folder, LATER).close()
    with pytest.raises(WrongPassphrase):
        open_store(store_folder, PASSPHRASE)


def test_the_sheet_opens_every_laptop_of_the_space(store: Store, tmp_path: Path) -> None:
    code = invite(store, tmp_path / "invitation")
    join(tmp_path / "second", tmp_path / "invitation", code, "Ben Oxendine", "ben's words", DEMO_COST).close()
    opened = open_by_sheet(tmp_path / "second", sheet_of(store).qr_text, "Cora Bird", "cora's words", DEMO_COST)
    assert opened.worker == "Cora Bird"
    assert ways_in(opened).workers == ["Ben Oxendine", "Cora Bird"]
    assert recovery(opened) is Recovery.ELSEWHERE
    opened.close()
    open_store(tmp_path / "second", "ben's words").close()


@pytest.mark.parametrize(("name", "passphrase"), [(" ", LATER), ("Ada Crowe", "")])
def test_a_sheet_without_a_name_or_passphrase_changes_nothing(
    store: Store, store_folder: Path, name: str, passphrase: str
) -> None:
    words = words_of(store)
    store.close()
    with pytest.raises(BadInput):
        open_by_sheet(store_folder, words, name, passphrase, DEMO_COST)
    open_store(store_folder, PASSPHRASE).close()


def test_a_passphrase_that_is_anothers_lets_nobody_in_by_the_sheet(store: Store, store_folder: Path) -> None:
    words = words_of(store)
    store.close()
    with pytest.raises(BadInput, match="in use"):
        open_by_sheet(store_folder, words, "Ben Oxendine", PASSPHRASE, DEMO_COST)
    open_store(store_folder, PASSPHRASE).close()


def test_another_departments_sheet_opens_nothing(store: Store, store_folder: Path) -> None:
    store.close()
    with pytest.raises(WrongPassphrase, match="another department"):
        open_by_sheet(store_folder, RecoveryKey.new().qr_text, "Ada Crowe", LATER, DEMO_COST)
    open_store(store_folder, PASSPHRASE).close()


def test_a_wrong_passphrase_a_damaged_key_file_and_a_damaged_store_each_say_so(
    store: Store, store_folder: Path
) -> None:
    store.close()
    said = []

    def fails(kind: type[Exception], passphrase: str = PASSPHRASE) -> None:
        with pytest.raises(kind) as fault:
            open_store(store_folder, passphrase)
        assert type(fault.value) is kind
        said.append(str(fault.value))

    fails(WrongPassphrase, "not this one")
    keys = (store_folder / "keys.json").read_bytes()
    (store_folder / "keys.json").write_bytes(keys[:-20])
    fails(DamagedStore)
    (store_folder / "keys.json").write_bytes(keys)
    database = bytearray((store_folder / DATABASE).read_bytes())
    database[100:200] = bytes(100)
    (store_folder / DATABASE).write_bytes(database)
    fails(DamagedStore)
    assert len(set(said)) == 3


# the sheet


@pytest.fixture
def timed(tmp_path: Path) -> Iterator[tuple[Store, list[int]]]:
    """A coordinator's store, and the time its clock tells."""
    now = [1_790_000_000_000_000]
    made = new_store(tmp_path / "timed", PASSPHRASE, "Ada Crowe", "Hill County", DEMO_COST, Clock(lambda: now[0]))
    yield made, now
    made.close()


def test_a_proven_sheet_alone_knows_its_words_and_is_asked_for_now_and_then(timed: tuple[Store, list[int]]) -> None:
    store, now = timed
    sheet = sheet_of(store)
    assert recovery(store) is Recovery.TO_PRINT
    prove_recovery(store, " ".join(word[:4] for word in sheet.words))
    assert store.setting(SETTING) is None
    assert recovery(store) is Recovery.PROVEN
    now[0] += PROOF_HOLDS + 1000
    assert recovery(store) is Recovery.TO_PROVE
    prove_recovery(store, sheet.qr_text)
    assert recovery(store) is Recovery.PROVEN


def test_a_clock_that_went_back_years_asks_again_too(timed: tuple[Store, list[int]], tmp_path: Path) -> None:
    store, now = timed
    prove_recovery(store, words_of(store))
    store.close()
    early = open_store(tmp_path / "timed", PASSPHRASE, Clock(lambda: now[0] - 2 * PROOF_HOLDS))
    assert recovery(early) is Recovery.TO_PROVE
    early.close()


def test_what_is_no_proof_removes_nothing(store: Store) -> None:
    words = words_of(store)
    for typed in ("", words.rpartition(" ")[0], RecoveryKey.new().qr_text):
        with pytest.raises(BadInput):
            prove_recovery(store, typed)
    assert recovery(store) is Recovery.TO_PRINT
    assert words_of(store) == words


def test_what_is_proven_stays_in_no_log_beside_the_database(store: Store, store_folder: Path) -> None:
    make_record(store, "people", {"name": "Maria"})
    assert (store_folder / f"{DATABASE}-wal").stat().st_size > 0
    prove_recovery(store, words_of(store))
    assert (store_folder / f"{DATABASE}-wal").stat().st_size == 0
