"""What reading a workbook back gives: each row with what it still shows and what was typed over it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from outreach_app.journal.changes import Horizon, Stamped, WriteId
from outreach_app.sheets.left_rows import LeftRow
from outreach_app.sheets.vouching import Vouched

Texts = dict[str, str | tuple[str | None, ...]]
"""By field, the canonical text of an untouched cell; of a list those of its elements, None for each typed over."""


class Basis(StrEnum):
    """What is known of what a row showed when it left."""

    LEFT = "left"  # the signed page says
    NEW = "new"  # it was made in the workbook
    UNKNOWN = "unknown"  # it left a workbook whose page is gone or not to be trusted: never "it showed nothing"


@dataclass(frozen=True, slots=True)
class Typed:
    """One value typed over a slot of a row's record, or typed into a new row.

    ``shown``: all writes that stood in the slot when it left; ``displayed``: those the new write replaces (none for a
    tally, whose ``value`` is the difference, nor for a text that is never altered, beside which it stands).
    ``before``: the values replaced, as far as the workbook says.
    """

    field: str
    element: str
    value: Any
    shown: frozenset[WriteId] = frozenset()
    displayed: frozenset[WriteId] = frozenset()
    before: tuple[Any, ...] = ()


@dataclass(slots=True)
class ReadRow:
    """One row as it was read.

    ``record``: the id; None for a row of unknown basis whose code nobody could place. ``version``: what that cell said,
    or in a partner's workbook the row's mark. ``set_aside``: why nothing of it is taken. ``remarks``: what was left
    alone in it. ``copy_of``: the record from whose row a new row was copied.
    """

    kind: str
    sheet: str
    number: int  # as spreadsheets count rows
    record: str | None
    basis: Basis
    code: str = ""
    version: str = ""
    typed: tuple[Typed, ...] = ()
    set_aside: str | None = None
    remarks: tuple[str, ...] = ()
    copy_of: str = ""
    left: LeftRow | None = None
    texts: Callable[[], Texts] | None = None
    present: Sequence[str] = ()

    @property
    def untouched(self) -> bool:
        """Whether the row is known to say what it said when it left."""
        return self.basis is not Basis.NEW and not self.typed and not self.set_aside

    @property
    def cells(self) -> dict[str, frozenset[WriteId]]:
        """By field, all writes that stood there when the row left; a field no longer in the file says nothing."""
        return self.left.cells(self.present) if self.left and not self.set_aside else {}

    def taught(self) -> Iterator[Stamped]:
        """The writes that the row's untouched cells show, and those kept beside its cells."""
        if self.left is None or self.set_aside:
            return
        yield from self.left.others()
        texts = self.texts() if self.texts else {}
        for name in self.left.filled(self.present):
            yield from self.left.taught(name, texts.get(name))


@dataclass(frozen=True)
class ReadBook:
    """A workbook read back.

    ``export``: its export's id, sixteen bytes, empty where nothing says. ``signer``: the public key that signed its
    hidden page, None where the page is missing or not as it was signed; whether the key is a colleague's is for the
    caller to know. ``unseen``: what travelled without a row (deletions, what was joined). ``page``: the hidden page
    whole, and ``enclosed`` those it had itself enclosed, to be passed on where nobody can take them in.
    """

    export: bytes
    signer: bytes | None
    rows: Sequence[ReadRow]
    unseen: Sequence[ReadRow] = ()
    horizon: Horizon = field(default_factory=lambda: Horizon({}))
    made_at: int = 0
    made_by: str = ""
    department: str = ""
    space: bytes = b""
    profile: str = ""
    language: str = "en"
    receipt: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)  # rows that left, by kind
    remarks: tuple[str, ...] = ()  # of the whole file
    page: bytes = b""
    enclosed: tuple[bytes, ...] = ()
    vouched: Vouched | None = None  # a stranger's: what may be believed of it
    returned: Mapping[str, Any] | None = None  # of a return file: what it tells the laptop it is for
    heard: Sequence[Horizon] = ()  # how far others had read, of whom its maker took in workbooks; rows say which
