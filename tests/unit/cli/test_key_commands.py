"""Who can open a store, from the command line."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from outreach_app.cli import programs
from outreach_app.operations.spaces import new_store, open_store
from outreach_app.store.passphrases import DEMO_COST
from outreach_app.store.recovery_keys import SETTING, RecoveryKey

PASSPHRASE = "a passphrase for tests"
NEW = "another passphrase for tests"
Outreach = Callable[..., tuple[object, str, str]]


@pytest.fixture
def outreach(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Outreach:
    """Runs the command line in this process: its exit code, what it said, and what it said on standard error."""
    monkeypatch.setenv("OUTREACH_PASSPHRASE", PASSPHRASE)
    monkeypatch.setenv("OUTREACH_NEW_PASSPHRASE", NEW)

    def run(*arguments: object) -> tuple[object, str, str]:
        monkeypatch.setattr(sys, "argv", ["outreach", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            programs.run(None)
        said = capsys.readouterr()
        return ended.value.code, said.out, said.err

    return run


@pytest.fixture
def office(tmp_path: Path) -> Path:
    folder = tmp_path / "office"
    new_store(folder, PASSPHRASE, "Ada Crowe", "Hill County Health", cost=DEMO_COST).close()
    return folder


def words_of(office: Path) -> str:
    store = open_store(office, PASSPHRASE)
    words = " ".join(RecoveryKey(store.setting(SETTING)).words)
    store.close()
    return words


def opens(office: Path, passphrase: str) -> str:
    store = open_store(office, passphrase)
    store.close()
    return store.worker


def test_a_passphrase_is_changed(outreach: Outreach, office: Path, tmp_path: Path) -> None:
    file = tmp_path / "new.txt"
    file.write_text("from a file\n", encoding="utf-8")
    assert outreach("passphrase", "--store", office, "--new-passphrase-file", file)[0] == 0
    assert opens(office, "from a file") == "Ada Crowe"
    code, _out, said = outreach("passphrase", "--store", office)
    assert (code, "not the passphrase" in said) == (1, True)


def test_workers_come_and_go(outreach: Outreach, office: Path) -> None:
    assert outreach("workers", "--store", office, "--add", "Ben Oxendine")[1] == "Ada Crowe\nBen Oxendine\n"
    assert opens(office, NEW) == "Ben Oxendine"
    assert json.loads(outreach("workers", "--store", office, "--json")[1]) == {"workers": ["Ada Crowe", "Ben Oxendine"]}
    code, _out, said = outreach("workers", "--store", office, "--remove", "Ada Crowe")
    assert (code, "at work" in said) == (1, True)
    assert outreach("workers", "--store", office, "--remove", "Ben Oxendine")[1] == "Ada Crowe\n"


def test_without_a_keyring_nothing_changes(outreach: Outreach, office: Path) -> None:
    before = (office / "keys.json").read_bytes()
    code, _out, said = outreach("keyring", "--use", "--store", office)
    assert (code, "no keyring" in said) == (1, True)
    assert outreach("keyring", "--forget", "--store", office)[0] == 0
    assert (office / "keys.json").read_bytes() == before


def test_a_sheet_is_made_proven_and_then_made_no_more(outreach: Outreach, office: Path, tmp_path: Path) -> None:
    words, sheet = tmp_path / "words.txt", tmp_path / "sheet.pdf"
    words.write_text(words_of(office))
    _code, said, _err = outreach("recovery", sheet, "--store", office, "--language", "es")
    assert sheet.read_bytes().startswith(b"%PDF")
    assert "delete the file" in said
    assert words_of(office).split()[0] not in said
    assert outreach("recovery", sheet, "--store", office, "--language", "fr")[0] == 2
    assert outreach("prove", "--store", office, "--words-file", tmp_path / "nowhere")[0] == 1
    assert outreach("prove", "--store", office, "--words-file", words)[0] == 0
    code, _out, said = outreach("recovery", tmp_path / "again.pdf", "--store", office)
    assert (code, "does not know the words" in said) == (1, True)
    assert not (tmp_path / "again.pdf").exists()


def test_the_sheet_opens_what_nobody_has_the_passphrase_of(outreach: Outreach, office: Path, tmp_path: Path) -> None:
    words = tmp_path / "words.txt"
    words.write_text(words_of(office))
    assert outreach("recover", "--store", office, "--worker", "Cora Bird", "--words-file", words)[0] == 0
    assert opens(office, NEW) == "Cora Bird"
    assert opens(office, PASSPHRASE) == "Ada Crowe"


def test_only_the_sheet_and_a_backup_are_left(outreach: Outreach, office: Path, tmp_path: Path) -> None:
    backup, words, copy = tmp_path / "b.backup", tmp_path / "words.txt", tmp_path / "copy"
    words.write_text(words_of(office))
    assert outreach("backup", backup, "--store", office)[0] == 0
    by_sheet = ("restore", backup, "--store", copy, "--words-file", words)
    code, _out, said = outreach(*by_sheet)
    assert (code, "your name" in said) == (1, True)
    assert not copy.exists()
    assert outreach(*by_sheet, "--worker", "Cora Bird")[0] == 0
    assert opens(copy, NEW) == "Cora Bird"
    assert opens(copy, PASSPHRASE) == "Ada Crowe"


def test_a_short_passphrase_is_advised_against_and_the_trivially_short_refused(
    outreach: Outreach, office: Path, tmp_path: Path
) -> None:
    file = tmp_path / "new.txt"
    for passphrase, ended, told in (
        ("abc", 1, "Please choose a passphrase of 6 letters or more."),
        ("", 1, "Please choose a passphrase of 6 letters or more."),
        ("mountain", 0, "Whoever takes the laptop may guess this one."),
        ("kettle moss trio barn", 0, ""),
    ):
        file.write_text(passphrase, encoding="utf-8")
        code, _said, err = outreach("workers", "--add", f"Who {len(passphrase)}", "--store", office,
                                    "--new-passphrase-file", file)  # fmt: skip
        assert (code, err.startswith(told), bool(err)) == (ended, True, bool(told))
    assert opens(office, "mountain") == "Who 8"
    file.write_text("abc", encoding="utf-8")
    asked = ("--worker", "Ben", "--department", "Hill County", "--passphrase-file", file)
    assert outreach("new", tmp_path / "short", *asked)[0] == 1
    assert not (tmp_path / "short").exists()
