"""The exact versions in pyproject.toml are those installed, follow from the ranges, and carry no address."""

import re

import pytest

from tests import pins

TEXT = pins.PYPROJECT.read_text(encoding="utf-8")


def test_the_pins_are_current() -> None:
    assert pins.problems(TEXT) == [], "run: uv run python -m tests.pins --write"


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        (r'"typst==[^"]+"', '"typst==0.1.0"', "typst"),
        (r' *"typst==[^"]+",\n', "", "typst"),
        (r'"mako==[^"]+"', '"mako @ file:///elsewhere/mako.whl"', "an address"),
        (r'"mako==[^"]+",\n', '"mako==0.1",\n', "is installed, pinned is mako==0.1"),
        (r'"openpyxl>=3.1.5,<4"', '"openpyxl>=3.1.4,<4"', "have changed"),
    ],
)
def test_what_is_out_of_date_is_said(was: str, becomes: str, said: str) -> None:
    changed, times = re.subn(was, becomes, TEXT, count=1)
    assert times == 1
    assert any(said in problem for problem in pins.problems(changed))


def test_what_nothing_needs_is_said_where_all_that_is_needed_is_here() -> None:
    """What another group stands on is told only by what is installed, and that may not be."""
    more = TEXT.replace('"mako==', '"packages-nobody-needs==1.0",\n    "mako==')
    alone = re.sub(r"^benchmarks = \[.*?^\]", "benchmarks = []", more, flags=re.MULTILINE | re.DOTALL)
    assert "packages-nobody-needs is pinned and needed by nothing" in pins.problems(alone)
    assert not any("needed by nothing" in problem for problem in pins.problems(TEXT))


def test_a_new_block_takes_the_place_of_the_old() -> None:
    fresh = pins.BLOCK.sub("", TEXT)
    assert "constraint-dependencies" not in fresh
    again = (
        fresh.rstrip("\n")
        + "\n"
        + pins.block(["typst==0.15.2"], {"project": {"requires-python": "", "dependencies": []}})
    )
    assert pins.BLOCK.sub("", again).rstrip() == fresh.rstrip()
