"""The repair: everything that follows from the journal is thrown away and made from it again."""

from sqlalchemy import Connection

from outreach_app.journal.changes import WriteId
from outreach_app.store.blueprints import Blueprints
from outreach_app.store.indexes import catch_up
from outreach_app.store.intakes import Intake
from outreach_app.store.packing import unpacked_statements
from outreach_app.store.projections import Projection
from outreach_app.store.statements import Statements

_FOLLOWING = (
    "undecided", "lookups", "search_rows", "unindexed", "uncompared", "compared", "blocks", "word_holders",
    "near_words", "listed_counts",
)  # fmt: skip


def rebuild(connection: Connection, blueprints: Blueprints) -> int:
    """Make the tables anew from the journal, in the transaction that the connection is in; how many records."""
    do = Statements(connection)
    for table in (*blueprints.tables, *_FOLLOWING):
        do(f'DELETE FROM "{table}"')  # noqa: S608 (declared names)
    do("DELETE FROM receipts WHERE first = 0")  # what return files said is told by nothing else
    do("INSERT INTO search (search) VALUES ('delete-all')")
    said = do("SELECT device, run, number, statements FROM changes WHERE statements IS NOT NULL").all()
    told = [(device, WriteId(run, number), unpacked_statements(raw)) for device, run, number, raw in said]
    Intake(connection).receipts((device, statements) for device, _where, statements in told)
    Intake(connection).tell(told)
    undoing = do(
        "SELECT run, number FROM changes WHERE undoes_run IS NOT NULL OR place IN (SELECT change FROM readings)"
    )
    Intake(connection).retire([WriteId(*each) for each in undoing])
    records = do("SELECT DISTINCT record FROM writes").scalars()
    Projection(connection, blueprints).project(records)
    catch_up(connection, blueprints)
    return len(records)
