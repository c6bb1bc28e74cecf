"""How the command line tells what went wrong, whatever it was: a sentence, exit code 1, and no traceback."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import typer
import typer.main

from outreach_app import texts
from outreach_app.cli import programs
from outreach_app.operations.spaces import new_store, open_store
from outreach_app.store.keys import DEMO_COST

PASSPHRASE = "a passphrase for tests"
Outreach = Callable[..., tuple[object, str]]


@pytest.fixture
def outreach(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Outreach:
    """Runs the command line in this process: its exit code, and what it said on standard error."""
    monkeypatch.setenv("OUTREACH_PASSPHRASE", PASSPHRASE)

    def run(*arguments: object) -> tuple[object, str]:
        monkeypatch.setattr(sys, "argv", ["outreach", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            programs.run(None)
        return ended.value.code, capsys.readouterr().err

    return run


@pytest.fixture
def office(tmp_path: Path) -> Path:
    folder = tmp_path / "office"
    new_store(folder, PASSPHRASE, "Ada Crowe", "Hill County Health", cost=DEMO_COST).close()
    return folder


@pytest.mark.parametrize("command", [("find", "x"), ("doctor",), ("export", "x.xlsx")])
def test_a_name_too_long_is_told(outreach: Outreach, command: tuple[str, ...]) -> None:
    code, said = outreach(*command, "--store", "a" * 300)
    assert code == 1
    assert said.strip().endswith("cannot be read or written. Check the name and the folder, then try again.")


def test_a_passphrase_file_of_no_text_is_told(outreach: Outreach, office: Path, tmp_path: Path) -> None:
    words = tmp_path / "words"
    words.write_bytes(b"\xc9\xff\x00")
    code, said = outreach("find", "x", "--store", office, "--passphrase-file", words)
    assert (code, said) == (1, "The file with the passphrase cannot be read. Check its name.\n")


def test_stopping_it_is_told(outreach: Outreach, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_open_window: object) -> typer.Typer:
        made = typer.Typer(pretty_exceptions_enable=False)

        @made.command()
        def find() -> None:
            raise KeyboardInterrupt

        @made.command()
        def other() -> None:
            """A second one, so that the first must be named."""

        return made

    monkeypatch.setattr(programs, "program", interrupted)
    assert outreach("find") == (1, "Stopped. What was done before stays.\n")


def test_an_event_is_planned_as_in_the_window(outreach: Outreach, office: Path) -> None:
    code, said = outreach("record", "events", "name=Fair", "county=37173", "--store", office)
    assert (code, said) == (0, "")
    store = open_store(office, PASSPHRASE)
    try:
        (event,) = store.list("events")
        assert event.values["status"] == "planned"
        assert event.values["rural"] is not None
    finally:
        store.close()


def test_a_no_after_a_yes_takes_its_place_as_in_the_window(outreach: Outreach, office: Path) -> None:
    store = open_store(office, PASSPHRASE)
    try:
        with store.writing("make_people") as draft:
            person = draft.new("people", {"name": "Ada Crowe"})
    finally:
        store.close()
    for state in ("granted", "withdrawn"):
        answer = (f"person={person}", "channel=phone", f"state={state}", "how=spoken")
        assert outreach("record", "consents", *answer, "--store", office)[0] == 0
    store = open_store(office, PASSPHRASE)
    try:
        first, second = store.list("consents", order="made_at")
        assert second.elements("supersedes") == [first.id]
    finally:
        store.close()


def test_what_a_command_does_is_said_whole_beside_its_name(capsys: pytest.CaptureFixture[str]) -> None:
    made = typer.main.get_group(programs.program(None))
    made.main(["--help"], standalone_mode=False, terminal_width=80)
    lines = [line for line in capsys.readouterr().out.partition("Commands:")[2].splitlines() if line]
    assert len(lines) == len(made.commands)
    assert [line for line in lines if line.endswith("...")] == []


@pytest.mark.parametrize(
    ("named", "spoken"),
    [
        ({"LANG": "es_MX.UTF-8"}, "es"),
        ({"LANG": "es_MX.UTF-8", "OUTREACH_LANGUAGE": "en"}, "en"),
        ({"OUTREACH_LANGUAGE": "es", "LC_ALL": "C"}, "es"),
        ({"LC_ALL": "fr_FR", "LANG": "es_MX"}, "en"),
        ({}, "en"),
    ],
)
def test_a_command_speaks_the_language_of_the_system_or_the_one_it_was_told(
    outreach: Outreach, monkeypatch: pytest.MonkeyPatch, named: dict[str, str], spoken: str, tmp_path: Path
) -> None:
    for each in ("OUTREACH_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(each, raising=False)
    for each, value in named.items():
        monkeypatch.setenv(each, value)
    begins = {"en": "There is no store in", "es": "No hay ningún almacén en"}[spoken]
    try:
        assert outreach("find", "x", "--store", tmp_path / "none")[1].startswith(begins)
    finally:
        texts.speak("en")
