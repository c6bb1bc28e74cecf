"""The account of what was read: every row is new, changed, the same or set aside, and the figures add up."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from outreach_app.journal.changes import WriteId
from outreach_app.texts import _, count, say

READ, NEW, CHANGED, SAME, SET_ASIDE = "read", "new", "changed", "same", "set_aside"
OUTCOMES = (NEW, CHANGED, SAME, SET_ASIDE)


@dataclass
class Rows:
    """What became of the rows of one kind."""

    new: int = 0
    changed: int = 0
    same: int = 0
    set_aside: int = 0

    @property
    def read(self) -> int:
        """All rows read: each became one of the four."""
        return self.new + self.changed + self.same + self.set_aside

    def note(self, outcome: str) -> None:
        """One more row of an outcome."""
        setattr(self, outcome, getattr(self, outcome) + 1)

    def to_json(self) -> dict[str, int]:
        """As the account says it."""
        return {READ: self.read, **{name: getattr(self, name) for name in OUTCOMES}}


@dataclass(frozen=True, slots=True)
class RowSetAside:
    """A row of which nothing was taken, and why."""

    sheet: str
    row: int | None  # None where it is only known by its place's name
    reason: str


@dataclass(frozen=True, slots=True)
class Left:
    """What a workbook says of how it left. ``device``: whose laptop made it; ``rows`` that left, by kind."""

    export: bytes
    device: bytes
    made_by: str
    made_at: int  # microseconds since 1970 UTC
    rows: Mapping[str, int]


@dataclass
class FileAccount:
    """One file: its rows by kind, or why none of it was taken."""

    file: str
    rows: dict[str, Rows] = field(default_factory=dict)
    set_aside: list[RowSetAside] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    error: str | None = None
    change: WriteId | None = None  # the change that took it in, which can be undone
    decided: Mapping[str, int] | None = None  # of a review that came back: what became of its decisions
    left: Left | None = None  # of a colleague's workbook
    of_others: bool = False  # it is a table of another program, whose columns somebody may say more of

    def note(self, kind: str, outcome: str) -> None:
        """One row of a kind became so."""
        self.rows.setdefault(kind, Rows()).note(outcome)

    def put_aside(self, kind: str, sheet: str, row: int, reason: str) -> None:
        """One row was set aside."""
        self.note(kind, SET_ASIDE)
        self.set_aside.append(RowSetAside(sheet, row, reason))

    def to_json(self) -> dict[str, Any]:
        """As the account says it."""
        return {
            "file": self.file,
            "error": self.error,
            "rows": {kind: rows.to_json() for kind, rows in self.rows.items()},
            "set_aside": [{"sheet": each.sheet, "row": each.row, "reason": each.reason} for each in self.set_aside],
            **({"decided": dict(self.decided)} if self.decided is not None else {}),
        }


@dataclass
class Account:
    """All files of one go."""

    files: list[FileAccount] = field(default_factory=list)

    @property
    def failed(self) -> list[FileAccount]:
        """The files of which nothing was taken."""
        return [each for each in self.files if each.error is not None]

    @property
    def change(self) -> WriteId | None:
        """The latest of the changes that took files in."""
        return next((each.change for each in reversed(self.files) if each.change is not None), None)

    @property
    def total(self) -> Mapping[str, Rows]:
        """The rows of all files, by kind."""
        sums: dict[str, Rows] = {}
        for each in self.files:
            for kind, rows in each.rows.items():
                total = sums.setdefault(kind, Rows())
                for name in OUTCOMES:
                    setattr(total, name, getattr(total, name) + getattr(rows, name))
        return sums

    @property
    def anything_new(self) -> bool:
        """Whether any row was new or changed."""
        return any(rows.new or rows.changed for rows in self.total.values())

    def to_json(self) -> dict[str, Any]:
        """As one JSON object."""
        return {
            "files": [each.to_json() for each in self.files],
            "total": {kind: rows.to_json() for kind, rows in self.total.items()},
        }

    def in_words(self) -> str:
        """As a person reads it, a line for each file, each kind and each row set aside."""
        lines = []
        for each in self.files:
            lines.append(f"{each.file}: {each.error}" if each.error else each.file)
            for kind, rows in each.rows.items():
                lines.append(f"    {kind_called(kind)}: {in_words(rows)}")
            lines += [
                "    " + _("{sheet}, row {row}: {reason}", sheet=aside.sheet, row=aside.row, reason=aside.reason)
                for aside in each.set_aside
            ]
            lines += [f"    {remark}" for remark in each.remarks]
        return "\n".join(lines)


def kind_called(kind: str, language: str | None = None) -> str:
    """What people call a kind of record; other names of sheets stay as they are."""
    from outreach_app.model.records import REGISTRY

    return say(REGISTRY[kind].about.label, language) if kind in REGISTRY else kind


def in_words(rows: Rows, language: str | None = None) -> str:
    """One kind's rows in words: "41 read: 2 new, 1 changed, 38 the same, 0 set aside"."""
    parts = [
        count("{n} new", "{n} new", rows.new, language),
        count("{n} changed", "{n} changed", rows.changed, language),
        count("{n} the same", "{n} the same", rows.same, language),
        count("{n} set aside", "{n} set aside", rows.set_aside, language),
    ]
    return say("{n} read: {parts}", language, n=f"{rows.read:,}", parts=", ".join(parts))


def in_short(account: Account, language: str | None = None) -> str:
    """All rows of all files in one line."""
    sums = Rows()
    for rows in account.total.values():
        for name in OUTCOMES:
            setattr(sums, name, getattr(sums, name) + getattr(rows, name))
    return in_words(sums, language)
