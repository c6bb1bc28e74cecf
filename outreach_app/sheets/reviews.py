"""The review workbook: what a coordinator is to look at after a merge, listed with where each thing comes from.

It is filled in and merged back: each line has a column for the decision, and a code by which it is found again, which
also says what stood there. A page that people do not see tells the codes once more (``filled_reviews.py``).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from outreach_app.model import dates
from outreach_app.sheets.accounts import Account, in_short
from outreach_app.sheets.books import Signer, Table
from outreach_app.sheets.cells import Cell, canonical
from outreach_app.sheets.hidden_pages import FORMAT, PageWriter
from outreach_app.sheets.marks import REVIEW_TITLE
from outreach_app.sheets.plain_books import PlainBook, write_plain
from outreach_app.texts import say


@dataclass(frozen=True, slots=True)
class Version:
    """One of the values that stand in a field. ``when``: a clock, microseconds since 1970 UTC."""

    value: str
    who: str
    when: int
    shown: bool = False
    code: str = ""  # by which it is found when the review comes back


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
    identity: str = ""  # the code by which the two are found when the review comes back


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
    made_by: str = ""
    space: bytes = b""
    signer: Signer | None = None  # without one nothing of it is proven, and its codes stand in sight alone


def write_review(target: Path | BinaryIO, review: Review) -> int:
    """Write the review workbook; its size in bytes. Raises NotWritable."""
    language = review.language

    answers = {name: say(ANSWERS[name], language) for name in ANSWERS}
    lists = ({9: [answers[each] for each in OF_ONE]}, {8: [answers[each] for each in OF_TWO]})
    conflicts, alike = _conflicts(review.conflicts, language), _alike(review.alike)
    tables = [
        Table("to_decide", say("To decide", language), *_heads(DECIDE, language), conflicts, lists[0]),
        Table("perhaps_the_same", say("Perhaps the same", language), *_heads(SAME, language), alike, lists[1]),
        Table("set_aside", say("Set aside", language), *_heads(_ASIDE, language), _aside(review.account)),
        Table("left_alone", say("Left alone", language), *_heads(_ALONE, language), _alone(review.account)),
    ]
    front: list[Sequence[Cell]] = [
        (
            say("What this is", language),
            say(
                "What a person should look at after a merge. Decide it in Outreach, under To decide, or here.", language
            ),
        ),
        (
            say("Decision", language),
            say(
                "Choose from the list: for what differs “Use this” in the line that is right; for what was deleted "
                "Keep or Delete; for two that may be one Same or Not the same. Lines left empty wait on.",
                language,
            ),
        ),
        (say("Or write", language), say("Another value than those that stand there.", language)),
        (
            say("Code", language),
            say("Please leave it: by it a line is found when this file is merged, like any other.", language),
        ),
        (say("Made on", language), dates.full_moment(dates.moment_of(review.made_at), language)),
        *(("", line) for line in review.about),
        (),
        *([(say("The merge", language), in_short(review.account, language))] if review.account.total else []),
        (tables[0].title, len(review.conflicts)),
        *((table.title, len(table.rows)) for table in tables[1:]),
    ]
    title = f"Outreach · {review.department}"
    hidden = [*_page(review, conflicts, alike)] if review.signer else []
    book = PlainBook(title, review.department, review.made_at, language, front, tables, REVIEW_TITLE, hidden)
    return write_plain(target, book)


ANSWERS = {
    "use": "Use this",
    "keep_both": "Keep both",
    "keep": "Keep",
    "delete": "Delete",
    "same": "Same",
    "not_same": "Not the same",
    "later": "Later",
}
"""What may be chosen in the column of decisions."""
OF_ONE, OF_TWO = ("use", "keep_both", "keep", "delete", "later"), ("same", "not_same", "later")
DECIDE = (
    ("Sheet", 18),
    ("Which", 36),
    ("Record", 15),
    ("Column", 22),
    ("What it says", 40),
    ("Who wrote it", 20),
    ("When", 22),
    ("Shown now", 11),
    ("Decision", 16),
    ("Or write", 30),
    ("Code", 30),
)
SAME = (
    ("Sheet", 18),
    ("One", 36),
    ("Its code", 15),
    ("Other", 36),
    ("Its code (2)", 15),
    ("How alike", 11),
    ("Why", 50),
    ("Decision", 16),
    ("Code", 30),
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
            rows.append(
                (
                    each.kind,
                    each.title,
                    each.code,
                    each.field,
                    version.value,
                    version.who,
                    when,
                    shown,
                    "",
                    "",
                    version.code,
                )
            )
    return rows


def _alike(alike: Sequence[Alike]) -> list[Sequence[Cell]]:
    ordered = sorted(alike, key=lambda each: -each.score)
    return [
        (each.kind, each.one, each.one_code, each.other, each.other_code, each.score, each.why, "", each.identity)
        for each in ordered
    ]


def _page(review: Review, *lines: Sequence[Sequence[Cell]]) -> Iterator[str]:
    """The page that people do not see: whose review it is, and each line's code beside what tells the line apart."""
    assert review.signer is not None
    header = {
        "format": FORMAT, "key": review.signer.public_key, "space": review.space, "department": review.department,
        "made_at": review.made_at, "made_by": review.made_by, "language": review.language,
        "lines": [[*map(canonical, line[:5]), str(line[-1])] for table in lines for line in table],
    }  # fmt: skip
    yield from PageWriter(header, review.language).close({}, (), review.signer)


def _aside(account: Account) -> list[Sequence[Cell]]:
    rows: list[Sequence[Cell]] = [(each.file, "", None, each.error) for each in account.files if each.error is not None]
    rows += [(each.file, aside.sheet, aside.row, aside.reason) for each in account.files for aside in each.set_aside]
    return rows


def _alone(account: Account) -> list[Sequence[Cell]]:
    return [(each.file, remark) for each in account.files for remark in each.remarks]
