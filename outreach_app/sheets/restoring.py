"""What a cell may have said before a program that knows no better changed its type."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from outreach_app.model.errors import BadInput
from outreach_app.model.fields import Field, Shape
from outreach_app.sheets.cells import Cell, canonical
from outreach_app.sheets.parsing import DAY_ZERO, MAC_DAY_ZERO, SLASHED, Order, day_of_slashes, is_zip
from outreach_app.texts import LANGUAGES, say

_DIGITS = frozenset({Shape.TEXT, Shape.LONG_TEXT, Shape.CODE, Shape.PHONE, Shape.COUNTY})
_LONGEST_NUMBER, _LONGEST_PADDED = 15, 12
_LAST_SERIAL = 100_000


def restored(about: Field, cell: Cell, order: Order = Order.UNKNOWN) -> Iterator[str]:
    """The canonical texts that a cell may have had; its own first.

    A ZIP loses its noughts, a day becomes a number or is written with slashes, a moment loses its seconds, an answer
    becomes a logical value. Which of them it was, the digest of what left decides, so nothing here is a guess.
    """
    text = canonical(cell)
    yield text
    if about.shape in _DIGITS and text.isdecimal() and len(text) < _LONGEST_NUMBER:
        yield from (text.zfill(length) for length in range(len(text) + 1, _LONGEST_PADDED))
        yield f"+{text}"
        if is_zip(about) and len(text) > 5:
            nine = text.zfill(9)
            yield f"{nine[:5]}-{nine[5:]}"
    if about.shape is Shape.NUMBER and "," in text:
        yield text.replace(",", "")
    if about.shape is Shape.YES_NO and text in ("0", "1"):
        yield from (canonical(say("Yes" if text == "1" else "No", language)) for language in LANGUAGES)
    if about.shape in (Shape.DATE, Shape.MOMENT):
        yield from _days(about, cell, text, order)


def _days(about: Field, cell: Cell, text: str, order: Order) -> Iterator[str]:
    for when in (*_whens(cell, text, order), text.replace(" ", "T")):
        yield when
        if about.shape is Shape.MOMENT:
            yield from _with_seconds(when)


def _whens(cell: Cell, text: str, order: Order) -> Iterator[str]:
    if isinstance(cell, float | int) and not isinstance(cell, bool) and 0 < cell < _LAST_SERIAL:
        yield from (canonical(zero + timedelta(days=cell)) for zero in (DAY_ZERO, MAC_DAY_ZERO))
    slashed = SLASHED.fullmatch(text)
    if slashed:
        for each in (order,) if order is not Order.UNKNOWN else (Order.MONTH_FIRST, Order.DAY_FIRST):
            try:
                yield day_of_slashes(slashed, each) + (f"T{slashed[4].zfill(5)}" if slashed[4] else "")
            except BadInput:
                continue


def _with_seconds(when: str) -> Iterator[str]:
    try:
        moment = datetime.fromisoformat(when)
    except ValueError:
        return
    minute = moment.replace(second=0, microsecond=0, tzinfo=None)
    yield from (canonical(minute + timedelta(seconds=second)) for second in range(60))
