"""The review workbook: what a coordinator is to look at after a merge, listed with where each thing comes from."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from outreach_app.model import dates
from outreach_app.sheets.accounts import Account, in_short
from outreach_app.sheets.books import Table
from outreach_app.sheets.cells import Cell
from outreach_app.sheets.plain_books import PlainBook, write_plain
from outreach_app.texts import say


@dataclass(frozen=True, slots=True)
class Version:
    """One of the values that stand in a field. ``when``: a clock, microseconds since 1970 UTC."""

    value: str
    who: str
    when: int
    shown: bool = False


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that is to be decided. ``kind`` and ``field`` as they are called."""

    kind: str
    title: str
    code: str
    field: str
    versions: Sequence[Version]


@dataclass(frozen=True, slots=True)
class Alike:
    """Two that may be one. ``why``: what agrees and what does not, in words; ``score``: 0 to 100, more is likelier."""

    kind: str
    one: str
    one_code: str
    other: str
    other_code: str
    score: int
    why: str


@dataclass(frozen=True)
class Review:
    """All that is to be looked at."""

    department: str
    made_at: int
    account: Account
    conflicts: Sequence[Conflict] = ()
    alike: Sequence[Alike] = ()
    language: str = "en"
    about: Sequence[str] = field(default=())


def write_review(target: Path | BinaryIO, review: Review) -> int:
    """Write the review workbook; its size in bytes. Raises NotWritable."""
    language = review.language

    tables = [
        Table(
            "to_decide", say("To decide", language), *_heads(_DECIDE, language), _conflicts(review.conflicts, language)
        ),
        Table("perhaps_the_same", say("Perhaps the same", language), *_heads(_SAME, language), _alike(review.alike)),
        Table("set_aside", say("Set aside", language), *_heads(_ASIDE, language), _aside(review.account)),
        Table("left_alone", say("Left alone", language), *_heads(_ALONE, language), _alone(review.account)),
    ]
    front: list[Sequence[Cell]] = [
        (
            say("What this is", language),
            say("What a person should look at after a merge. Decide it in Outreach, under To decide.", language),
        ),
        (say("Made on", language), dates.full_moment(dates.moment_of(review.made_at), language)),
        *(("", line) for line in review.about),
        (),
        (say("The merge", language), in_short(review.account, language)),
        (tables[0].title, len(review.conflicts)),
        *((table.title, len(table.rows)) for table in tables[1:]),
    ]
    title = f"Outreach · {review.department}"
    return write_plain(target, PlainBook(title, review.department, review.made_at, language, front, tables))


_DECIDE = (
    ("Sheet", 18),
    ("Which", 36),
    ("Record", 15),
    ("Column", 22),
    ("What it says", 40),
    ("Who wrote it", 20),
    ("When", 22),
    ("Shown now", 11),
)
_SAME = (
    ("Sheet", 18),
    ("One", 36),
    ("Its code", 15),
    ("Other", 36),
    ("Its code (2)", 15),
    ("How alike", 11),
    ("Why", 50),
)
_ASIDE = (("File", 30), ("Sheet", 22), ("Row", 8), ("Why", 70))
_ALONE = (("File", 30), ("What", 90))


def _heads(columns: Sequence[tuple[str, int]], language: str) -> tuple[list[str], list[int]]:
    return [say(heading, language) for heading, _width in columns], [width for _heading, width in columns]


def _conflicts(conflicts: Sequence[Conflict], language: str) -> list[Sequence[Cell]]:
    rows: list[Sequence[Cell]] = []
    for each in conflicts:
        for version in each.versions:
            when = dates.full_moment(dates.moment_of(version.when), language)
            shown = say("Yes", language) if version.shown else ""
            rows.append((each.kind, each.title, each.code, each.field, version.value, version.who, when, shown))
    return rows


def _alike(alike: Sequence[Alike]) -> list[Sequence[Cell]]:
    ordered = sorted(alike, key=lambda each: -each.score)
    return [(each.kind, each.one, each.one_code, each.other, each.other_code, each.score, each.why) for each in ordered]


def _aside(account: Account) -> list[Sequence[Cell]]:
    rows: list[Sequence[Cell]] = [(each.file, "", None, each.error) for each in account.files if each.error is not None]
    rows += [(each.file, aside.sheet, aside.row, aside.reason) for each in account.files for aside in each.set_aside]
    return rows


def _alone(account: Account) -> list[Sequence[Cell]]:
    return [(each.file, remark) for each in account.files for remark in each.remarks]
