"""What the department's recovery sheet says: statements it signed, which every laptop of the space believes.

They count whoever carries them, also a laptop that nobody has let in or that was given up: so a new laptop comes in by
the sheet alone, and no thief can keep the sheet's word from being heard.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey

from outreach_app.journal.digests import canonical
from outreach_app.journal.members import SHEET, Membership, Said
from outreach_app.journal.memberships import membership
from outreach_app.journal.statements import BySheet, SheetMade, Statement, stated, understood
from outreach_app.store.identities import SpaceKeys, is_recipient
from outreach_app.store.recovery_keys import RecoveryKey

_SAYS = b"outreach sheet says\0"
_STANDS = b"outreach sheet\0"


def said_by(sheet: RecoveryKey, space: bytes, statement: Statement) -> BySheet:
    """A statement as the sheet says it, in a space."""
    what = stated(statement)
    return BySheet(what, sheet.public, sheet.sign(_says(what, space)))


def made_for(sheet: RecoveryKey, space: SpaceKeys, instead: bytes = b"") -> SheetMade:
    """That this is the space's sheet, in place of another. It signs all that it says, for whoever has nothing but the
    sheet."""
    unsigned = SheetMade(sheet.recipient, sheet.public, space.root, space.first, space.department, instead, b"")
    return replace(unsigned, signature=sheet.sign(_stands(unsigned, space.space)))


def is_true(made: SheetMade, space: bytes) -> bool:
    """Whether a sheet itself signed that it is this space's, and something can be sealed to it."""
    return _verifies(made.public, _stands(made, space), made.signature) and is_recipient(made.recipient)


def _stands(made: SheetMade, space: bytes) -> bytes:
    return _STANDS + canonical([space, made.recipient, made.root, made.first, made.department, made.instead])


def true_words(statement: Mapping[str, Any], space: bytes) -> BySheet | None:
    """What a statement says as a sheet's words; None where no sheet says it."""
    words = understood(statement) if statement.get("says") == "by_sheet" else None
    signed = isinstance(words, BySheet) and _verifies(words.key, _says(words.statement, space), words.signature)
    return words if isinstance(words, BySheet) and signed else None


def believed(space: SpaceKeys, told: Iterable[Said]) -> Membership:
    """The membership of a space by what was told, the words of its sheets among it."""
    words: dict[bytes, list[Said]] = {}
    said: list[Said] = []
    for each in told:
        spoken = true_words(each.what, space.space)
        if spoken is not None:
            words.setdefault(spoken.key, []).append(Said(SHEET, spoken.statement, spoken.key))
        else:
            said.append(each)
    by_sheets = {key: _without_false_sheets(spoken, space.space) for key, spoken in words.items()}
    return membership(space.root, _without_false_sheets(said, space.space), space.first, by_sheets)


def _without_false_sheets(said: Iterable[Said], space: bytes) -> list[Said]:
    """Without what is said of sheets that they did not sign themselves."""
    made = ((each, understood(each.what) if each.what.get("says") == "sheet" else None) for each in said)
    return [each for each, sheet in made if not isinstance(sheet, SheetMade) or is_true(sheet, space)]


def _says(what: Mapping[str, Any], space: bytes) -> bytes:
    return _SAYS + canonical([space, what])


def _verifies(key: bytes, message: bytes, signature: bytes) -> bool:
    try:
        VerifyKey(key).verify(message, signature)
    except (BadSignatureError, ValueError, TypeError):
        return False
    return True
