"""Taking in tables from elsewhere: contacts, organizations, events of any program, known by their headings.

What the columns hold is guessed, or said by a person once for a layout and remembered. Every row is accounted for. Read
twice, a file says nothing new; what a person wrote here is never replaced, but stands beside what the file says.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from outreach_app.apart import Pause
from outreach_app.journal.changes import Write, WriteId
from outreach_app.model.codes import read_code
from outreach_app.model.dates import same_moment
from outreach_app.model.errors import BadInput
from outreach_app.model.identifiers import derived_id, is_id
from outreach_app.model.kinds import Registry
from outreach_app.model.values import alike
from outreach_app.model.vocabularies import folded
from outreach_app.operations.sayings import said_beside
from outreach_app.operations.typing_in import referred
from outreach_app.sheets.accounts import CHANGED, NEW, SAME, FileAccount
from outreach_app.sheets.cells import canonical
from outreach_app.sheets.column_guesses import KINDS, Columns, Guesses, StrangeTable, mapped
from outreach_app.sheets.layouts import IDENTIFIER, RECORD_CODE
from outreach_app.sheets.parsing import Parsing
from outreach_app.sheets.reading import paced
from outreach_app.sheets.reading_choices import AS_IT_IS, Choices
from outreach_app.sheets.strange_rows import StrangeRow, StrangeRows
from outreach_app.sheets.tables import RawTable, tables_of
from outreach_app.sheets.words import Words
from outreach_app.store.stores import Store
from outreach_app.texts import _, count, language

_REMEMBERED = "columns "
"""Settings so called hold what the columns under some headings are."""

_SHOWN = 6  # rows of a preview
_SAID = 60  # remarks on single cells that an account holds; the rest are counted


@dataclass(frozen=True, slots=True)
class Preview:
    """A table to be looked at before it is taken in: its headings, its first rows as text, and what its columns are
    taken for. ``fingerprint``: that of its headings; ``guesses``: by kind, what its columns would hold of it, and
    ``choices`` what they may, each with what it is called."""

    file: str
    title: str
    fingerprint: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    count: int
    columns: Columns
    remembered: bool
    guesses: Mapping[str, Columns] = field(default_factory=dict)
    choices: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def preview(store: Store, path: Path, pause: Pause = lambda: None) -> list[Preview]:
    """The tables of a file, not taken in. Raises NotFound, BadInput or Damaged."""
    guesses = Guesses(store.registry, Words())
    choices = {kind: guesses.choices(kind) for kind in KINDS}
    made = []
    for table in _tables(guesses, tables_of(path, pause)):
        kept = remembered(store, table)
        columns = kept or guesses.columns(table.headings)
        rows = [[canonical(cell) for cell in row] for row in table.rows[:_SHOWN]]
        of_kind = {kind: guesses.columns(table.headings, kind) for kind in KINDS} | {columns.kind: columns}
        may = {
            kind: choices[kind] | {what: guesses.called(kind, what) for what in each.holds.values() if what}
            for kind, each in of_kind.items()
        }
        made.append(
            Preview(
                path.name, table.raw.title, table.fingerprint, table.headings, rows, len(table.rows), columns,
                kept is not None, of_kind, may,
            )
        )  # fmt: skip
    if not made:
        raise _nothing_in_it(path)
    return made


def remembered(store: Store, table: StrangeTable) -> Columns | None:
    """What a person said that the columns under these headings are; None where nobody did."""
    kept = store.setting(_REMEMBERED + table.fingerprint)
    if not isinstance(kept, Mapping) or kept.get("kind") not in KINDS:
        return None
    told = {folded(heading): str(what) for heading, what in dict(kept["holds"]).items()}
    holds = {heading: told[folded(heading)] for heading in table.headings if folded(heading) in told}
    return Columns(str(kept["kind"]), holds)


def remember(store: Store, fingerprint: str, columns: Columns) -> None:
    """Remember what the columns under some headings are, for every file that has them."""
    store.set_setting(_REMEMBERED + fingerprint, {"kind": columns.kind, "holds": dict(columns.holds)})


def settle(store: Store, told: Sequence[tuple[str, Columns]]) -> None:
    """Remember what a person said of several layouts, each by its fingerprint. Raises BadInput, and remembers none."""
    for _fingerprint, columns in told:
        checked(store.registry, columns)
    for fingerprint, columns in told:
        remember(store, fingerprint, columns)


def checked(registry: Registry, columns: Columns) -> Columns:
    """Columns that somebody told. Raises BadInput where a table so read could not be taken in."""
    guesses = Guesses(registry, Words())
    may = guesses.choices(columns.kind)
    for heading, what in columns.holds.items():
        plain = what.partition("#")[0]
        if what and plain not in may and plain.partition(".")[0] not in may and what.partition("=")[0] not in may:
            known = ", ".join(may)
            raise BadInput(
                _(
                    "“{heading}” cannot hold {field}. It can be one of: {known}",
                    heading=heading,
                    field=what,
                    known=known,
                )
            )
    if not columns.has_name:
        raise BadInput(_("Say which column holds the name: without it nothing can be taken in."))
    return columns


def import_table(
    store: Store,
    path: Path,
    kind: str = "",
    dry_run: bool = False,
    pause: Pause = lambda: None,
    choices: Choices = AS_IT_IS,
    read: Sequence[RawTable] | None = None,
) -> FileAccount:
    """Take in the tables of one file, whole or not. ``choices``: what a person says of how it is to be read; what its
    columns hold is remembered. ``read``: the tables, where they were read before.

    Raises NotFound, BadInput or Damaged."""
    if kind and kind not in KINDS:
        raise BadInput(_("Only people, organizations and events are taken in from tables of other programs."))
    account, guesses, taken = (
        FileAccount(path.name, of_others=True),
        Guesses(store.registry, Words()),
        _Taken(store, choices),
    )
    tables = _tables(guesses, tables_of(path, pause) if read is None else read)
    if not tables:
        raise _nothing_in_it(path)
    used: list[tuple[StrangeTable, Columns]] = []
    for table, columns in _all_columns(store, guesses, tables, kind, choices.told):
        if not columns.has_name:
            account.remarks.append(f"{table.raw.title}: {_not_known()}")
            continue
        used.append((table, columns))
        taken.take(table, columns, account, pause)
    if not used:
        raise BadInput(_not_known())
    if not dry_run:
        with store.at_once():  # what was told is remembered where the file is taken in, or neither is
            if taken.writes:
                with store.writing("import_table", "import") as draft:
                    for write in paced(taken.writes.values(), pause):
                        draft.put(write)
                account.change = draft.changes.change
            for table, columns in used if choices.told else ():
                remember(store, table.fingerprint, columns)
    return account


def _tables(guesses: Guesses, read: Sequence[RawTable]) -> list[StrangeTable]:
    found = [guesses.table(raw) for raw in read]
    return [table for table in found if table is not None and table.rows]


def _all_columns(
    store: Store, guesses: Guesses, tables: Sequence[StrangeTable], kind: str, told: Mapping[str, str]
) -> list[tuple[StrangeTable, Columns]]:
    """What the columns of each table hold. A heading that somebody tells of is one of some table of the file."""
    heard = {folded(heading) for table in tables for heading in table.headings if heading}
    unknown = [heading for heading in told if folded(heading) not in heard]
    if unknown:
        raise BadInput(_("The file has no heading “{heading}”.", heading=unknown[0]))
    return [(table, _columns(store, guesses, table, kind, told)) for table in tables]


def _columns(store: Store, guesses: Guesses, table: StrangeTable, kind: str, told: Mapping[str, str]) -> Columns:
    kept = remembered(store, table)
    columns = kept if kept and kind in ("", kept.kind) else guesses.columns(table.headings, kind)
    heard = {folded(heading): heading for heading in table.headings if heading}
    own = {heard[folded(each)]: what for each, what in told.items() if folded(each) in heard}
    return checked(store.registry, mapped(columns, own)) if own else columns


def _nothing_in_it(path: Path) -> BadInput:
    return BadInput(_("“{file}” holds no table with a row below its headings.", file=path.name))


def _not_known() -> str:
    return _(
        "It is not known which column holds the name. Say what the columns hold, under Import & merge or with "
        "--map HEADING=FIELD."
    )


@dataclass
class _Taken:
    """What tables come to: the writes to make, each once."""

    store: Store
    choices: Choices = AS_IT_IS
    writes: dict[WriteId, Write] = field(default_factory=dict)
    made: dict[tuple[str, str], str] = field(default_factory=dict)  # organizations by (kind, folded name)

    def take(self, table: StrangeTable, columns: Columns, account: FileAccount, pause: Pause) -> None:
        """One table."""
        kind = self.store.registry[columns.kind]
        parsing = Parsing(Words(), language(), self._resolve)
        rows = StrangeRows(table, columns, kind, parsing, self.choices)
        remarks: list[str] = []
        seen: dict[tuple[str, ...], int] = {}
        read = []
        for row in paced(rows.read(), pause):
            remarks += [_("row {row}: {remark}", row=row.number, remark=remark) for remark in row.remarks]
            if row.set_aside:
                account.put_aside(kind.name, table.raw.title, row.number, row.set_aside)
            else:
                read.append((row, self._record(kind.name, row, seen)))
        held = self.store.journals({record for _row, record in read})
        outcomes: dict[str, str] = {}
        for row, record in paced(read, pause):
            new = self._row(kind.name, row, record, held.get(record))
            first = record not in held and record not in outcomes
            outcome = NEW if first else CHANGED if new else SAME
            outcomes.setdefault(record, outcome)
            account.note(kind.name, outcome)
        account.remarks += _in_words(columns, rows, remarks)

    def _resolve(self, kind: str, text: str) -> str | None:
        return referred(self.store, kind, text)

    def _record(self, kind: str, row: StrangeRow, seen: dict[tuple[str, ...], int]) -> str:
        """The record a row speaks of: by our code, else one made of what tells it from others."""
        for name in (RECORD_CODE, IDENTIFIER):
            code = read_code(row.beside.get(name, ""))
            found = self.store.by_code(kind, code) if code else None
            if found is not None:
                return found.id
        own = row.beside.get(IDENTIFIER, "").removeprefix("urn:uuid:")
        if is_id(own) and self.store.get(kind, own) is not None:
            return own  # it left from here
        key = row.key()
        if len(key) == 2 and key[0] != IDENTIFIER:  # nothing of its own: as many rows alike are as many records
            seen[key] = seen.get(key, 0) + 1
            key = (*key, str(seen[key]))
        return derived_id("table", kind, *key)

    def _row(self, kind: str, row: StrangeRow, record: str, held: Any) -> bool:
        """Write down what a row says; whether any of it is new."""
        values = {name: value for name, value in row.values.items() if value not in (None, "", [])}
        before = len(self.writes)
        organization = row.beside.get("organization", "") if kind == "people" else ""
        if held is not None and kind == "people":
            values = self._without_what_is_there(record, values)
        if held is not None and kind == "events":
            values = self._without_what_is_known(record, values)
        self._say(kind, record, values, held)
        if organization:
            self._belongs(record, organization, row.beside.get("job_title", ""))
        return len(self.writes) > before

    def _say(self, kind: str, record: str, values: Mapping[str, Any], held: Any) -> None:
        for write in said_beside(self.store, kind, record, record, values, held):
            self.writes.setdefault(write.id, write)

    def _without_what_is_there(self, person: str, values: Mapping[str, Any]) -> dict[str, Any]:
        """What of a person's phones and e-mails is not already kept with a place of theirs."""
        places = self.store.list("affiliations", {"person": person})
        left = dict(values)
        for name in ("phones", "emails"):
            there = {alike(each) for place in places for each in place.elements(name)}
            left[name] = [each for each in values.get(name, ()) if alike(each) not in there]
        return left

    def _without_what_is_known(self, event: str, values: Mapping[str, Any]) -> dict[str, Any]:
        """What of an event is said otherwise than here: a calendar tells moments by another clock, and the whole place
        as one."""
        view = self.store.get("events", event)
        known = view.values if view else {}
        left = {name: value for name, value in values.items() if not same_moment(value, known.get(name))}
        if known.get("venue_name") and str(left.get("venue_name", "")).startswith(f"{known['venue_name']}"):
            del left["venue_name"]
        return left

    def _organization(self, name: str) -> str:
        """The organization called so: known here, or new."""
        key = ("organizations", folded(name))
        if key not in self.made:
            called = self.store.titled("organizations", name)
            known = [view for view in called if folded(view.title) == key[1]]
            self.made[key] = known[0].id if known else derived_id("table", *key)
            if not known:
                record = self.made[key]
                self._say("organizations", record, {"name": name}, self.store.journals([record]).get(record))
        return self.made[key]

    def _belongs(self, person: str, name: str, title: str) -> None:
        """Somebody's place in an organization: one of that name where they are already, or the one that is meant."""
        places = self.store.list("affiliations", {"person": person})
        known = [
            each for each in places if folded(each.titles.get(str(each.values["organization"]), "")) == folded(name)
        ]
        organization = "" if known else self._organization(name)
        if not known:
            known = list(self.store.list("affiliations", {"person": person, "organization": organization}, limit=1))
        record = known[0].id if known else derived_id("table", "affiliations", person, organization)
        values = {"job_title": title} if known else {"person": person, "organization": organization, "job_title": title}
        if known and alike(known[0].values["job_title"] or "") == alike(title):
            return
        self._say("affiliations", record, values, self.store.journals([record]).get(record))


def _in_words(columns: Columns, rows: StrangeRows, remarks: Sequence[str]) -> list[str]:
    """What is to be said of a table: whose layout it is, which columns and cells were not taken."""
    found = rows.table.raw.found
    told = [_("Read as a file of {program}.", program=columns.program)] if columns.program else []
    told += [_("Its encoding, and what parts its cells: {found}", found=found)] if found else []
    if rows.unused:
        told.append(_("Columns left out: {columns}", columns=", ".join(rows.unused)))
    left = len(remarks) - _SAID
    more = [count("And {n} more cell.", "And {n} more cells.", left)] if left > 0 else []
    return [*told, *remarks[:_SAID], *more]
