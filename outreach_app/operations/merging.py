"""Merging workbooks with no store at all: a master, and a workbook of what a person must look at."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any

from outreach_app.apart import lasting
from outreach_app.model.errors import BadInput, NotFound, OutreachError
from outreach_app.operations.duplicates import looking_beside
from outreach_app.operations.exporting import export_workbook
from outreach_app.operations.importing import WORKBOOKS
from outreach_app.operations.readings import WorkbookReading, reader_for
from outreach_app.operations.reviewing import review_of
from outreach_app.operations.reviews_taken import take_review
from outreach_app.operations.spaces import keys_of
from outreach_app.sheets.accounts import Account, FileAccount
from outreach_app.sheets.openings import Opened, open_next
from outreach_app.sheets.reading import Reader, ReviewCameBack
from outreach_app.sheets.readings import ReadBook
from outreach_app.sheets.reviews import write_review
from outreach_app.store.handouts import handing_out
from outreach_app.store.identities import SpaceKeys
from outreach_app.store.stores import Store
from outreach_app.store.sweeps import unswept
from outreach_app.texts import _

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge did, and what it leaves to decide."""

    account: Account
    decisions: dict[str, int]
    out: Path
    review: Path | None = None

    def to_json(self) -> dict[str, Any]:
        """As one JSON object."""
        return {
            "account": self.account.to_json(),
            "decisions": {name: self.decisions[name] for name in ("conflicts", "duplicates")},
        }

    def in_words(self) -> str:
        """As a person reads it."""
        left = _(
            "To decide: {conflicts} where answers differ, {duplicates} where two may be the same.",
            conflicts=self.decisions["conflicts"],
            duplicates=self.decisions["duplicates"],
        )
        wrote = [_("Wrote {file}", file=each) for each in (self.out, self.review) if each is not None]
        return "\n".join([self.account.in_words(), left, *wrote])


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
        reviews: dict[int, Opened] = {}
        with lasting(), unswept():
            for place, path in enumerate(files):
                if progress is not None:
                    progress(place, len(files))
                following = files[place + 1] if place + 1 < len(files) else None
                try:
                    account.files.append(_merge_one(store, path, reader, nobodys, pages, following))
                except ReviewCameBack as found:  # what it decides is of all the others
                    reviews[place] = found.opened
                    account.files.append(FileAccount(path.name, error=str(found)))
        if store.space.space != nobodys:
            for place, opened in reviews.items():
                account.files[place] = _take_review(store, opened, files[place].name)
        if progress is not None:
            progress(len(files), len(files))
        if len(account.failed) == len(files):
            raise BadInput("\n".join(f"{each.file}: {each.error}" for each in account.failed))
        _write(store, out, pages, review, account)
        return Merged(account, store.decision_counts(), out, review)
    finally:
        store.close()


def _merge_one(
    store: Store, path: Path, reader: Reader, nobodys: bytes, pages: list[bytes], following: Path | None
) -> FileAccount:
    """Merge one workbook, or say why not; what it says is written in the name of the file.

    ``nobodys``: the space of a store that no workbook has told its own; ``pages`` gathers what the workbooks say of
    themselves, which the merged one passes on. What is ``following`` is opened while this one is taken in.
    """
    account, read, worker = FileAccount(path.name), list[ReadBook](), store.worker

    def begin(book: ReadBook) -> None:
        """The first workbook says whose space this is; the others must be of it."""
        read.append(book)
        if following is not None and following.suffix.lower() in WORKBOOKS:
            open_next(following)
        if store.space.space == nobodys and book.space:
            store.enter_space(replace(SpaceKeys.new(book.department), space=book.space))

    try:
        if path.suffix.lower() not in WORKBOOKS:
            raise BadInput(_("This is not a workbook. Choose a file that a spreadsheet program or Outreach has saved."))
        if not path.exists():
            raise NotFound(_("There is no file or folder “{name}”. Check the name and try again.", name=path.name))
        store.worker = path.name
        WorkbookReading(store, path, reader, any_space=store.space.space == nobodys).take_in(account, on_read=begin)
    except ReviewCameBack:
        raise
    except OutreachError as fault:
        return FileAccount(path.name, error=str(fault))
    finally:
        store.worker = worker
    pages += read[0].enclosed + ((read[0].page,) if read[0].page else ())
    return account


def _take_review(store: Store, opened: Opened, name: str) -> FileAccount:
    """Take the decisions of a review that was filled in."""
    try:
        return take_review(store, opened, name)
    except OutreachError as fault:
        return FileAccount(name, error=str(fault))


def _write(store: Store, out: Path, pages: Sequence[bytes], review: Path | None, account: Account) -> None:
    """Write the merged workbook, and where one is asked for the review: both, or neither."""
    if review is None:
        with looking_beside(store):
            export_workbook(store, out, enclosed=pages)
        return
    with looking_beside(store):
        pass  # for the review tells of the pairs
    made = BytesIO()
    write_review(made, review_of(store, account))
    with handing_out(review, made.getvalue()):
        export_workbook(store, out, enclosed=pages)
