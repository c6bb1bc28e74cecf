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
from outreach_app.sheets.books import INTERNAL, PARTNER, PUBLIC, Book, Exported, KindRows, Signer
from outreach_app.sheets.profiles import for_partner, internal, pointing, points_at, sensitive_ids
from outreach_app.sheets.public_books import PublicBook, write_public
from outreach_app.sheets.words import Named
from outreach_app.sheets.workbooks import write_workbook
from outreach_app.store.stores import Store
from outreach_app.store.views import View
from outreach_app.texts import _, say

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

    def to_json(self) -> dict[str, Any]:
        """As one JSON object."""
        return {"file": str(self.file), "profile": self.profile, "rows": dict(self.rows), "receipt": self.receipt}

    def in_words(self) -> str:
        """As a person reads it."""
        rows = ", ".join(f"{kind_called(kind)} {number:,}" for kind, number in self.rows.items() if number)
        lines = [_("Wrote {file}: {rows}", file=self.file, rows=rows or _("no rows"))]
        if self.receipt:
            lines.append(_("Receipt: {receipt}", receipt=self.receipt))
        lines.append(_("Anyone who has this file can read it."))
        return "\n".join(lines)


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
    organization = record_by_code(store, "organizations", partner) if partner else None
    only = record_by_code(store, "events", event) if event else None
    if profile == PUBLIC and only is not None:
        raise BadInput(
            _("One event alone would tell who said what, so it is not published. Leave out the event, or the profile.")
        )
    if profile == PARTNER and organization is None:
        raise BadInput(_("Choose the partner that this workbook is for."))
    log = new_id()
    tell = progress or (lambda _done, _of: None)
    if profile == PUBLIC:
        rows, receipt, marks = _public(store, target, language), "", {}
    else:
        kinds = (
            for_partner(
                store.registry,
                _views(store, only),
                organization.id,
                moment_of(store.clock.tick())[:10],
                store.joined("people") | store.joined("organizations"),
            )
            if organization is not None and profile == PARTNER
            else internal_kinds(store, only, tell)
        )
        book = _book(store, id_bytes(log), kinds, profile, language, organization or only)
        written = write_workbook(target, replace(book, enclosed=tuple(dict.fromkeys(enclosed))))
        rows, receipt, marks = dict(written.receipt.rows), written.receipt.digest, dict(written.row_marks)
    values = {
        "file_name": well_formed(target.name),
        "profile": profile,
        "to_whom": to_whom or None,
        "partner": organization.id if organization else None,
        "event": only.id if only else None,
        "language": language,
    }
    return ExportAccount(target, profile, rows, receipt, _log(store, log, values, rows, marks))


def _log(
    store: Store, log: str, values: Mapping[str, Any], rows: Mapping[str, int], marks: Mapping[str, tuple[str, str]]
) -> Changes:
    """Write down that a workbook left, and how much was in it."""
    counts = ", ".join(f"{kind} {number}" for kind, number in rows.items())
    tokens = ", ".join(f"{mark} {kind} {record}" for mark, (kind, record) in marks.items())
    with store.writing("export") as draft:
        more = {"rows": sum(rows.values()), "row_counts": counts, "row_tokens": tokens or None}
        draft.new("exports", {**values, **more}, log)
    return draft.changes


def _book(
    store: Store, export: bytes, kinds: Sequence[KindRows], profile: str, language: str, about: View | None
) -> Book:
    named = _names(store)

    def name_of(kind: str, record: str) -> Named | None:
        found = named(kind).get(record)
        return found._replace(code="") if found and profile == PARTNER else found  # no codes leave the department

    return Book(
        export=export,
        made_at=store.clock.tick(),
        made_by=store.worker,
        department=store.department,
        space=store.space.space,
        kinds=kinds,
        horizon=horizon_of(store.known(), ()),
        signer=Signer(store.identity.sign, store.identity.public, store.certificate()),
        name_of=name_of,
        profile=profile,
        language=language,
        about=() if about is None else (f"{say(store.registry[about.kind].about.one, language)}: {about.title}",),
    )


def _names(store: Store) -> Callable[[str], Mapping[str, Named]]:
    """What records are called, a kind at a time, read when it is first asked for."""
    known: dict[str, dict[str, Named]] = {}

    def of(kind: str) -> Mapping[str, Named]:
        if kind not in known:
            known[kind] = {record: Named(*called) for record, called in store.names(kind).items()}
        return known[kind]

    return of


def internal_kinds(store: Store, only: View | None = None, tell: Progress = lambda _done, _of: None) -> list[KindRows]:
    """What the internal workbook carries: all kinds people make, but sensitive feedback; links travel unseen."""
    feedback = store.exported("feedback") if "feedback" in store.registry else ()
    sensitive = sensitive_ids(each.view for each in feedback)
    kinds = {name: kind for name, kind in store.registry.items() if kind.about.in_forms or name == "links"}
    chosen = _of_event(store, only) if only else None

    told = 0

    def records(kind: Kind, among: Collection[str] | None) -> Iterator[Exported]:
        nonlocal told
        for each in internal(kind, store.exported(kind.name, among), sensitive):
            if told % _TOLD == 0:
                tell(min(told, total), total)
            told += 1
            yield each
        tell(min(told, total), total)

    made = []
    for name, kind in kinds.items():
        among = None if chosen is None else chosen.get(name, ())
        expected = _expected(store, kind, sensitive, among)
        made.append(KindRows(kind, records(kind, among), expected, visible=kind.about.in_forms))
    total = sum(each.expected or 0 for each in made if each.visible)
    return made


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
