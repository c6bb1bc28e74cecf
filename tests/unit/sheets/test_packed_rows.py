"""What is put together by hand is the CBOR that a library reads."""

import cbor2
import pytest

from outreach_app.sheets import packed_rows


@pytest.mark.parametrize("first", [0, 20, 22, 253, 255, 256, 40_000, 65_532, 65_533, 65_535, 65_536, 2**32 - 1, 2**63])
def test_numbers(first):
    assert packed_rows.numbers(first, 4) == [cbor2.dumps(first + place) for place in range(4)]


@pytest.mark.parametrize("count", [0, 1, 2, 23, 24, 255, 256, 700])
def test_lists(count):
    assert packed_rows.counted(packed_rows.numbers(0, count)) == cbor2.dumps([*range(count)])


def test_writes_alone_and_with_what_is_kept_beside_the_cell():
    many, seven = cbor2.dumps(300), cbor2.dumps(7)
    assert packed_rows.with_kept(many, "-04:00") == cbor2.dumps([[0, 300, 3, "-04:00"]])
    assert packed_rows.said_once(40, seven) == cbor2.dumps([40, [7]])
    assert packed_rows.said_once(40, packed_rows.with_kept(seven, "x")) == cbor2.dumps([40, [[0, 7, 3, "x"]]])
    [place] = packed_rows.in_run(cbor2.dumps(2), [many])
    assert packed_rows.shown(place) == cbor2.dumps([[0, [2, 300], 1]])
    assert packed_rows.with_kept(place, "-04:00") == cbor2.dumps([[0, [2, 300], 3, "-04:00"]])


def test_elements():
    digits, writes = "00112233445566770011223344556688", packed_rows.numbers(5, 2)
    packed = packed_rows.elements(digits, writes, writes, [(1, None), (2**32 - 1, {"number": "1"})])
    one, other = bytes.fromhex("0011223344556677"), bytes.fromhex("0011223344556688")
    assert cbor2.loads(packed) == [[one, 1, 5], [other, 2**32 - 1, [[0, 6, 3, {"number": "1"}]]]]


def test_a_row():
    parts = (cbor2.dumps([[0, 1, 2, 0, 0, 0]]), cbor2.dumps(b"1234"), cbor2.dumps([1]))
    packed = packed_rows.row(b"r" * 16, b"d" * 8, *parts, "K7Q4M2X")
    told = [b"r" * 16, b"d" * 8, [[0, 1, 2, 0, 0, 0]], b"1234", [1], None, [], "K7Q4M2X", None]
    assert packed == cbor2.dumps(told)


def test_a_row_that_says_how_far_others_had_read():
    packed = packed_rows.row(b"r" * 16, b"d" * 8, b"\x80", b"\x40", b"\x80", "K7Q4M2X", cbor2.dumps([1, 2]))
    assert cbor2.loads(packed) == [b"r" * 16, b"d" * 8, [], b"", [], None, [], "K7Q4M2X", [1, 2]]
