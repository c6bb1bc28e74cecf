"""How the department and this laptop are set up: what holds now, another choice, the visitor screen's PIN.

What a department says of itself is one record that travels; what this laptop has of its own is kept in its store and
goes nowhere. A file of settings that a laptop was handed tells of the department until the department's own arrives.
"""

import hmac
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from outreach_app.journal.changes import Changes
from outreach_app.model.errors import BadInput, NotFound
from outreach_app.model.fields import Field, Value
from outreach_app.model.logos import MOST_BYTES, kept_logo
from outreach_app.model.records.departments import DEPARTMENT
from outreach_app.model.settings import DEFAULTS, DEPARTMENT_KIND, DOOR, LAPTOP, check_setting, declared_settings
from outreach_app.model.values import parse
from outreach_app.store.door_looks import keep_door_look
from outreach_app.store.passphrases import Cost, stretch
from outreach_app.store.stores import Store
from outreach_app.texts import LANGUAGES, _
from outreach_app.texts import language as spoken

HANDED = "handed_settings"
"""The laptop's row of what a file said of the department."""

_PIN = "visitor_pin"
_PIN_COST = Cost(memory_kib=8 * 1024, passes=2, lanes=1)  # it stands in an encrypted store, and is asked for often
_PIN_DIGITS = range(4, 9)


def settings(store: Store) -> Mapping[str, Any]:
    """Every setting that this program knows, as it holds now; None where nobody chose and nothing is usual."""
    kept = {**_department(store), **{field.name: store.setting(field.name) for field in LAPTOP}}
    return {name: _usable(field, kept.get(name)) for name, field in declared_settings(store.registry).items()}


def setting(store: Store, name: str) -> Any:
    """One of them: ``setting(store, "call_today")``. KeyError for a name that none has."""
    return settings(store)[name]


def department_name(store: Store) -> str:
    """What the department is called: as it wants to be, else as it was founded."""
    return setting(store, "name") or store.department


def said(store: Store, name: str, language: str | None = None) -> str:
    """A text of the department's in a language (the one spoken by default), or else as it is in English; "" where
    there is none: ``said(store, "notice", "es")``."""
    told = settings(store)
    return told.get(f"{name}_{language or spoken()}") or told[name] or ""


def notices(told: Mapping[str, Any]) -> dict[str, str]:
    """The department's own wording of the notice, by language; none for a language it has not been put into."""
    own = {each: told.get("notice" if each == "en" else f"notice_{each}") for each in LANGUAGES}
    return {each: text for each, text in own.items() if text}


def change_settings(store: Store, values: Mapping[str, Value]) -> Changes:
    """Choose otherwise, by name; None goes back to what is usual. The department's are a coordinator's to choose.

    Raises BadInput for a value that cannot be, and then changes nothing.
    """
    known = declared_settings(store.registry)
    for name, value in values.items():
        check_setting(known[name], value)
    own = values.keys() & {field.name for field in LAPTOP}
    changes = Changes("change_settings", None)
    if values.keys() - own:
        check_department(store)
        with store.writing("change_settings") as draft:
            for name in values.keys() - own:
                draft.set(DEPARTMENT_KIND, DEPARTMENT, name, values[name])
        changes = draft.changes
    for name in own:
        store.set_setting(name, values[name])
    if own & set(DOOR) and store.folder is not None:
        keep_door_look(store.folder, {name: said for name in DOOR if isinstance(said := store.setting(name), str)})
    return changes


def typed_settings(store: Store, typed: Sequence[str]) -> dict[str, Value]:
    """What somebody wrote as ``name=value``, as :func:`change_settings` takes it. Raises NotFound, BadInput."""
    known, chosen = declared_settings(store.registry), {}
    for each in typed:
        name, equals, text = each.partition("=")
        if not equals or name.strip() not in known:
            raise NotFound(
                _("There is no setting “{name}”. Choose one of: {known}.", name=name.strip(), known=", ".join(known))
            )
        field = known[name.strip()]
        chosen[field.name] = parse(field, text)
    return chosen


def logo_from(file: Path) -> str:
    """A picture on disk as it is kept for a logo. Raises NotFound, BadInput."""
    try:
        with file.open("rb") as opened:
            picture = opened.read(MOST_BYTES + 1)
    except OSError as fault:
        raise NotFound(_("The picture cannot be read. Check the file's name, and that it is there.")) from fault
    return kept_logo(picture)


def check_department(store: Store) -> None:
    """Raises BadInput where this laptop is none that speaks for the department."""
    if store.role != "coordinator":
        raise BadInput(_("Only a coordinator's laptop can change what holds for the whole department."))


def has_visitor_pin(store: Store) -> bool:
    """Whether a PIN leads out of the visitor screen here."""
    return store.setting(_PIN) is not None


def choose_visitor_pin(store: Store, pin: str) -> None:
    """Have the visitor screen left by this PIN alone, on this laptop. Raises BadInput but for 4 to 8 digits."""
    if not (pin.isascii() and pin.isdigit() and len(pin) in _PIN_DIGITS):
        raise BadInput(_("A PIN has 4 to 8 digits."))
    salt = os.urandom(16)
    store.set_setting(_PIN, [salt, stretch(pin, salt, _PIN_COST)])


def visitor_pin_opens(store: Store, pin: str) -> bool:
    """Whether a PIN is the one that was chosen; nothing is, where none was."""
    kept = store.setting(_PIN)
    return kept is not None and hmac.compare_digest(stretch(pin, kept[0], _PIN_COST), kept[1])


def forget_visitor_pin(store: Store) -> None:
    """Have no PIN any more."""
    store.forget_setting(_PIN)


def _department(store: Store) -> Mapping[str, Any]:
    """What holds for the department: what was written of it, else what this laptop was handed."""
    found = store.get(DEPARTMENT_KIND, DEPARTMENT)
    written = {name: value for name, value in found.values.items() if value is not None} if found else {}
    return {**store.setting(HANDED, {}), **written}


def _usable(field: Field, value: Value) -> Value:
    """A setting's value; one that this program cannot use (a newer one wrote it) is passed over."""
    try:
        check_setting(field, value)
    except BadInput:
        value = None
    return DEFAULTS.get(field.name) if value is None else value
