"""Importing a partner directory: organizations, people and where they belong. Twice the same is nothing new."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from outreach_app.journal.changes import Slot
from outreach_app.journal.standing import frozen
from outreach_app.journal.typing_over import typed_over
from outreach_app.model.errors import OutreachError
from outreach_app.model.fields import Rule
from outreach_app.model.identifiers import derived_element, derived_id
from outreach_app.sheets.accounts import CHANGED, NEW, SAME, FileAccount
from outreach_app.sheets.directories import Directory, NewRecord, read_directory
from outreach_app.store.drafts import Draft
from outreach_app.store.stores import Store


def import_directory(store: Store, path: Path, kind: str = "", dry_run: bool = False) -> list[FileAccount]:
    """Take in a partner directory, whole or not at all; an account for each of its files."""
    try:
        directory = read_directory(path)
    except OutreachError as fault:
        return [FileAccount(path.name, error=str(fault))]
    outcomes: dict[str, str] = {}
    if dry_run:
        outcomes = {each.source_key: _outcome(store, each) for each in directory.records}
    else:
        with store.writing("import_directory", "import") as draft:
            for each in directory.records:
                if not kind or each.kind == kind:
                    outcomes[each.source_key] = _outcome(store, each)
                    _put(store, draft, each)
    return _accounts(directory, outcomes, kind)


def record_of(source_key: str) -> str:
    """The id of the record that a directory's entry is."""
    return derived_id("directory", source_key)


def _values(each: NewRecord) -> Mapping[str, Any]:
    return {**each.values, **{name: record_of(key) for name, key in each.references.items()}}


def _put(store: Store, draft: Draft, each: NewRecord) -> None:
    """Write what the directory says, unless just this was once written: what people changed since then stands."""
    record = record_of(each.source_key)
    held = store.journals([record]).get(record)
    known = {entry.write.id for entry in held.writes} if held else set()
    for name, value in _values(each).items():
        rule = store.registry.rule(each.kind, name)
        for element, said in _slots(each, name, value, rule):
            slot = Slot(each.kind, record, name, element)
            stands = frozenset(entry.write.id for entry in held.in_slot(slot)) if held else frozenset()
            write = typed_over(slot, frozenset(), said, frozenset() if rule is Rule.ONCE else stands)
            if write.id not in known:
                draft.put(write)


def _slots(each: NewRecord, name: str, value: Any, rule: Rule) -> list[tuple[str, Any]]:
    if rule is not Rule.LIST:
        return [("", value)]
    return [(derived_element(each.source_key, name, repr(frozen(said))), said) for said in value]


def _outcome(store: Store, each: NewRecord) -> str:
    record = record_of(each.source_key)
    held = store.journals([record]).get(record)
    if held is None:
        return NEW
    known = {entry.write.id for entry in held.writes}
    for name, value in _values(each).items():
        rule = store.registry.rule(each.kind, name)
        for element, said in _slots(each, name, value, rule):
            if typed_over(Slot(each.kind, record, name, element), frozenset(), said, frozenset()).id not in known:
                return CHANGED
    return SAME


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
