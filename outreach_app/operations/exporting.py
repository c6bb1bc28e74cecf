"""Writing workbooks: one for the department, one for a partner, one that may be published. Each is logged."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from outreach_app.journal.changes import Changes
from outreach_app.journal.standing import horizon_of
from outreach_app.model.dates import moment_of
from outreach_app.model.errors import BadInput
from outreach_app.model.identifiers import id_bytes, new_id
from outreach_app.model.kinds import Kind
from outreach_app.model.letters import well_formed
from outreach_app.operations.records import record_by_code
from outreach_app.sheets.accounts import kind_called
from outreach_app.sheets.books import INTERNAL, PARTNER, PUBLIC, Book, Counted, Exported, KindRows, Signer
from outreach_app.sheets.counts import Figures
from outreach_app.sheets.profiles import for_partner, internal, pointing, points_at, referred, sensitive_ids
from outreach_app.sheets.public_books import PublicBook, write_public
from outreach_app.sheets.words import Named, NameOf, Words
from outreach_app.sheets.workbooks import write_workbook
from outreach_app.store.stores import Store
from outreach_app.store.views import View
from outreach_app.texts import _, count, say

PROFILES = (INTERNAL, PARTNER, PUBLIC)
Progress = Callable[[int, int], None]
_TOLD = 500  # rows from one word of progress to the next


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
        rows = ", ".join(f"{kind_called(kind)} {number:,}" for kind, number in self.rows.items() if number)
        lines = [_("Wrote {file}: {rows}", file=self.file, rows=rows or _("no rows"))]
        if self.receipt:
            lines.append(_("Receipt: {receipt}", receipt=self.receipt))
        lines += self.left_out_in_words()
        lines.append(_("Anyone who has this file can read it."))
        return "\n".join(lines)

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


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to leave: for whom, and limited to what."""

    profile: str
    partner: View | None
    event: View | None


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
    """Write one workbook and log it. ``partner`` and ``event`` are codes; ``enclosed`` goes along (see :class:`Book`).

    Raises NotFound, BadInput, NotWritable."""
    asked = asked_for(store, profile, partner, event)
    log = new_id()
    if profile == PUBLIC:
        rows, receipt, marks = _public(store, target, language), "", {}
    else:
        kinds = kinds_for(store, asked, progress or (lambda _done, _of: None))
        book = book_for(store, id_bytes(log), kinds, profile, language, asked.partner or asked.event)
        if profile == INTERNAL:
            book = replace(book, summary=_summary(store, book.words, language, asked.event))
        written = write_workbook(target, replace(book, enclosed=tuple(dict.fromkeys(enclosed))))
        rows, receipt, marks = dict(written.receipt.rows), written.receipt.digest, dict(written.row_marks)
    return ExportAccount(
        target, profile, rows, receipt, log_export(store, log, target, asked, language, to_whom, rows, marks)
    )


def asked_for(store: Store, profile: str, partner: str, event: str) -> Asked:
    """What is to leave, by codes. Raises NotFound, and BadInput where it may not."""
    organization = record_by_code(store, "organizations", partner) if partner else None
    only = record_by_code(store, "events", event) if event else None
    if profile == PUBLIC and only is not None:
        raise BadInput(
            _("One event alone would tell who said what, so it is not published. Leave out the event, or the profile.")
        )
    if profile == PARTNER and organization is None:
        raise BadInput(_("Choose the partner that this workbook is for."))
    return Asked(profile, organization, only)


def kinds_for(store: Store, asked: Asked, tell: Progress, bare: bool = False) -> list[KindRows]:
    """The records that leave for the department or a partner. ``bare``: as they stand, with nothing beside them."""
    if asked.profile != PARTNER or asked.partner is None:
        return internal_kinds(store, asked.event, tell, bare)
    return for_partner(
        store.registry,
        _views(store, asked.event),
        asked.partner.id,
        moment_of(store.clock.tick())[:10],
        store.joined("people") | store.joined("organizations"),
    )


def log_export(
    store: Store,
    log: str,
    target: Path,
    asked: Asked,
    language: str,
    to_whom: str,
    rows: Mapping[str, int],
    marks: Mapping[str, tuple[str, str]],
) -> Changes:
    """Write down that a file left, and how much was in it."""
    values = {
        "file_name": well_formed(target.name),
        "profile": asked.profile,
        "to_whom": to_whom or None,
        "partner": asked.partner.id if asked.partner else None,
        "event": asked.event.id if asked.event else None,
        "language": language,
    }
    counts = ", ".join(f"{kind} {number}" for kind, number in rows.items())
    tokens = ", ".join(f"{mark} {kind} {record}" for mark, (kind, record) in marks.items())
    with store.writing("export") as draft:
        more = {"rows": sum(rows.values()), "row_counts": counts, "row_tokens": tokens or None}
        draft.new("exports", {**values, **more}, log)
    return draft.changes


def book_for(
    store: Store, export: bytes, kinds: Sequence[KindRows], profile: str, language: str, about: View | None
) -> Book:
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
        name_of=names_of(store, coded=profile != PARTNER),  # no codes leave the department
        profile=profile,
        language=language,
        about=() if about is None else (f"{say(store.registry[about.kind].about.one, language)}: {about.title}",),
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


