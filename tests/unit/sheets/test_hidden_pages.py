"""The hidden page is believed only as it was signed."""

import random

import cbor2
import pytest
from nacl.signing import SigningKey

from outreach_app.journal.changes import Horizon, WriteId
from outreach_app.sheets.books import Signer
from outreach_app.sheets.hidden_pages import FORMAT, PageError, PageWriter, read_enclosed, read_page
from outreach_app.sheets.left_books import LeftBook, left_book

KEY = SigningKey(b"k" * 32)
SIGNER = Signer(lambda digest: KEY.sign(digest).signature, bytes(KEY.verify_key))


def page(rows: int = 3, enclosed: tuple[bytes, ...] = (), **header: object) -> list[str]:
    made = PageWriter({"format": FORMAT, "key": SIGNER.public_key, **header}, "en")
    for number in range(rows):
        made.add(number % 2, bytes([number % 256]) * 90)
    return [*made.close({"counts": {}}, enclosed, SIGNER)]


def test_a_page_comes_back():
    read = read_page(page(5, (b"inner",), made_by="Ada"))
    assert read.header["made_by"] == "Ada"
    assert [(kind, [row[0] for row in rows]) for kind, rows in read.rows] == [
        (0, [0]),
        (1, [1]),
        (0, [2]),
        (1, [3]),
        (0, [4]),
    ]
    assert read.enclosed == (b"inner",)
    assert read_enclosed(read.whole).header == read.header


def test_strings_fit_into_cells():
    chance = random.Random(1)
    made = PageWriter({"format": FORMAT, "key": SIGNER.public_key}, "en")
    rows = [chance.randbytes(70_000) for _row in range(5)]
    for row in rows:
        made.add(0, row)
    strings = [*made.close({}, (), SIGNER)]
    assert max(map(len, strings)) <= 32_767
    assert [row for _kind, block in read_page(strings).rows for row in block] == rows


def test_any_change_is_noticed():
    strings = page(40)
    chance = random.Random(2)
    for _try in range(60):
        spoilt = list(strings)
        line = chance.randrange(1, len(spoilt))
        at = chance.randrange(len(spoilt[line]))
        other = "A" if spoilt[line][at] != "A" else "B"
        spoilt[line] = spoilt[line][:at] + other + spoilt[line][at + 1 :]
        with pytest.raises(PageError):
            read_page(spoilt)


@pytest.mark.parametrize("strings", [[], ["-"], ["-", "s"], ["-", "sAAAA"], ["-", "hAAAA", "sAAAA"], ["-", "x", "y"]])
def test_what_is_no_page(strings):
    with pytest.raises(PageError):
        read_page(strings)


def test_lines_lost_or_moved_are_noticed():
    strings = page(4)
    for spoilt in (strings[:-1], strings[:2] + strings[3:], [strings[0], strings[2], strings[1], *strings[3:]]):
        with pytest.raises(PageError):
            read_page(spoilt)


def test_another_key_than_the_header_says():
    other = SigningKey(b"o" * 32)
    made = PageWriter({"format": FORMAT, "key": SIGNER.public_key}, "en")
    strings = [*made.close({}, (), Signer(lambda digest: other.sign(digest).signature, b""))]
    with pytest.raises(PageError):
        read_page(strings)


def test_a_newer_format_is_not_guessed_at():
    with pytest.raises(PageError):
        read_page(page(1, format=FORMAT + 1))


@pytest.mark.parametrize("enclosed", [b"", b"\xff", cbor2.dumps("text"), cbor2.dumps([1, 2])])
def test_what_was_passed_on_may_be_anything(enclosed):
    with pytest.raises(PageError):
        read_enclosed(enclosed)


def test_what_was_signed_to_do_harm_is_refused():
    sheet = ["things", "Things", [["name", "text", "value", "", ""]], [["Name", "name"]]]
    header = {"kinds": [sheet], "language": "en", "words": {}, "salt": b"s" * 16}
    header |= {"made_at": 1, "made_by": "A", "export": b"e" * 16}
    trailer = {
        "runs": [b"r" * 16],
        "authors": ["A"],
        "devices": [b"d"],
        "sources": ["live"],
        "horizon": {},
        "beyond": [],
        "heard": [[{0: 4}, [[0, 9]]]],
        "counts": {"things": 1},
    }
    stamp = [0, 1, 5, 0, 0, 0]
    good = [b"i" * 16, b"d" * 8, [stamp], b"\0" * 4, [1], None, [], "CODE", [[0, ["name"]]]]
    spoilt = [
        [],
        [1, 2, 3, 4, 5, 6, 7, 8, 9],
        good[:8],
        [b"i", *good[1:]],
        [*good[:2], [[7, 1, 5, 0, 0, 0]], *good[3:]],
        [*good[:2], [], *good[3:]],
        [*good[:3], b"\0", *good[4:]],
        [*good[:4], [[[0, b"short", 1]]], *good[5:]],
        [*good[:4], ["text"], *good[5:]],
        [*good[:4], [[[3, 1, 1]]], *good[5:]],
        [*good[:5], {"x": [["", 5, []]]}, *good[6:]],
        [*good[:6], [[9, 1]], *good[7:]],
        [*good[:8], [[1, ["name"]]]],
        [*good[:8], [[-1, ["name"]]]],
        [*good[:8], [[0, [7]]]],
        [*good[:8], [[0]]],
        [*good[:8], "text"],
        "text",
    ]

    def book(row: object) -> LeftBook:
        made = PageWriter({"format": FORMAT, "key": SIGNER.public_key, **header}, "en")
        made.add(0, cbor2.dumps(row))
        return left_book(read_page([*made.close(trailer, (), SIGNER)]))

    assert book(good).heard == [Horizon({b"r" * 16: 4}, frozenset({WriteId(b"r" * 16, 9)}))]
    for row in spoilt:
        with pytest.raises(PageError):
            book(row)
