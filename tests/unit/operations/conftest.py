"""Laptops for the tests of the verbs."""

from collections.abc import Iterator
from contextlib import ExitStack, closing

import pytest

from outreach_app.store.stores import Store
from tests.helpers.memories import memory


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
