"""Joins in the database: the links that are here, and what each record stands under by the rules of joining."""

from collections.abc import Collection, Iterable
from typing import TypeAlias

from sqlalchemy import Connection

from outreach_app.journal.joining import NOT_THE_SAME, Near, Pair, connected, contradicted, pair_of, standing_under
from outreach_app.model.fields import Value
from outreach_app.model.identifiers import derived_id
from outreach_app.store.journals import chunks
from outreach_app.store.statements import Statements

_SAME = "SELECT one_record, other_record FROM links WHERE of_kind = ? AND says = 'same' AND shown"


def link_id(one: str, other: str) -> str:
    """The id of the link between two records, whoever makes it."""
    return derived_id("link", *pair_of(one, other))


def link_values(kind: str, one: str, other: str, says: str) -> dict[str, Value]:
    """What a link says of two records."""
    older, younger = pair_of(one, other)
    return {"of_kind": kind, "one_record": older, "other_record": younger, "says": says}


def members(connection: Connection, kind: str, record: str) -> list[str]:
    """All that stand as one with a record, the head first; only itself where it was never joined."""
    do = Statements(connection)
    head = do(f'SELECT stands_under FROM "{kind}" WHERE id = ?', (record,)).scalar() or record  # noqa: S608 (a declared kind)
    under = do(
        f'SELECT id FROM "{kind}" WHERE stands_under = ? ORDER BY id',  # noqa: S608 (a declared kind)
        (head,),
    )
    return [head, *under.scalars()]


def together(connection: Connection, kind: str, records: Iterable[str]) -> set[str]:
    """The records, and all that stand as one with one of them."""
    do = Statements(connection)
    heads = {*records}
    for chunk in chunks([*heads]):
        marks = ",".join("?" * len(chunk))
        asked = f'SELECT stands_under FROM "{kind}" WHERE id IN ({marks}) AND stands_under IS NOT NULL'  # noqa: S608 (a declared kind)
        heads.update(do(asked, tuple(chunk)).scalars())
    found = {*heads}
    for chunk in chunks(heads):
        marks = ",".join("?" * len(chunk))
        found.update(do(f'SELECT id FROM "{kind}" WHERE stands_under IN ({marks})', tuple(chunk)).scalars())  # noqa: S608 (a declared kind)
    return found


def decided(connection: Connection, kind: str, of: Collection[str] | None = None) -> set[frozenset[str]]:
    """The pairs of a kind that somebody answered, each side as what it stands under now; with ``of``, those that one of
    these heads is in."""
    do = Statements(connection)
    asked = (
        "SELECT coalesce(a.stands_under, l.one_record), coalesce(b.stands_under, l.other_record) FROM links l"  # noqa: S608 (a declared kind)
        f' LEFT JOIN "{kind}" a ON a.id = l.one_record LEFT JOIN "{kind}" b ON b.id = l.other_record'
        " WHERE l.of_kind = ? AND l.shown AND l.stands_under IS NULL"
    )
    if of is None:
        return {frozenset(pair) for pair in do(asked, (kind,))}
    found: set[frozenset[str]] = set()
    for chunk in chunks(of):
        marks = ",".join("?" * len(chunk))
        under = do(f'SELECT id FROM "{kind}" WHERE stands_under IN ({marks})', tuple(chunk)).scalars()  # noqa: S608 (a declared kind)
        for some in chunks((*chunk, *under)):
            marks = ",".join("?" * len(some))
            for end in ("one_record", "other_record"):
                found.update(map(frozenset, do(f"{asked} AND l.{end} IN ({marks})", (kind, *some))))
    return found


Joined: TypeAlias = dict[str, set[str]]
"""Records by kind."""


def ends(connection: Connection, links: Iterable[str]) -> Joined:
    """What these links put together or apart, as their rows say."""
    found: Joined = {}
    for chunk in chunks(links):
        places = ",".join("?" * len(chunk))
        asked = f"SELECT of_kind, one_record, other_record FROM links WHERE id IN ({places})"  # noqa: S608 (only question marks)
        for kind, *pair in Statements(connection)(asked, tuple(chunk)):
            found.setdefault(kind or "", set()).update(each for each in pair if each)
    return found


