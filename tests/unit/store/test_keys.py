"""The key file: what opens it, and a sentence of its own for everything that does not."""

import json
from pathlib import Path
from typing import Any

import pytest

from outreach_app.model.errors import BadInput, Damaged, DamagedStore, NotFound, OutreachError, TooNew, WrongPassphrase
from outreach_app.store import keys
from outreach_app.store.key_files import FILE
from outreach_app.store.keys import create_keys, open_keys, open_recovered, open_remembered
from outreach_app.store.passphrases import DEMO_COST
from outreach_app.store.recovery_keys import RecoveryKey


@pytest.fixture
def key(tmp_path: Path) -> bytes:
    return create_keys(tmp_path, "río grande", "Ada Crowe", DEMO_COST)


def altered(folder: Path, **changes: Any) -> None:
    document = json.loads((folder / FILE).read_bytes())
    (folder / FILE).write_text(json.dumps(document | changes))


def slot(folder: Path) -> dict[str, Any]:
    (first,) = json.loads((folder / FILE).read_bytes())["slots"]
    assert isinstance(first, dict)
    return first


def test_the_passphrase_opens_what_it_made(tmp_path: Path, key: bytes) -> None:
    assert len(key) == 32
    assert open_keys(tmp_path, "río grande").key == key
    assert open_keys(tmp_path, "ri\N{COMBINING ACUTE ACCENT}o grande").key == key


def test_two_stores_have_two_keys(tmp_path: Path, key: bytes) -> None:
    assert create_keys(tmp_path / "other", "río grande", "Ada Crowe", DEMO_COST) != key


def test_nothing_is_readable_in_the_file(tmp_path: Path, key: bytes) -> None:
    written = (tmp_path / FILE).read_text()
    assert "Ada" not in written
    assert key.hex() not in written
    assert sorted(path.name for path in tmp_path.iterdir()) == [FILE]


def test_every_fault_has_a_sentence_of_its_own(tmp_path: Path, key: bytes) -> None:
    good = (tmp_path / FILE).read_bytes()
    assert open_keys(tmp_path, "río grande").key == key
    said = set()

    def fails(kind: type[OutreachError], folder: Path = tmp_path, passphrase: str = "río grande") -> None:
        with pytest.raises(kind) as fault:
            open_keys(folder, passphrase)
        assert type(fault.value) is kind
        said.add(str(fault.value))

    fails(WrongPassphrase, passphrase="rio grande")
    fails(NotFound, folder=tmp_path / "nowhere")
    altered(tmp_path, format=2)
    fails(TooNew)
    (tmp_path / FILE).write_bytes(good[: len(good) // 2])
    fails(DamagedStore)
    assert len(said) == 4


@pytest.mark.parametrize("name", ["salt", "cost", "proof", "wrapped", "worker", "sum", "kind"])
def test_a_damaged_slot_is_not_taken_for_a_wrong_passphrase(tmp_path: Path, key: bytes, name: str) -> None:
    assert key
    broken = slot(tmp_path)
    broken[name] = broken[name][:-6] + "AAAAA=" if isinstance(broken[name], str) else {}
    if name == "kind":
        del broken[name]
    altered(tmp_path, slots=[broken])
    with pytest.raises(Damaged):
        open_keys(tmp_path, "río grande")


def test_damage_to_one_slot_leaves_another_good(tmp_path: Path, key: bytes) -> None:
    good = slot(tmp_path)
    altered(tmp_path, slots=[good | {"sum": "0"}, {"kind": "keyring", "handle": "x"}, good])
    assert open_keys(tmp_path, "río grande").key == key
    with pytest.raises(Damaged):
        open_keys(tmp_path, "another")


def test_slots_of_later_kinds_are_passed_over(tmp_path: Path, key: bytes) -> None:
    altered(tmp_path, slots=[{"kind": "recovery", "words": 24}, slot(tmp_path)])
    assert open_keys(tmp_path, "río grande").key == key
    altered(tmp_path, slots=[{"kind": "recovery", "words": 24}])
    with pytest.raises(WrongPassphrase):
        open_keys(tmp_path, "río grande")


def test_a_slot_of_another_store_is_not_taken(tmp_path: Path, key: bytes) -> None:
    create_keys(tmp_path / "other", "río grande", "Ada Crowe", DEMO_COST)
    altered(tmp_path, slots=[slot(tmp_path / "other")])
    with pytest.raises(Damaged):
        open_keys(tmp_path, "río grande")
    assert key


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"format": "1"}', '{"format": 1, "slots": []}', "\0\0", '{"format": 1}']
)
def test_what_is_no_key_file_is_damaged(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text)
    with pytest.raises(Damaged):
        open_keys(tmp_path, "río grande")


def test_a_hostile_cost_is_not_paid(tmp_path: Path, key: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    assert key
    hostile = {name: value for name, value in slot(tmp_path).items() if name != "sum"}
    hostile["cost"] = {"memory_kib": 2**31, "passes": 1, "lanes": 1}
    altered(tmp_path, slots=[hostile | {"sum": keys._sum(hostile)}])
    monkeypatch.setattr(keys, "stretch", lambda *_: pytest.fail("it was paid"))
    with pytest.raises(Damaged):
        open_keys(tmp_path, "río grande")


def test_a_store_is_never_made_over_another(tmp_path: Path, key: bytes) -> None:
    with pytest.raises(BadInput, match="already"):
        create_keys(tmp_path, "new", "Ada Crowe", DEMO_COST)
    assert open_keys(tmp_path, "río grande").key == key


def test_a_passphrase_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        create_keys(tmp_path, "", "Ada Crowe", DEMO_COST)
    assert not (tmp_path / FILE).exists()


def test_whoever_opens_it_is_named_and_nothing_else_is(tmp_path: Path, key: bytes) -> None:
    opened = open_keys(tmp_path, "río grande")
    assert opened.worker == "Ada Crowe"
    assert key.hex() not in repr(opened)
    assert repr(key) not in repr(opened)


def test_the_recovery_sheet_opens_it_and_no_other_does(tmp_path: Path) -> None:
    sheet = RecoveryKey.new()
    key = create_keys(tmp_path, "río grande", "Ada Crowe", DEMO_COST, sheet.recipient)
    assert open_recovered(tmp_path, sheet).key == key
    assert open_recovered(tmp_path, sheet).worker == ""
    with pytest.raises(WrongPassphrase, match="another department"):
        open_recovered(tmp_path, RecoveryKey.new())
    assert open_keys(tmp_path, "río grande").key == key


@pytest.mark.parametrize("name", ["sealed", "sum"])
def test_a_damaged_recovery_slot_is_not_taken_for_another_sheet(tmp_path: Path, name: str) -> None:
    sheet = RecoveryKey.new()
    create_keys(tmp_path, "río grande", "Ada Crowe", DEMO_COST, sheet.recipient)
    first, second = json.loads((tmp_path / FILE).read_bytes())["slots"]
    altered(tmp_path, slots=[first, second | {name: "AAAA" + second[name][4:]}])
    with pytest.raises(Damaged):
        open_recovered(tmp_path, sheet)


def test_no_keyring_is_an_ordinary_case(tmp_path: Path, key: bytes) -> None:
    assert key
    with pytest.raises(WrongPassphrase, match="write your passphrase"):
        open_remembered(tmp_path)
