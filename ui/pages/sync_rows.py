"""The lines of the page of Sync: what came of it, what waits, and the folders so far."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from outreach_app.model.dates import full_moment, moment_of, short_moment
from outreach_app.operations.admissions import Waiting
from outreach_app.operations.sync_words import Line, left, outcome
from outreach_app.store.shipping import LastExchange
from outreach_app.texts import _, count
from ui.widgets.rows import Row

_ICONS = {
    "sent": "upload",
    "received": "download",
    "carried": "usb",
    "clashing": "triangle-alert",
    "not_sent": "triangle-alert",
    "empty": "usb",
    "joined": "circle-check",
    "let_in": "laptop",
    "sealed": "lock",
    "forked": "triangle-alert",
}
_NAMED = 12


def outcome_rows(account: Mapping[str, Any]) -> list[Row]:
    """What an exchange did, a line each; files that gave nothing are named where one points at them."""
    return [_row(each, "file-warning") for each in outcome(account)]


def waiting_rows(segments: Mapping[str, int], asking: Sequence[Waiting] = (), coordinator: bool = False) -> list[Row]:
    """The laptops that wait to be let in, and what is kept here and not taken in yet, a line for each reason."""
    asks = {each.device.hex() for each in asking}
    return [_row(each, "laptop" if each.key in asks else "clock") for each in left(segments, asking, coordinator)]


def _row(line: Line, otherwise: str) -> Row:
    trailing = f"{line.number:,}" if line.number or not line.why else ""
    if len(line.names) == 1:
        trailing = _("waits") if line.key.startswith("aside-1") else _("set aside")
    elif line.names:
        trailing = ""
    names = "\n".join([*line.names[:_NAMED], *(["…"] if len(line.names) > _NAMED else [])])
    icon = _ICONS.get(line.key, otherwise)
    strong = bool(trailing) and not line.names
    return Row(line.key, line.words, icon, line.why, trailing, line.waits, strong=strong, hover=names)


def folder_row(exchange: LastExchange, today: date) -> Row:
    """A folder synced with before: when, and what came of it."""
    when, account = moment_of(exchange.at), exchange.account
    aside = sum(not each["waits"] and not each.get("replaced") for each in account["set_aside"])
    parts = [
        count("{n} left", "{n} left", account["sent_changes"]),
        count("{n} taken in", "{n} taken in", account["received"] + account.get("late", 0)),
        count("{n} file set aside", "{n} files set aside", aside) if aside else "",
        count("{n} still to leave there", "{n} still to leave there", exchange.to_leave) if exchange.to_leave else "",
    ]
    return Row(
        exchange.carrier,
        Path(exchange.place).name or exchange.place,
        "folder-open",
        " · ".join(part for part in parts if part),
        short_moment(when, today),
        waits=bool(aside or account["not_sent"] or exchange.to_leave),
        hover=f"{exchange.place}, {full_moment(when)}",
    )
