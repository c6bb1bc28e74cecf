"""The ways into an open store, each taken and taken away."""

import json
import os
from pathlib import Path

import pytest

from outreach_app.model.errors import BadInput, NotFound, NotWritable, OutreachError, WrongPassphrase
from outreach_app.store.key_files import FILE
from outreach_app.store.keys import create_keys, open_keys, open_recovered, open_remembered
from outreach_app.store.passphrases import DEMO_COST
from outreach_app.store.recovery_keys import RecoveryKey
from outreach_app.store.slots import Slots
from tests.helpers.keyrings import Broken, Forgetful, Remembering, in_use


@pytest.fixture
def key(tmp_path: Path) -> bytes:
    return create_keys(tmp_path, "ada's words", "Ada Crowe", DEMO_COST)


@pytest.fixture
def slots(tmp_path: Path, key: bytes) -> Slots:
    return Slots(tmp_path, key, "Ada Crowe")


def test_each_worker_of_a_laptop_has_a_passphrase_of_their_own(tmp_path: Path, key: bytes, slots: Slots) -> None:
    slots.add("  Ben   Oxendine ", "ben's words", DEMO_COST)
    assert slots.workers == ["Ada Crowe", "Ben Oxendine"]
    assert open_keys(tmp_path, "ben's words").worker == "Ben Oxendine"
    assert open_keys(tmp_path, "ada's words").worker == "Ada Crowe"
    assert {open_keys(tmp_path, f"{who}'s words").key for who in ("ada", "ben")} == {key}
    assert "Ben" not in (tmp_path / FILE).read_text()


def test_a_passphrase_tells_who_is_at_work_so_it_is_one_workers_alone(slots: Slots) -> None:
    with pytest.raises(BadInput, match="in use"):
        slots.add("Ben Oxendine", "ada's words", DEMO_COST)
    slots.add("Ben Oxendine", "ben's words", DEMO_COST)
    with pytest.raises(BadInput, match="in use"):
        slots.change("ada's words", "ben's words", DEMO_COST)
    with pytest.raises(BadInput, match="in use"):
        slots.renew("ben's words", DEMO_COST)
    with pytest.raises(BadInput, match="already has"):
        slots.add("ben oxendine", "more words", DEMO_COST)
    with pytest.raises(BadInput, match="name"):
        slots.add("  ", "more words", DEMO_COST)
    with pytest.raises(BadInput, match="6 letters or more"):
        slots.add("Cora Bird", "", DEMO_COST)
    assert slots.workers == ["Ada Crowe", "Ben Oxendine"]


def test_a_changed_passphrase_opens_and_the_old_one_does_not(tmp_path: Path, key: bytes, slots: Slots) -> None:
    slots.add("Ben Oxendine", "ben's words", DEMO_COST)
    slots.change("ada's words", "ada's new words", DEMO_COST)
    assert open_keys(tmp_path, "ada's new words").key == key
    assert open_keys(tmp_path, "ada's new words").worker == "Ada Crowe"
    with pytest.raises(WrongPassphrase):
        open_keys(tmp_path, "ada's words")
    assert open_keys(tmp_path, "ben's words").key == key


def test_only_who_knows_a_passphrase_changes_it(tmp_path: Path, key: bytes, slots: Slots) -> None:
    slots.add("Ben Oxendine", "ben's words", DEMO_COST)
    for other in ("ben's words", "nobody's words"):
        with pytest.raises(WrongPassphrase, match="not your passphrase"):
            slots.change(other, "new words", DEMO_COST)
    assert open_keys(tmp_path, "ada's words").key == key


def test_a_worker_is_let_in_no_longer_but_never_who_is_at_work(tmp_path: Path, slots: Slots) -> None:
    slots.add("Ben Oxendine", "ben's words", DEMO_COST)
    slots.remove("BEN Oxendine")
    with pytest.raises(WrongPassphrase):
        open_keys(tmp_path, "ben's words")
    with pytest.raises(NotFound, match="Ben"):
        slots.remove("Ben Oxendine")
    with pytest.raises(BadInput, match="at work"):
        slots.remove("Ada Crowe")
    assert slots.workers == ["Ada Crowe"]


