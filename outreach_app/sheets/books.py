"""What a workbook is made from: the rows of each kind, and who makes it for whom."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from outreach_app.journal.changes import Horizon, Stamped, WriteId
from outreach_app.journal.standing import Heard
from outreach_app.model.fields import Field
from outreach_app.model.kinds import Kind
from outreach_app.sheets.words import NameOf, Words
from outreach_app.store.exported import BegunRecord

INTERNAL, PARTNER, PUBLIC = "internal", "partner", "public"
"""The export profiles (vocabulary ``export_profiles``)."""


class Viewed(Protocol):
    """One record as it stands: what of a store's view a sheet needs."""

    @property
    def kind(self) -> str:
        """The kind's plural noun."""

    @property
    def id(self) -> str:
        """The record's id."""

    @property
    def code(self) -> str:
        """Its short code with check character."""

    @property
    def title(self) -> str:
        """What it is called."""

    @property
    def shown(self) -> bool:
        """False: deleted or emptied. It gets no row, but what was written of it travels in the hidden page."""

    @property
    def values(self) -> Mapping[str, Any]:
        """By field; a list field's ``[{"id", "value"}, ...]``."""


class Exported(Protocol):
    """One record on its way out."""

    @property
    def begun(self) -> BegunRecord | None:
        """The same record where nothing was written of it since it was made, and its row hides nothing."""

    @property
    def view(self) -> Viewed:
        """The record."""

    @property
    def standing(self) -> Mapping[str, Sequence[Stamped]]:
        """Per field, every standing write of every element."""

    @property
    def dead(self) -> Collection[WriteId]:
        """Its writes that the maker knows, that do not stand, and that the maker's run horizon does not cover."""

    @property
    def heard(self) -> Sequence[Heard]:
        """How far the makers of workbooks had read that its own maker took in."""


@dataclass(frozen=True, slots=True)
class Leaving:
    """An :class:`Exported` record for those who have no class of their own for it (profiles, tests)."""

    view: Viewed
    standing: Mapping[str, Sequence[Stamped]] = field(default_factory=dict)
    dead: Collection[WriteId] = frozenset()
    heard: Sequence[Heard] = ()
    begun: BegunRecord | None = None


class Signer(NamedTuple):
    """Who signs: ``sign`` gives the 64 bytes of an Ed25519 signature, ``public_key`` is its 32 bytes.

    ``certificate``: that it was invited, for a reader who never met it; b"" for one that founded the space.
    """

    sign: Callable[[bytes], bytes]
    public_key: bytes
    certificate: bytes = b""


@dataclass(frozen=True)
class KindRows:
    """The records of one kind that leave.

    ``expected``: how many rows the maker means to send, for the account. ``visible``: false for what has no sheet but
    travels along (what was joined). ``fields``: those it carries, by default all but the sensitive. ``used``: by field,
    the choices that get a 0/1 column, by default all.
    """

    kind: Kind
    records: Iterable[Exported]
    expected: int | None = None
    visible: bool = True
    fields: tuple[Field, ...] | None = None
    used: Mapping[str, Collection[str]] | None = None


@dataclass(frozen=True)
class Counted:
    """Counts by group. ``adds_up``: each of ``total`` is in exactly one group. ``codes``: what each group is called in
    no language, by what it is called in the table's; nothing for what was not said."""

    name: str  # of the table: "events_by_county"
    title: str
    of: str  # what is counted: "events"
    groups: Mapping[str, int]
    total: int
    adds_up: bool = True
    codes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Book:
    """A workbook to be written.

    ``export``: the export's id, 16 bytes. ``made_at``: the maker's clock, microseconds since 1970 UTC. ``enclosed``:
    the signed hidden pages of workbooks this one was merged from without a store, passed on as they came. ``about``:
    lines for *Read me*, such as the partner or the event it is limited to.
    """

    export: bytes
    made_at: int
    made_by: str
    department: str
    space: bytes
    kinds: Sequence[KindRows]
    horizon: Horizon
    signer: Signer
    name_of: NameOf
    profile: str = INTERNAL
    language: str = "en"
    words: Words = field(default_factory=Words)
    enclosed: Sequence[bytes] = ()
    about: Sequence[str] = ()
    summary: Sequence[Counted] = ()  # counts to be looked at, each with a picture


@dataclass(frozen=True, slots=True)
class Receipt:
    """What left: rows by kind, and a digest over all of them as ten symbols that can be read aloud."""

    rows: Mapping[str, int]
    digest: str


@dataclass(frozen=True, slots=True)
class Written:
    """A workbook that was written. ``row_marks``: for a partner's workbook, which row mark stands for which record."""

    receipt: Receipt
    row_marks: Mapping[str, tuple[str, str]]  # mark -> (kind, id)
    size: int  # bytes
