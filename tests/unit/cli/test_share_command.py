"""Texts for sharing, from the command line."""

import json
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from outreach_app.cli import programs
from outreach_app.operations.feedback import NewFeedback, record_feedback
from outreach_app.operations.records import make_record
from outreach_app.operations.spaces import open_store
from tests.conftest import PASSPHRASE
from tests.helpers.departments import department

Outreach = Callable[..., tuple[object, str, str]]


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A coordinator's store with one piece of feedback and one partner."""
    with department(tmp_path) as made:
        record_feedback(made.office, NewFeedback("Maria's bus is late", may_share="yes"))
        make_record(made.office, "organizations", {"name": "Pine Pantry"})
        made.office.close()
        return made.place / "office"


@pytest.fixture
def outreach(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], office: Path) -> Outreach:
    monkeypatch.setenv("OUTREACH_PASSPHRASE", PASSPHRASE)

    def run(*arguments: object) -> tuple[object, str, str]:
        words = ["outreach", "share", *map(str, arguments), "--store", str(office)]
        monkeypatch.setattr(sys, "argv", words)
        with pytest.raises(SystemExit) as ended:
            programs.run(None)
        said = capsys.readouterr()
        return ended.value.code, said.out, said.err

    return run


def told(outreach: Outreach, *arguments: object) -> Any:
    code, said, _err = outreach(*arguments, "--json")
    assert code == 0
    return json.loads(said)


def test_a_text_is_listed_written_released_and_taken_back(outreach: Outreach, office: Path) -> None:
    listed = told(outreach)
    assert listed["counts"] == {"to_write": 1, "written": 0, "released": 0}
    [each] = listed["feedback"]
    assert (each["words"], each["text"], each["may_share"]) == ("Maria's bus is late", "", "yes")
    written = told(outreach, each["code"], "--text", "The bus is late on Tuesday")
    assert (written["stage"], written["text"]) == ("written", "The bus is late on Tuesday")
    assert written["tells"] == [{"what": "day", "words": "Tuesday"}]
    with closing(open_store(office, PASSPHRASE)) as store:
        [pantry] = store.list("organizations")
    assert told(outreach, each["code"], "--text", "The bus is late", "--partner", pantry.code)["stage"] == "released"
    with closing(open_store(office, PASSPHRASE)) as store:
        assert store.list("feedback")[0].elements("released_to") == [pantry.id]
    code, said, _err = outreach("--which", "released")
    assert (code, said.splitlines()[0]) == (0, "to_write 0, written 0, released 1")
    assert said.splitlines()[1].endswith("The bus is late")
    assert told(outreach, each["code"], "--take-back")["stage"] == "written"


def test_what_still_tells_is_said_in_words(outreach: Outreach) -> None:
    [each] = told(outreach)["feedback"]
    _code, said, _err = outreach(each["code"], "--text", "Late on Tuesday at 4:30 pm")
    assert said.splitlines()[-1] == "It still tells: Tuesday, 4:30 pm"


def test_wrong_usage_says_what_there_is(outreach: Outreach) -> None:
    code, _said, err = outreach("--which", "all")
    assert (code, "to_write, written or released" in err) == (2, True)
    code, _said, err = outreach("NOPE")
    assert (code, "NOPE" in err) == (1, True)
    [each] = told(outreach)["feedback"]
    code, _said, err = outreach(each["code"], "--release")
    assert (code, "Write it first" in err) == (1, True)
