"""Merging workbooks with no store at all: a master, and a workbook of what a person must look at."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any

from outreach_app.model.errors import BadInput, NotFound, OutreachError
from outreach_app.model.values import shown
from outreach_app.operations.duplicates import looking_beside, reasons
from outreach_app.operations.exporting import export_workbook
from outreach_app.operations.importing import WORKBOOKS
from outreach_app.operations.readings import WorkbookReading, reader_for
from outreach_app.operations.spaces import keys_of
from outreach_app.sheets.accounts import Account, FileAccount
from outreach_app.sheets.apart import lasting
from outreach_app.sheets.openings import open_next
from outreach_app.sheets.reading import Reader
from outreach_app.sheets.readings import ReadBook
from outreach_app.sheets.reviews import Alike, Conflict, Review, Version, write_review
from outreach_app.store.decisions import Decision
from outreach_app.store.handouts import handing_out
from outreach_app.store.identities import SpaceKeys
from outreach_app.store.stores import Store
from outreach_app.store.sweeps import unswept
from outreach_app.texts import _, say

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge did, and what it leaves to decide."""

    account: Account
    decisions: dict[str, int]
    out: Path

    def to_json(self) -> dict[str, Any]:
        """As one JSON object."""
        return {
            "account": self.account.to_json(),
            "decisions": {name: self.decisions[name] for name in ("conflicts", "duplicates")},
        }

    def in_words(self) -> str:
        """As a person reads it."""
        left = _(
            "To decide: {conflicts} that differ, {duplicates} that may be the same.",
            conflicts=self.decisions["conflicts"],
            duplicates=self.decisions["duplicates"],
        )
        return "\n".join([self.account.in_words(), left, _("Wrote {file}", file=self.out)])


def merge_workbooks(
    out: Path, files: Sequence[Path], review: Path | None = None, progress: Progress | None = None
) -> Merged:
    """Merge workbooks of one department into ``out``; what a person must look at goes to ``review``.

    All or nothing of each file; a file that fails is named, and the others go on. Where all fail, BadInput, and nothing
    is written.
    """
    store = Store.in_memory(worker=_("Merged workbooks"), department="", keys_of=keys_of, passing=True)
    try:
        account, reader, nobodys = Account(), reader_for(store), store.space.space
        pages: list[bytes] = []
        with lasting(), unswept():
            for place, path in enumerate(files):
                if progress is not None:
                    progress(place, len(files))
                following = files[place + 1] if place + 1 < len(files) else None
                account.files.append(_merge_one(store, path, reader, nobodys, pages, following))
        if progress is not None:
            progress(len(files), len(files))
        if len(account.failed) == len(files):
            raise BadInput("\n".join(f"{each.file}: {each.error}" for each in account.failed))
        _write(store, out, pages, review, account)
        return Merged(account, store.decision_counts(), out)
    finally:
        store.close()


def _merge_one(
    store: Store, path: Path, reader: Reader, nobodys: bytes, pages: list[bytes], following: Path | None
) -> FileAccount:
    """Merge one workbook, or say why not. ``nobodys``: the space of a store that no workbook has told its own;
    ``pages`` gathers what the workbooks say of themselves, which the merged one passes on. What is ``following`` is
    opened while this one is taken in."""
    account, read = FileAccount(path.name), list[ReadBook]()

    def begin(book: ReadBook) -> None:
        """The first workbook says whose space this is; the others must be of it."""
        read.append(book)
        if following is not None and following.suffix.lower() in WORKBOOKS:
            open_next(following)
        if store.space.space == nobodys and book.space:
            store.enter_space(replace(SpaceKeys.new(book.department), space=book.space))

    try:
        if path.suffix.lower() not in WORKBOOKS:
            raise BadInput(_("This is no workbook. Choose files that Outreach or a spreadsheet program has saved."))
        if not path.exists():
            raise NotFound(_("There is no file or folder “{name}”. Check the name and try again.", name=path.name))
        WorkbookReading(store, path, reader, any_space=store.space.space == nobodys).take_in(account, on_read=begin)
    except OutreachError as fault:
        return FileAccount(path.name, error=str(fault))
    pages += read[0].enclosed + ((read[0].page,) if read[0].page else ())
    return account


def _write(store: Store, out: Path, pages: Sequence[bytes], review: Path | None, account: Account) -> None:
    """Write the merged workbook, and where one is asked for the review: both, or neither."""
    if review is None:
        with looking_beside(store):
            export_workbook(store, out, enclosed=pages)
        return
    with looking_beside(store):
        pass  # for the review tells of the pairs
    made = BytesIO()
    write_review(made, _review(store, account))
    with handing_out(review, made.getvalue()):
        export_workbook(store, out, enclosed=pages)


def _review(store: Store, account: Account) -> Review:
    decisions = store.decisions()
    return Review(
        store.department,
        store.clock.tick(),
        account,
        [_conflict(store, each) for each in decisions if each.what in ("conflict", "deletion")],
        [_alike(store, each) for each in decisions if each.other],
    )


def _conflict(store: Store, decision: Decision) -> Conflict:
    kind = store.registry[decision.kind]
    view = store.get(decision.kind, decision.record)
    field = kind.field(decision.field)
    versions = []
    for place, option in enumerate(decision.options):
        value = shown(field, option.value) if field is not None else ""
        versions.append(Version(value, option.author, option.clock, place == 0))
    label = say(field.label) if field is not None else _("Deleted")
    return Conflict(say(kind.about.label), decision.title, view.code if view else "", label, versions)


def _alike(store: Store, decision: Decision) -> Alike:
    one, other = (store.get(decision.kind, record) for record in (decision.record, decision.other))
    label = say(store.registry[decision.kind].about.label)
    codes = [view.code if view else "" for view in (one, other)]
    score = min(100, round(decision.score / 200))
    why = "; ".join(reasons(decision.why))
    return Alike(label, decision.title, codes[0], decision.other_title, codes[1], score, why)
