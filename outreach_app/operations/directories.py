"""Importing a partner directory: organizations, people and where they belong. Twice the same is nothing new."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from outreach_app.journal.changes import Slot, Write
from outreach_app.journal.standing import frozen
from outreach_app.model.errors import OutreachError
from outreach_app.model.fields import Rule
from outreach_app.model.identifiers import derived_element, derived_id
from outreach_app.operations.sayings import last_said, saying
from outreach_app.sheets.accounts import CHANGED, NEW, SAME, FileAccount
from outreach_app.sheets.directories import Directory, NewRecord, read_directory
from outreach_app.sheets.reading import Pause, paced
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
    held = store.journals(record_of(each.source_key) for each in wanted)
    outcomes: dict[str, str] = {}
    writes: list[Write] = []
    for each in paced(wanted, pause):
        known = held.get(record_of(each.source_key))
        new = list(_new_writes(store, each, known))
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


def _values(each: NewRecord) -> Mapping[str, Any]:
    return {**each.values, **{name: record_of(key) for name, key in each.references.items()}}


def _new_writes(store: Store, each: NewRecord, held: RecordJournal | None) -> Iterator[Write]:
    """What a directory's entry says that it did not say the last time: what people changed since then stands."""
    record = record_of(each.source_key)
    for name, value in _values(each).items():
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
