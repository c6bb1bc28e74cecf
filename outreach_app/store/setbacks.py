"""Setting back: changes that were taken in and count no longer leave the journal; their segments stay, and wait.

What follows from the journal is made anew afterwards (``repairs.py``). What others wrote stands, and so does what a
workbook taught or another change carries too, as those say it.
"""

from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import Connection

from outreach_app.journal.changes import Stamped, WriteId
from outreach_app.model.identifiers import id_text
from outreach_app.store.intakes import Intake
from outreach_app.store.journals import Journal, chunks
from outreach_app.store.packing import unpacked_taught
from outreach_app.store.statements import Statements


def set_back(connection: Connection, limits: Mapping[bytes, int], state: str) -> dict[str, frozenset[str]]:
    """Take out of the journal what each run says beyond its limit; the records it spoke of, by kind.

    The segments that carried it are in ``state`` from then on.
    """
    do = Statements(connection)
    places: list[int] = []
    for run, limit in limits.items():
        places += do("SELECT place FROM changes WHERE run = ? AND last > ?", (run, limit)).scalars()
        do(
            "UPDATE runs SET reached = coalesce((SELECT max(last) FROM changes WHERE run = ? AND last <= ?), 0)"
            " WHERE run = ?",
            (run, limit, run),
        )
        do("DELETE FROM runs WHERE run = ? AND reached = 0", (run,))
        told = "UPDATE segments SET state = ? WHERE run = ? AND last > ? AND state IN ('applied', 'forked')"
        do(told, (state, run, limit))
    spoken_of: list[tuple[str, bytes]] = []
    for chunk in chunks(places):
        marks = ",".join("?" * len(chunk))
        at = tuple(chunk)
        derived = do(f"SELECT DISTINCT run FROM carried WHERE change IN ({marks})", at).scalars()  # noqa: S608 (only question marks, as below)
        others = _carried_by_others(connection, at)
        do(f"DELETE FROM changes WHERE place IN ({marks})", at)  # noqa: S608
        do(f"DELETE FROM carried WHERE change IN ({marks})", at)  # noqa: S608
        spoken_of += do(f"DELETE FROM writes WHERE change IN ({marks}) RETURNING kind, record", at)  # noqa: S608
        for run in derived:
            spoken_of += do("DELETE FROM writes WHERE run = ? AND number = 0 RETURNING kind, record", (run,))
        Intake(connection).settle(others)
        read = f"SELECT reading FROM readings WHERE change IN ({marks})"  # noqa: S608
        do(f"DELETE FROM reading_rows WHERE reading IN ({read})", at)  # noqa: S608
        do(f"DELETE FROM readings WHERE change IN ({marks})", at)  # noqa: S608
    if places:
        spoken_of += _teach_again(connection)
    touched: dict[str, set[str]] = {}
    for kind, record in spoken_of:
        touched.setdefault(kind, set()).add(id_text(record))
    return {kind: frozenset(records) for kind, records in touched.items()}


def _carried_by_others(connection: Connection, places: tuple[int, ...]) -> list[tuple[Stamped, int]]:
    """The derived writes of the changes at these places as changes at others carry them, each with its place."""
    marks = ",".join("?" * len(places))
    rows = Statements(connection)(
        "SELECT o.run, c.place, c.run, c.number FROM carried x JOIN carried o ON o.run = x.run JOIN changes c"  # noqa: S608 (only question marks)
        f" ON c.place = o.change WHERE x.change IN ({marks}) AND o.change NOT IN ({marks})",
        (*places, *places),
    )
    carried: dict[tuple[int, WriteId], set[WriteId]] = defaultdict(set)
    for derived, place, *change in rows:
        carried[place, WriteId(*change)].add(WriteId(derived, 0))
    changes = {change.id: change for change in Journal(connection).changes([change for _place, change in carried])}
    return [
        (each, place)
        for (place, change), derived in carried.items()
        for each in changes[change].stamped()
        if each.write.id in derived
    ]


def _teach_again(connection: Connection) -> list[tuple[str, bytes]]:
    """Write down anew what the workbooks read here teach, and let go of what those taught that are read no longer; kind
    and record of all that."""
    do, intake = Statements(connection), Intake(connection)
    taught = "SELECT place FROM changes WHERE run IS NULL"
    spoken_of = do(f"DELETE FROM writes WHERE change IN ({taught}) RETURNING kind, record").all()  # noqa: S608 (only what stands above)
    do("DELETE FROM changes WHERE run IS NULL")
    for record, told in do("SELECT record, taught FROM reading_rows").all():
        intake.teach(
            int(do("SELECT coalesce(max(place), 0) FROM changes").scalar()), unpacked_taught(told, id_text(record))
        )
    return [(kind, record) for kind, record in spoken_of]
