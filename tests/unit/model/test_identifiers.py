"""Ids: unlike any other, older first, and alike on every laptop where they are derived."""

import time
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from outreach_app.model.identifiers import (
    derived_element,
    derived_id,
    digest_of,
    id_bytes,
    id_text,
    new_element,
    new_id,
)


def test_a_new_id_is_a_uuid_of_version_7_that_tells_the_time() -> None:
    before = time.time_ns() // 1_000_000
    drawn = uuid.UUID(new_id())
    assert drawn.version == 7
    assert drawn.variant == uuid.RFC_4122
    assert before <= drawn.int >> 80 <= time.time_ns() // 1_000_000


@pytest.mark.parametrize("draw", [new_id, new_element])
def test_what_is_drawn_later_sorts_later_even_in_one_millisecond(draw: object) -> None:
    drawn = [draw() for _ in range(3_000)]
    assert drawn == sorted(drawn)
    assert len(set(drawn)) == len(drawn)


def test_two_threads_never_draw_the_same_id() -> None:
    with ThreadPoolExecutor(4) as pool:
        drawn = [each for part in pool.map(lambda _: [new_id() for _ in range(500)], range(8)) for each in part]
    assert len(set(drawn)) == len(drawn)


def test_a_derived_id_follows_from_its_parts_and_where_they_end() -> None:
    assert derived_id("link", "a", "b") == derived_id("link", "a", "b") != derived_id("link", "ab", "")
    assert uuid.UUID(derived_id("x")).version == 8
    assert derived_element("x", b"y") == derived_element("x", b"y") != derived_element("xy", b"")
    assert len(derived_element("x")) == 16
    assert len(digest_of("x")) == 16


def test_an_id_is_sixteen_bytes_and_text() -> None:
    drawn = new_id()
    assert id_text(id_bytes(drawn)) == drawn
    assert len(id_bytes(drawn)) == 16
    assert (id_text(bytes(range(16))), len(id_bytes(id_text(bytes(16))))) == (
        str(uuid.UUID(bytes=bytes(range(16)))),
        16,
    )
    for wrong in ("no id", drawn[:-1], drawn[:-2], drawn + "00"):
        with pytest.raises(ValueError):
            id_bytes(wrong)
    with pytest.raises(ValueError):
        id_text(bytes(15))
