"""The world's faults: told to the person in one plain sentence that says what happened and what to do.

Anything else that goes wrong is a bug of ours, and is logged without personal data.
"""


class OutreachError(Exception):
    """A fault of the world. ``str(error)`` is the sentence for the person, already in their language."""


class WrongPassphrase(OutreachError):
    """The passphrase opens no slot."""


class Damaged(OutreachError):
    """A file of the store, a workbook or a segment is not what was written."""


class DamagedStore(Damaged):
    """A file of the store itself is damaged or gone: it can be rescued (``operations/rescuing.py``)."""


class InUse(OutreachError):
    """Another program holds the store."""


class TooNew(OutreachError):
    """Written by a newer program than this."""


class TooOld(OutreachError):
    """Written by a program from before the first release."""


class NotFound(OutreachError):
    """A file, folder or record that was named is not there."""


class NotWritable(OutreachError):
    """A disk is full, a folder read-only, a file locked."""


class BadInput(OutreachError):
    """What was typed or given cannot be used as it is."""


class Missing(BadInput):
    """A field that has to be filled in is not; its ``name`` and its English ``label``."""

    def __init__(self, sentence: str, name: str, label: str) -> None:
        super().__init__(sentence)
        self.name, self.label = name, label


class WrongSpace(OutreachError):
    """It belongs to another department's space."""
