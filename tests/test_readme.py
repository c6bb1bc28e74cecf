"""The README names every command there is, and none that is not."""

import re
from pathlib import Path

import typer.main

from outreach_app.cli.programs import program

README = (Path(__file__).resolve().parent.parent / "README.md").read_text(encoding="utf-8")


def test_every_command_is_in_the_readme_and_every_one_there_exists() -> None:
    commands = set(typer.main.get_group(program(None)).commands)
    assert commands, "no commands"
    assert set(re.findall(r"^    outreach ([\w-]+)", README, re.MULTILINE)) == commands