def test_the_keyring_opens_it_until_it_is_told_to_forget(tmp_path: Path, key: bytes, slots: Slots) -> None:
    with in_use(Remembering()) as backend:
        slots.remember()
        slots.remember()
        assert slots.remembered
        assert (open_remembered(tmp_path).key, open_remembered(tmp_path).worker) == (key, "Ada Crowe")
        assert len(backend.kept) == 1
        slots.forget()
        assert not slots.remembered
        assert not backend.kept
        with pytest.raises(WrongPassphrase):
            open_remembered(tmp_path)
    assert open_keys(tmp_path, "ada's words").key == key


def test_a_keyring_that_is_gone_leaves_the_passphrase(tmp_path: Path, key: bytes, slots: Slots) -> None:
    with in_use(Remembering()):
        slots.remember()
    for gone in (Remembering(), Broken()):
        with in_use(gone), pytest.raises(WrongPassphrase, match="keyring"):
            open_remembered(tmp_path)
    with in_use(Broken()):
        slots.forget()
    assert not slots.remembered
    assert open_keys(tmp_path, "ada's words").key == key


@pytest.mark.parametrize("backend", [Forgetful, Broken])
def test_a_computer_without_a_keyring_says_so(tmp_path: Path, slots: Slots, backend: type[Remembering]) -> None:
    before = (tmp_path / FILE).read_bytes()
    with in_use(backend()), pytest.raises(OutreachError, match="no keyring"):
        slots.remember()
    assert (tmp_path / FILE).read_bytes() == before


def test_on_a_shared_laptop_no_keyring_says_who_is_at_work(slots: Slots) -> None:
    with in_use(Remembering()) as backend:
        slots.remember()
        slots.add("Ben Oxendine", "ben's words", DEMO_COST)
        assert not slots.remembered
        assert not backend.kept
        with pytest.raises(BadInput, match="Several people"):
            slots.remember()


def test_who_came_in_by_the_sheet_has_a_passphrase_again(tmp_path: Path, key: bytes, slots: Slots) -> None:
    slots.renew("ada's found words", DEMO_COST)
    assert slots.workers == ["Ada Crowe"]
    with pytest.raises(WrongPassphrase):
        open_keys(tmp_path, "ada's words")
    Slots(tmp_path, key, "Cora Bird").renew("cora's words", DEMO_COST)
    assert slots.workers == ["Ada Crowe", "Cora Bird"]
    assert open_keys(tmp_path, "cora's words").worker == "Cora Bird"


def test_who_comes_to_share_a_laptop_by_the_sheet_is_asked_for_like_the_others(key: bytes, tmp_path: Path) -> None:
    with in_use(Remembering()):
        Slots(tmp_path, key, "Ada Crowe").remember()
        Slots(tmp_path, key, "Cora Bird").renew("cora's words", DEMO_COST)
        with pytest.raises(WrongPassphrase):
            open_remembered(tmp_path)


def test_a_newer_sheet_takes_the_place_of_the_old(tmp_path: Path, key: bytes, slots: Slots) -> None:
    old, new = RecoveryKey.new(), RecoveryKey.new()
    slots.lock_to(old.recipient)
    assert open_recovered(tmp_path, old).key == key
    slots.lock_to(new.recipient)
    assert open_recovered(tmp_path, new).key == key
    with pytest.raises(WrongPassphrase):
        open_recovered(tmp_path, old)


def test_a_damaged_or_unknown_slot_is_kept_and_in_nobodys_way(tmp_path: Path, key: bytes, slots: Slots) -> None:
    document = json.loads((tmp_path / FILE).read_bytes())
    odd = [{"kind": "passphrase", "worker": "AAAA", "sum": "0"}, {"kind": "later", "x": 1}, {"no": "kind"}]
    (tmp_path / FILE).write_text(json.dumps({**document, "slots": [*odd, *document["slots"]]}))
    slots.add("Ben Oxendine", "ben's words", DEMO_COST)
    assert slots.workers == ["Ada Crowe", "Ben Oxendine"]
    assert open_keys(tmp_path, "ben's words").key == key
    assert json.loads((tmp_path / FILE).read_bytes())["slots"][:3] == odd


def test_after_a_full_disk_every_old_slot_opens(
    tmp_path: Path, key: bytes, slots: Slots, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "no room")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(NotWritable):
            slots.change("ada's words", "new words", DEMO_COST)
    assert open_keys(tmp_path, "ada's words").key == key
    with pytest.raises(WrongPassphrase):
        open_keys(tmp_path, "new words")