def internal_kinds(
    store: Store,
    only: View | None = None,
    tell: Progress = lambda _done, _of: None,
    bare: bool = False,
    chosen: Mapping[str, Collection[str]] | None = None,
) -> list[KindRows]:
    """What the internal workbook carries: all kinds people make, but sensitive feedback; links travel unseen. They are
    read as they are asked for, once; all at once where they are ``bare``, for files that are not merged back.
    ``chosen``: these records alone, by kind."""
    feedback = store.exported("feedback") if "feedback" in store.registry else ()
    sensitive = sensitive_ids(each.view for each in feedback)
    kinds = {name: kind for name, kind in store.registry.items() if kind.about.in_forms or name == "links"}
    chosen = _of_event(store, only) if only else chosen
    among = {name: None if chosen is None else chosen.get(name, ()) for name in kinds}
    expected = {name: _expected(store, kind, sensitive, among[name]) for name, kind in kinds.items()}
    total = sum(expected[name] for name, kind in kinds.items() if kind.about.in_forms)
    told = 0

    def records(kind: Kind) -> Iterator[Exported]:
        nonlocal told
        for each in internal(kind, store.exported(kind.name, among[kind.name]), sensitive):
            if told % _TOLD == 0:
                tell(min(told, total), total)
            told += 1
            yield each
        tell(min(told, total), total)

    made = []
    for name, kind in kinds.items():
        leaving = records(kind)
        made.append(KindRows(kind, [*leaving] if bare else leaving, expected[name], visible=kind.about.in_forms))
    return made


@dataclass(frozen=True, slots=True)
class _Seen:
    """Of a record no more than is counted."""

    kind: str
    id: str
    values: Mapping[str, Any]
    code: str = ""
    title: str = ""
    shown: bool = True


def _summary(store: Store, words: Words, language: str, only: View | None) -> list[Counted]:
    """What an internal workbook shows in pictures: who came by event and by county, what was said by theme."""
    asked = {
        "events": ("name", "starts", "county"),
        "sign_ins": ("event", "status"),
        "feedback": ("themes", "sensitive"),
        "themes": ("name", "name_es"),
    }
    if any(name not in store.registry for name in asked):
        return []
    views: dict[str, list[_Seen]] = {}
    for kind, names in asked.items():
        where = {"event": only.id} if only is not None and kind in ("sign_ins", "feedback") else {}
        rows = store.values(kind, names, where)
        views[kind] = [_Seen(kind, record, dict(zip(names, values, strict=True))) for record, *values in rows]
    figures = Figures(store.registry, views, words, language)
    by_name = {each.name: each for each in figures.tables()}
    return [figures.by_event(), by_name["sign_ins_by_county"], by_name["feedback_by_theme"]]


def _expected(store: Store, kind: Kind, sensitive: Collection[str], among: Collection[str] | None) -> int:
    """How many rows of a kind an internal workbook is to have."""
    if not sensitive and among is None:
        return store.count(kind.name)
    names = [about.name for about in pointing(kind)]
    rows = store.values(kind.name, names)
    return sum(
        (among is None or record in among)
        and record not in sensitive
        and not points_at(kind, dict(zip(names, values, strict=True)), sensitive)
        for record, *values in rows
    )


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


def _of_event(store: Store, event: View) -> dict[str, Collection[str]]:
    """What belongs to one event, by kind: what was captured there, and whom it names."""
    sign_ins = store.list("sign_ins", {"event": event.id})
    feedback = store.list("feedback", {"event": event.id})
    interests = store.list("interests", {"event": event.id})
    follow_ups = store.list("follow_ups", {"for_event": event.id})
    people = {view.values["person"] for view in (*sign_ins, *interests)} | {view.values["said_by"] for view in feedback}
    people |= {view.id for view in store.list("people", {"met_at": event.id})}
    people |= {view.values["for_person"] for view in follow_ups}
    people.discard(None)
    affiliations = store.list("affiliations", {"person": tuple(people)}) if people else []
    organizations = {view.values["organization"] for view in (*affiliations, *sign_ins, *interests)}
    organizations |= {view.id for view in store.list("organizations", {"met_at": event.id})}
    organizations |= {event.values["host"], *event.elements("co_hosts")}
    pieces = tuple(view.id for view in feedback)
    return {
        "events": {event.id},
        "sign_ins": {view.id for view in sign_ins},
        "feedback": set(pieces),
        "responses": {view.id for view in store.list("responses", {"feedback": pieces})} if pieces else (),
        "interests": {view.id for view in interests},
        "follow_ups": {view.id for view in follow_ups},
        "people": people,
        "affiliations": {view.id for view in affiliations},
        "organizations": organizations - {None},
        "consents": {view.id for view in store.list("consents", {"person": tuple(people)})} if people else (),
        "groups": {view.values["group"] for view in interests},
        "themes": {theme for view in feedback for theme in view.elements("themes")},
    }


def _views(store: Store, only: View | None) -> dict[str, Sequence[View]]:
    kinds = ("organizations", "people", "affiliations", "events", "feedback", "consents", "sign_ins", "themes")
    views: dict[str, Sequence[View]] = {kind: store.list(kind) for kind in kinds}
    if only is not None:
        views["events"] = [view for view in views["events"] if view.id == only.id]
        for kind in ("feedback", "sign_ins"):
            views[kind] = [view for view in views[kind] if view.values["event"] == only.id]
    return views


def _public(store: Store, target: Path, language: str) -> dict[str, int]:
    book = PublicBook(store.department, store.clock.tick(), store.registry, _views(store, None), language)
    return dict(write_public(target, book))
