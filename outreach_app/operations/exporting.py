"""Writing workbooks: for the department, for a partner, to be published, for coordinators alone. Each is logged."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from outreach_app.journal.changes import Changes
from outreach_app.journal.standing import horizon_of
from outreach_app.model.identifiers import id_bytes, new_id
from outreach_app.model.kinds import Kind
from outreach_app.model.letters import well_formed
from outreach_app.model.settings import THRESHOLD
from outreach_app.operations.leaving import Asked, Progress, Wanted, asked_for, kinds_for, standing_views
from outreach_app.operations.settings import department_name, setting
from outreach_app.operations.summaries import summary
from outreach_app.sheets.accounts import kind_called
from outreach_app.sheets.books import INTERNAL, PARTNER, PUBLIC, Book, KindRows, Signer
from outreach_app.sheets.profiles import pointing, referred, sensitive_ids
from outreach_app.sheets.public_books import TEXTS, PublicBook, write_public
from outreach_app.sheets.words import Named, NameOf
from outreach_app.sheets.workbooks import write_workbook
from outreach_app.store.stores import Store
from outreach_app.texts import _, count


@dataclass(frozen=True, slots=True)
class ExportAccount:
    """What left: rows by kind (of a public workbook by sheet), and the receipt that also stands on *Read me*."""

    file: Path
    profile: str
    rows: Mapping[str, int]
    receipt: str
    changes: Changes
    left_out: int = 0  # values that the file's layout has no place for
    without_time: int = 0  # events that a calendar has no place for

    def to_json(self) -> dict[str, Any]:
        """As one JSON object."""
        return {
            "file": str(self.file),
            "profile": self.profile,
            "rows": dict(self.rows),
            "receipt": self.receipt,
            "left_out": self.left_out,
            "without_time": self.without_time,
        }

    def in_words(self) -> str:
        """As a person reads it."""
        lines = [_("Wrote {file}: {rows}", file=self.file, rows=self._rows_in_words() or _("no rows"))]
        if self.receipt:
            lines.append(_("Receipt: {receipt}", receipt=self.receipt))
        lines += self.left_out_in_words()
        lines.append(_("Anyone who has this file can read it."))
        return "\n".join(lines)

    def _rows_in_words(self) -> str:
        """Records by kind; what may be published is no records, but tables of counts and texts."""
        if TEXTS in self.rows:
            tables = count("{n} table of counts", "{n} tables of counts", len(self.rows) - 1)
            return f"{tables}, {count('{n} text', '{n} texts', self.rows[TEXTS])}"
        return ", ".join(f"{kind_called(kind)} {number:,}" for kind, number in self.rows.items() if number)

    def left_out_in_words(self) -> list[str]:
        """What the kind of file had no place for."""
        lines = []
        if self.left_out:
            lines.append(
                count(
                    "{n} value has no place in this kind of file and was left out.",
                    "{n} values have no place in this kind of file and were left out.",
                    self.left_out,
                )
            )
        if self.without_time:
            lines.append(
                count(
                    "{n} event has no day yet, so it is not in the calendar.",
                    "{n} events have no day yet, so they are not in the calendar.",
                    self.without_time,
                )
            )
        return lines


def export_workbook(
    store: Store,
    target: Path,
    profile: str = INTERNAL,
    partner: str = "",
    event: str = "",
    language: str = "en",
    to_whom: str = "",
    progress: Progress | None = None,
    enclosed: Sequence[bytes] = (),
) -> ExportAccount:
    """Write one whole workbook and log it. ``partner`` and ``event`` are codes; ``enclosed`` goes along (see
    :class:`Book`).

    Raises NotFound, BadInput, NotWritable."""
    wanted = Wanted(profile=profile, partner=partner, event=event, language=language, to_whom=to_whom)
    return write_asked(store, target, asked_for(store, wanted), progress, enclosed)


def write_asked(
    store: Store, target: Path, asked: Asked, progress: Progress | None = None, enclosed: Sequence[bytes] = ()
) -> ExportAccount:
    """Write the workbook that was asked for and log it. Raises BadInput, NotWritable."""
    log = new_id()
    with store.sparing():
        rows, receipt, marks = _write(store, target, id_bytes(log), asked, progress, enclosed)
    changes = log_export(store, log, target, asked, rows, marks)
    return ExportAccount(target, asked.profile, rows, receipt, changes)


def _write(
    store: Store, target: Path, log: bytes, asked: Asked, progress: Progress | None, enclosed: Sequence[bytes]
) -> tuple[Mapping[str, int], str, Mapping[str, tuple[str, str]]]:
    """Write it; its rows, its receipt, and the marks of its rows."""
    if asked.profile == PUBLIC:
        return _public(store, target, asked.wanted.language), "", {}
    kinds = kinds_for(store, asked, progress or (lambda _done, _of: None))
    book = book_for(store, log, kinds, asked)
    if asked.profile == INTERNAL and asked.wanted.whole:  # it counts all, so it stands in what carries all
        book = replace(book, summary=summary(store, book.words, book.language, asked.event))
    written = write_workbook(target, replace(book, enclosed=tuple(dict.fromkeys(enclosed))))
    return dict(written.receipt.rows), written.receipt.digest, dict(written.row_marks)


def log_export(
    store: Store,
    log: str,
    target: Path,
    asked: Asked,
    rows: Mapping[str, int],
    marks: Mapping[str, tuple[str, str]],
) -> Changes:
    """Write down that a file left, what was asked for, and how much was in it."""
    counts = ", ".join(f"{kind} {number}" for kind, number in rows.items())
    tokens = ", ".join(f"{mark} {kind} {record}" for mark, (kind, record) in marks.items())
    with store.writing("export") as draft:
        own = {"file_name": well_formed(target.name), "named": asked.named or None, "rows": sum(rows.values())}
        draft.new("exports", {**asked.kept, **own, "row_counts": counts, "row_tokens": tokens or None}, log)
    return draft.changes


def book_for(store: Store, export: bytes, kinds: Sequence[KindRows], asked: Asked) -> Book:
    """A workbook of this store's to be written: who makes it, how far it has read, who signs."""
    return Book(
        export=export,
        made_at=store.clock.tick(),
        made_by=store.worker,
        department=store.department,
        space=store.space.space,
        kinds=kinds,
        horizon=horizon_of(store.known(), ()),
        signer=Signer(store.identity.sign, store.identity.public, store.certificate()),
        name_of=names_of(store, coded=asked.profile != PARTNER),  # no codes leave the department
        profile=asked.profile,
        language=asked.wanted.language,
        about=asked.about(store),
    )


