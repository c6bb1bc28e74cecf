"""What the department's recovery sheet says: statements it signed, which every laptop of the space believes.

They count whoever carries them, also a laptop that nobody has let in or that was given up: so a new laptop comes in by
the sheet alone, and no thief can keep the sheet's word from being heard.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey

from outreach_app.journal.digests import canonical
from outreach_app.journal.memberships import SHEET, Membership, Said, membership
from outreach_app.journal.statements import BySheet, SheetMade, Statement, stated, understood
from outreach_app.store.identities import SpaceKeys
from outreach_app.store.recovery_keys import RecoveryKey

SETTING = "said_by_the_sheet"
"""The store's setting that holds what the sheet said, wherever it was read."""

_SAYS = b"outreach sheet says\0"
_STANDS = b"outreach sheet\0"


def said_by(sheet: RecoveryKey, space: bytes, statement: Statement) -> BySheet:
    """A statement as the sheet says it, in a space."""
    what = stated(statement)
    return BySheet(what, sheet.public, sheet.sign(_SAYS + canonical([space, what])))


def made_for(sheet: RecoveryKey, space: SpaceKeys, instead: bytes = b"") -> SheetMade:
    """That this is the space's sheet, in place of another. It signs the space's root and name, for whoever has nothing
    but the sheet."""
    signature = sheet.sign(_STANDS + canonical([space.space, space.root, space.department]))
    return SheetMade(sheet.recipient, sheet.public, space.root, space.department, instead, signature)


def is_true(made: SheetMade, space: bytes) -> bool:
    """Whether a sheet itself signed that it is this space's."""
    return _verifies(made.public, _STANDS + canonical([space, made.root, made.department]), made.signature)


def sheet_words(statements: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Those of the statements that say they are the sheet's."""
    return [each for each in statements if each.get("says") == "by_sheet"]


def believed(space: SpaceKeys, said: Sequence[Said], more: Iterable[Mapping[str, Any]] = ()) -> Membership:
    """The membership of a space, with what its sheets said: the one the space came with, and all that were made since.

    ``more``: what they said that is in no change taken in.
    """
    offered = [each for each in map(understood, (*sheet_words(s.what for s in said), *more)) if each is not None]
    words = [each for each in offered if isinstance(each, BySheet)]
    found = membership(space.root, said)
    keys: set[bytes] = set()
    while words and (more_keys := {space.recovery[1], *found.sheets}) - keys:
        keys |= more_keys
        told = [Said(SHEET, each.statement) for each in words if each.key in keys and _true_words(each, space.space)]
        found = membership(space.root, [*said, *told])
    return found


def _true_words(words: BySheet, space: bytes) -> bool:
    return _verifies(words.key, _SAYS + canonical([space, words.statement]), words.signature)


def _verifies(key: bytes, message: bytes, signature: bytes) -> bool:
    try:
        VerifyKey(key).verify(message, signature)
    except (BadSignatureError, ValueError, TypeError):
        return False
    return True
