"""Laptops for the tests of the verbs."""

from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from outreach_app.store.stores import Store
from tests.helpers.departments import Department, department
from tests.helpers.memories import memory
from tests.helpers.wreckage import Lost, lost_in


@pytest.fixture
def laptops() -> Iterator[list[Store]]:
    """Two laptops of one space, in memory."""
    with ExitStack() as held:
        yield [held.enter_context(closing(memory(name))) for name in ("Ada Crowe", "Ben Squirrel")]


@pytest.fixture
def laptop(laptops: list[Store]) -> Store:
    """One of them."""
    return laptops[0]


@pytest.fixture
def event(laptop: Store) -> str:
    """An event on it."""
    with laptop.writing("make_events") as draft:
        return draft.new("events", {"name": "Fire hall, Alarka"})


@pytest.fixture
def county(tmp_path: Path) -> Iterator[Department]:
    """A department of stores on disk, its coordinator's open."""
    with department(tmp_path) as made:
        yield made


@pytest.fixture(scope="module")
def lost(store_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Lost:
    """A day of a store with a backup and a folder, before it is damaged."""
    return lost_in(tmp_path_factory.mktemp("day"), store_template)
