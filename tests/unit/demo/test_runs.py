"""Which folders a demo is played in. The whole play is looked at in tests/end_to_end/test_demo.py."""

from pathlib import Path

import pytest

from outreach_app.demo.runs import holds_demo, play
from outreach_app.model.errors import BadInput, NotWritable


def finished(folder: Path) -> None:
    (folder / "stores" / "coordinator").mkdir(parents=True)
    (folder / "account.json").write_text("{}")


def test_a_folder_holds_a_demo_when_it_was_played_to_its_end(tmp_path: Path) -> None:
    assert not holds_demo(tmp_path / "nothing")
    assert not holds_demo(tmp_path)
    finished(tmp_path)
    assert holds_demo(tmp_path)
    (tmp_path / "demo.unfinished").touch()
    assert not holds_demo(tmp_path)


@pytest.mark.parametrize("name", ["letter.txt", ".hidden"])
def test_a_folder_with_anything_in_it_is_left_alone(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("Dear neighbor")
    with pytest.raises(BadInput, match="is not empty"):
        play(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_an_unfinished_demo_says_what_to_do(tmp_path: Path) -> None:
    finished(tmp_path)
    (tmp_path / "demo.unfinished").touch()
    with pytest.raises(BadInput, match="Delete that folder"):
        play(tmp_path)


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    with pytest.raises(BadInput, match="is a file"):
        play(file)
    with pytest.raises((BadInput, NotWritable)):
        play(file / "demo")
