"""What is put together by hand is the CBOR that a library reads."""

import cbor2
import pytest

from outreach_app.sheets import packed_rows


@pytest.mark.parametrize("value", [0, 23, 24, 255, 256, 65_535, 65_536, 2**32, 2**63])
def test_numbers(value):
    assert packed_rows.number(value) == cbor2.dumps(value)


@pytest.mark.parametrize("count", [0, 1, 2, 23, 24, 255, 256, 700])
def test_lists(count):
    assert packed_rows.counted([packed_rows.number(place) for place in range(count)]) == cbor2.dumps([*range(count)])


def test_writes_alone_and_with_what_is_kept_beside_the_cell():
    assert cbor2.loads(packed_rows.write(300, None)) == 300
    assert cbor2.loads(packed_rows.write(300, "-04:00")) == [[0, 300, 3, "-04:00"]]
    assert cbor2.loads(packed_rows.write(300, None, packed_rows.number(2))) == [[0, [2, 300], 1]]
    assert cbor2.loads(packed_rows.write(300, "-04:00", packed_rows.number(2))) == [[0, [2, 300], 3, "-04:00"]]
    assert cbor2.loads(packed_rows.said_once(40, packed_rows.write(7, None))) == [40, [7]]
    assert cbor2.loads(packed_rows.said_once(40, packed_rows.write(7, "x"))) == [40, [[0, 7, 3, "x"]]]


def test_elements():
    packed = packed_rows.elements("00112233445566770011223344556688", 5, [(1, None), (2**32 - 1, {"number": "1"})])
    one, other = bytes.fromhex("0011223344556677"), bytes.fromhex("0011223344556688")
    assert cbor2.loads(packed) == [[one, 1, 5], [other, 2**32 - 1, [[0, 6, 3, {"number": "1"}]]]]


def test_a_row():
    parts = (cbor2.dumps([[0, 1, 2, 0, 0, 0]]), cbor2.dumps(b"1234"), cbor2.dumps([1]))
    packed = packed_rows.row(b"r" * 16, b"d" * 8, *parts, "K7Q4M2X")
    told = [b"r" * 16, b"d" * 8, [[0, 1, 2, 0, 0, 0]], b"1234", [1], None, [], "K7Q4M2X", None]
    assert packed == cbor2.dumps(told)
