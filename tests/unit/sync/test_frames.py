"""Frames: short, damaged, foreign and newer files, told apart before any key is asked for."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach_app.model.errors import Damaged, TooNew
from outreach_app.sync.frames import OVERHEAD, Foreign, Short, framed, unframed

MAGIC = b"\x89OUTSEG\n"
payloads = st.binary(max_size=200)


@given(payloads)
def test_what_goes_in_comes_out(payload: bytes) -> None:
    data = framed(MAGIC, 1, payload)
    assert unframed(MAGIC, 1, data) == payload
    assert len(data) == len(payload) + OVERHEAD


@given(payloads, st.data())
def test_a_part_of_it_is_short(payload: bytes, data: st.DataObject) -> None:
    whole = framed(MAGIC, 1, payload)
    with pytest.raises(Short):
        unframed(MAGIC, 1, whole[: data.draw(st.integers(0, len(whole) - 1))])


@given(payloads, st.data())
def test_no_bit_can_flip(payload: bytes, data: st.DataObject) -> None:
    whole = bytearray(framed(MAGIC, 1, payload))
    place, bit = data.draw(st.integers(0, len(whole) - 1)), data.draw(st.integers(0, 7))
    whole[place] ^= 1 << bit
    with pytest.raises(Damaged):
        unframed(MAGIC, 1, bytes(whole))


@given(payloads, st.binary(min_size=1, max_size=9))
def test_what_is_longer_or_another_program_s_is_refused(payload: bytes, more: bytes) -> None:
    whole = framed(MAGIC, 1, payload)
    with pytest.raises(Damaged):
        unframed(MAGIC, 1, whole + more)
    with pytest.raises(Foreign):
        unframed(b"\x89OUTINV\n", 1, whole)
    with pytest.raises(Foreign):
        unframed(MAGIC, 1, b"PK" + whole)


def test_a_length_that_is_not_the_payload_s_is_damage_even_with_a_right_sum() -> None:
    longer = framed(MAGIC, 1, b"payload")[:-32] + b"more"
    with pytest.raises(Damaged):
        unframed(MAGIC, 1, longer + sha256(longer).digest())


def test_a_later_version_is_newer_only_where_it_is_whole() -> None:
    newer = framed(MAGIC, 2, b"")
    with pytest.raises(TooNew):
        unframed(MAGIC, 1, newer)
    with pytest.raises(Short):
        unframed(MAGIC, 1, newer[:-1])
    assert unframed(MAGIC, 2, newer) == b""


def test_zeros_where_a_file_is_still_arriving_are_foreign() -> None:
    with pytest.raises(Foreign):
        unframed(MAGIC, 1, bytes(4096))
