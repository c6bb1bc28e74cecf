"""Taking in a return file: what of this laptop's work the department holds, and what became of its workbooks."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from outreach_app.journal.changes import Horizon
from outreach_app.journal.members import Membership
from outreach_app.journal.statements import device_of, is_run_of
from outreach_app.model.codes import device_code
from outreach_app.model.dates import full_moment, moment_of
from outreach_app.model.errors import BadInput, Damaged, OutreachError
from outreach_app.operations.syncing import StoreReplica
from outreach_app.sheets.accounts import FileAccount, kind_called
from outreach_app.sheets.readings import ReadBook
from outreach_app.store.returns import HeldWrites, Returns
from outreach_app.store.stores import Store
from outreach_app.sync.segments import open_segment
from outreach_app.texts import _, count

MERGED = "merged workbooks"
"""The setting that holds, by laptop and export in hex, what became of the workbooks merged here."""
_KEPT = 100  # workbooks of one laptop, the latest
_ASIDE = 500  # rows set aside of one workbook that a return file tells; the rest are counted


_SHAPES = (ValueError, TypeError, KeyError, IndexError, AttributeError)


def hear_who_belongs(store: Store, told: Any) -> Membership:
    """Who belongs, once this laptop has taken in what a return file tells of it, as a sync would: one that never synced
    knows nobody but the founder. What is not as it was signed, or of others, says nothing."""
    segments = told.get("who_belongs") if isinstance(told, Mapping) else None
    replica = StoreReplica(store)
    for data in segments if isinstance(segments, list) else ():
        if isinstance(data, bytes):
            with suppress(OutreachError):
                replica.apply(open_segment(data, store.space))
    if segments:
        replica.retry()
    return store.membership()


def check_returned(store: Store, book: ReadBook) -> None:
    """Refuse a return file that is for another laptop, or that no coordinator made. Raises BadInput; Damaged where a
    coordinator signed what makes no sense."""
    if device_of(book.signer or b"") not in store.membership().coordinators:
        raise BadInput(
            _("This return file was not made by a coordinator whom this laptop knows. Nothing of it was taken.")
        )
    if _told(store, book).device != store.device:
        raise BadInput(
            _(
                "This return file is for another laptop, {code}; this one is {own}. Nothing of it was taken.",
                code=device_code(_told(store, book).device),
                own=device_code(store.device),
            )
        )


def take_returned(store: Store, book: ReadBook, account: FileAccount, dry_run: bool) -> None:
    """Note what the department holds of this laptop's own work, and say in the account what became of its workbooks."""
    told = _told(store, book)
    with store.reading() as connection:
        held = replace(told.held, horizon=_known_by_its_maker(book))
        received = Returns(connection).received(store.device, held, told.books | {book.export})
    day = full_moment(moment_of(book.made_at))
    account.remarks += [_("Return file of {name}, made {day}.", name=book.made_by, day=day), *told.lines]
    if dry_run:
        return
    store.take_receipts(device_of(book.signer or b""), received)
    where = store.whereabouts()
    total = where.only_here + where.copied + where.received
    said = _("Received by the department: {n} of {total} changes.", n=f"{where.received:,}", total=f"{total:,}")
    account.remarks.append(said)


def _known_by_its_maker(book: ReadBook) -> Horizon:
    """How far the maker of a workbook had read, with what it shows; of what stands the horizon itself tells nothing."""
    shown = {each for row in (*book.rows, *book.unseen) for ids in row.cells.values() for each in ids}
    return Horizon(book.horizon.runs, book.horizon.beyond | shown)


@dataclass(frozen=True)
class _Told:
    """What a return file says: for which laptop, which of its writes are held, which exports were merged, in words what
    became of each."""

    device: bytes
    held: HeldWrites
    books: frozenset[bytes]
    lines: Sequence[str]


def _told(store: Store, book: ReadBook) -> _Told:
    """What it says. Raises Damaged."""
    told: Any = book.returned
    try:
        numbered = {
            run: [(int(first), int(last)) for first, last in stretches]
            for run, stretches in told["numbered"].items()
            if is_run_of(run, store.device)
        }
        device, derived, books = told["device"], frozenset(told["derived"]), frozenset(told["books"])
        if any(type(each) is not bytes for each in (device, *derived, *books)):
            raise ValueError
        return _Told(
            device, HeldWrites(numbered, derived), books, [line for each in told["merged"] for line in _merged(each)]
        )
    except _SHAPES as fault:
        raise Damaged(_("This return file is damaged. Please ask for it again.")) from fault


def _merged(each: Mapping[str, Any]) -> list[str]:
    """One workbook in a line, and each of its rows that was set aside in another."""
    parts = []
    for kind, (exported, merged, aside) in each["rows"].items():
        figures = _("exported {exported}, merged {merged}", exported=f"{exported:,}", merged=f"{merged:,}")
        left = ", " + count("{n} set aside", "{n} set aside", aside) if aside else ""
        parts.append(f"{kind_called(str(kind))} {figures}{left}")
    lines = [f"{each['file']}: {'; '.join(parts)}"]
    for sheet, row, reason in each["aside"]:
        lines.append(f"{each['file']}: {_('{sheet}, row {row}: {reason}', sheet=sheet, row=row, reason=reason)}")
    return lines


def note_merged(store: Store, account: FileAccount) -> None:
    """Keep what became of a colleague's workbook, for their return file."""
    left = account.left
    if left is None or left.device == store.device:
        return
    told: dict[str, Any] = dict(store.setting(MERGED, {}))
    of_laptop: dict[str, Any] = dict(told.get(left.device.hex(), {}))
    kinds = dict.fromkeys((*left.rows, *account.rows))
    rows = {kind: _figures(left.rows.get(kind, 0), account, kind) for kind in kinds}
    aside = [[each.sheet, each.row, each.reason] for each in account.set_aside]
    of_laptop[left.export.hex()] = {
        "file": account.file,
        "by": left.made_by,
        "at": left.made_at,
        "rows": {kind: figures for kind, figures in rows.items() if any(figures)},
        "aside": aside[:_ASIDE],
        "more": max(0, len(aside) - _ASIDE),
    }
    latest = sorted(of_laptop.items(), key=lambda each: each[1]["at"])[-_KEPT:]
    told[left.device.hex()] = dict(latest)
    store.set_setting(MERGED, told)


def _figures(left: int, account: FileAccount, kind: str) -> list[int]:
    """Rows exported, merged and set aside."""
    rows = account.rows.get(kind)
    return [left, rows.read - rows.set_aside if rows else 0, rows.set_aside if rows else 0]
