"""Importing a partner directory: organizations, people and where they belong. Twice the same is nothing new."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from outreach_app.apart import Pause
from outreach_app.journal.changes import Slot, Write
from outreach_app.journal.standing import frozen
from outreach_app.model.errors import OutreachError
from outreach_app.model.fields import Rule
from outreach_app.model.identifiers import derived_element, derived_id
from outreach_app.operations.sayings import last_said, said_beside, saying
from outreach_app.sheets.accounts import CHANGED, NEW, SAME, FileAccount
from outreach_app.sheets.directories import Directory, NewRecord, read_directory
from outreach_app.sheets.reading import paced
from outreach_app.store.record_journals import RecordJournal
from outreach_app.store.stores import Store


def import_directory(
    store: Store, path: Path, kind: str = "", dry_run: bool = False, pause: Pause = lambda: None
) -> list[FileAccount]:
    """Take in a partner directory, whole or not; an account for each of its files. ``pause`` as a workbook's."""
    try:
        directory = read_directory(path)
    except OutreachError as fault:
        return [FileAccount(path.name, error=str(fault))]
    wanted = [each for each in directory.records if not kind or each.kind == kind]
    ours = _ours(store, directory)
    ids = {each.source_key: ours.get(each.source_key) or record_of(each.source_key) for each in directory.records}
    held = store.journals(ids[each.source_key] for each in wanted)
    outcomes: dict[str, str] = {}
    writes: list[Write] = []
    for each in paced(wanted, pause):
        record = ids[each.source_key]
        known = held.get(record)
        new = list(
            _come_back(store, each, record, known)
            if each.source_key in ours
            else _new_writes(store, each, record, ids, known)
        )
        outcomes[each.source_key] = NEW if known is None else CHANGED if new else SAME
        writes += new
    accounts = _accounts(directory, outcomes, kind)
    if writes and not dry_run:
        with store.writing("import_directory", "import") as draft:
            for write in paced(writes, pause):
                draft.put(write)
        accounts[-1].change = draft.changes.change
    return accounts


def record_of(source_key: str) -> str:
    """The id of the record that a directory's entry is."""
    return derived_id("directory", source_key)


def _ours(store: Store, directory: Directory) -> dict[str, str]:
    """By source key, the records of this store that left in a directory and come back: those that it calls by our ids,
    and the people whose places are among them."""
    found: dict[str, str] = {}
    for each in directory.records:
        view = store.get(each.kind, each.own) if each.own else None
        if view is not None and view.shown:
            found[each.source_key] = view.id
            if each.kind == "affiliations" and view.values["person"]:
                found[each.references["person"]] = view.values["person"]
    return found


def _values(each: NewRecord, ids: Mapping[str, str]) -> Mapping[str, Any]:
    return {**each.values, **{name: ids[key] for name, key in each.references.items()}}


def _come_back(store: Store, each: NewRecord, record: str, held: RecordJournal | None) -> Iterator[Write]:
    """What a directory says of a record that was here before. Its notes only gather what has no field of its own, its
    status is that of its services, and whose place it is was known when it left."""
    values = {name: value for name, value in each.values.items() if name not in ("notes", "status")}
    return said_beside(store, each.kind, record, each.source_key, values, held)


def _new_writes(
    store: Store, each: NewRecord, record: str, ids: Mapping[str, str], held: RecordJournal | None
) -> Iterator[Write]:
    """What a directory's entry says that it did not say the last time: what people changed since then stands."""
    for name, value in _values(each, ids).items():
        rule = store.registry.rule(each.kind, name)
        for element, said in _slots(each, name, value, rule):
            slot = Slot(each.kind, record, name, element)
            written = [entry for entry in held.writes if entry.write.slot == slot] if held else []
            stand = held.in_slot(slot) if held else []
            if rule is Rule.ONCE:
                if all(frozen(entry.write.value) != frozen(said) for entry in written):
                    yield saying(slot, frozenset(), said)
            elif frozen(said) not in (last_said(written), *{frozen(entry.write.value) for entry in stand}):
                yield saying(slot, frozenset(entry.write.id for entry in stand), said)


def _slots(each: NewRecord, name: str, value: Any, rule: Rule) -> list[tuple[str, Any]]:
    if rule is not Rule.LIST:
        return [("", value)]
    return [(derived_element(each.source_key, name, repr(frozen(said))), said) for said in value]


def _accounts(directory: Directory, outcomes: Mapping[str, str], kind: str) -> list[FileAccount]:
    made = []
    for file in directory.files:
        account = FileAccount(file.file, error=file.error or None)
        for used in file.used:
            if used.source_key in outcomes:
                account.note(file.kind, outcomes[used.source_key])
        if not kind or file.kind == kind:
            for aside in file.set_aside:
                account.put_aside(file.kind, file.file, aside.row, aside.reason)
        made.append(account)
    return made