def names_of(store: Store, coded: bool = True) -> NameOf:
    """What records are called, a kind at a time, read when it is first asked for; with their codes where ``coded``."""
    known: dict[str, dict[str, Named]] = {}

    def name_of(kind: str, record: str) -> Named | None:
        if kind not in known:
            called = store.names(kind).items()
            known[kind] = {record: Named(title, code if coded else "") for record, (title, code) in called}
        return known[kind].get(record)

    return name_of


def held_back(store: Store, kind: Kind, records: Collection[str]) -> set[str]:
    """Those of a kind's records that leave in no workbook: sensitive feedback, and what points at it."""
    if kind.name != "feedback" and not pointing(kind):
        return set()
    about = {
        view.id: {view.id, *(each for field in pointing(kind) for each in referred(field, view.values))}
        for view in store.many(kind.name, sorted(records))
    }
    sensitive = sensitive_ids(store.many("feedback", sorted(set().union(*about.values()))))
    return {record for record, of in about.items() if of & sensitive}


def _public(store: Store, target: Path, language: str) -> dict[str, int]:
    made = PublicBook(
        department_name(store),
        store.clock.tick(),
        store.registry,
        standing_views(store),
        language,
        threshold=setting(store, THRESHOLD),
    )
    return dict(write_public(target, made))