def linked(connection: Connection, kind: str, records: Iterable[str]) -> set[str]:
    """Those of the records of a kind that some *same* link of that kind names."""
    found: set[str] = set()
    for chunk in chunks(records):
        places = ",".join("?" * len(chunk))
        pairs = Statements(connection)(
            f"{_SAME} AND (one_record IN ({places}) OR other_record IN ({places}))", (kind, *chunk, *chunk)
        )
        found.update(each for pair in pairs for each in pair)
    return found.intersection(records)


def recluster(connection: Connection, kind: str, records: Collection[str]) -> set[str]:
    """Find anew what these records, and all that stood as one with them, stand under; those whose standing changed."""
    changed: set[str] = set()
    placed: set[str] = set()
    seen = {member for record in records for member in members(connection, kind, record)}
    for each in sorted(seen):
        if each in placed:
            continue
        cluster = connected(each, near(connection, kind))
        placed |= cluster
        for member, under in _standing_under(connection, kind, cluster).items():
            moved = Statements(connection)(
                f'UPDATE "{kind}" SET stands_under = ? WHERE id = ? AND stands_under IS NOT ?',  # noqa: S608 (a declared kind)
                (under, member, under),
            )
            if moved.changed:
                changed.add(member)
    if changed:  # the others stand for more, or for less, than they did
        noted = [(record, kind) for record in seen | placed]
        Statements(connection)("INSERT OR IGNORE INTO unindexed VALUES (?,?)", noted)
    return changed


def misplaced(connection: Connection, kind: str) -> list[str]:
    """The records of a kind that do not stand under what the links say."""
    held = Statements(connection)(
        f'SELECT id, stands_under FROM "{kind}" WHERE stands_under IS NOT NULL OR id IN'  # noqa: S608 (a declared kind)
        " (SELECT one_record FROM links WHERE of_kind = ? AND says = 'same' AND shown UNION"
        " SELECT other_record FROM links WHERE of_kind = ? AND says = 'same' AND shown)",
        (kind, kind),
    ).all()
    found: dict[str, str | None] = {}
    for record, _under in held:
        if record not in found:
            found |= _standing_under(connection, kind, connected(record, near(connection, kind)))
    return [record for record, under in held if found[record] != under]


def contradictions(connection: Connection, kind: str) -> list[Pair]:
    """The pairs of a kind of which somebody said that they are not the same, and which stand as one all the same."""
    rows = Statements(connection)(
        "SELECT a.id, coalesce(a.stands_under, a.id), b.id, coalesce(b.stands_under, b.id) FROM links l"  # noqa: S608 (a declared kind)
        f' JOIN "{kind}" a ON a.id = l.one_record JOIN "{kind}" b ON b.id = l.other_record'
        " WHERE l.of_kind = ? AND l.says = ? AND l.shown AND a.shown AND b.shown",
        (kind, NOT_THE_SAME),
    ).all()
    heads = {record: head for row in rows for record, head in (row[:2], row[2:])}
    return contradicted(((row[0], row[2]) for row in rows), heads)


def near(connection: Connection, kind: str) -> Near:
    """The records that a *same* link of their kind puts beside one, by the links that are here."""
    do = Statements(connection)

    def beside(record: str) -> set[str]:
        pairs = do(f"{_SAME} AND (one_record = ? OR other_record = ?)", (kind, record, record))
        return {each for pair in pairs for each in pair} - {record}

    return beside


def _standing_under(connection: Connection, kind: str, cluster: Collection[str]) -> dict[str, str | None]:
    """What each member of a cluster that is here stands under."""
    here: dict[str, bool] = {}
    for chunk in chunks(cluster):
        places = ",".join("?" * len(chunk))
        rows = Statements(connection)(f'SELECT id, shown FROM "{kind}" WHERE id IN ({places})', tuple(chunk))  # noqa: S608 (a declared kind)
        here.update((record, bool(shown)) for record, shown in rows)
    return standing_under(here)
