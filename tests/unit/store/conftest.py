"""Laptops of one space for the tests of the store."""

from collections.abc import Iterator
from contextlib import ExitStack, closing

import pytest

from outreach_app.store.stores import Store
from tests.helpers.memories import memory


@pytest.fixture
def laptops() -> Iterator[list[Store]]:
    """Three stores in memory, that hold nothing but the founding change."""
    with ExitStack() as held:
        yield [held.enter_context(closing(memory(name))) for name in ("Ada Crowe", "Ben Squirrel", "Cora Toineeta")]


@pytest.fixture
def laptop(laptops: list[Store]) -> Store:
    """One of them."""
    return laptops[0]
