"""The tables of the journal, which are the truth, and of what is kept beside it for speed."""

from zlib import crc32

from sqlalchemy import Boolean, Column, Index, Integer, LargeBinary, MetaData, Table, Text, UniqueConstraint

metadata = MetaData()

settings = Table("settings", metadata, Column("name", Text, primary_key=True), Column("value", LargeBinary))

runs = Table(
    "runs",
    metadata,
    Column("run", LargeBinary, primary_key=True),
    Column("device", LargeBinary, nullable=False),
    Column("audience", Text, nullable=False),
    Column("reached", Integer, nullable=False),  # every number up to this is held
)

forks = Table(  # runs of which two contents came under one number: what they say from there on is kept, and counts not
    "forks",
    metadata,
    Column("run", LargeBinary, primary_key=True),
    Column("number", Integer, nullable=False),  # of the first change of which there are two contents
)

changes = Table(
    "changes",
    metadata,
    Column("place", Integer, primary_key=True),  # in the order this store took them in
    Column("run", LargeBinary),  # null: no change, but the stamp of writes known only from a workbook
    Column("number", Integer),
    Column("last", Integer),
    Column("audience", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("device", LargeBinary, nullable=False),
    Column("clock", Integer, nullable=False),
    Column("source", Text, nullable=False),
    Column("verb", Text, nullable=False),
    Column("undoes_run", LargeBinary),
    Column("undoes_number", Integer),
    Column("least", Integer, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("statements", LargeBinary),  # CBOR [{"says": ...}, ...]; null for none
    UniqueConstraint("run", "number"),
)
Index("changes_device", changes.c.device)
Index(
    "changes_undoes",
    changes.c.undoes_run,
    changes.c.undoes_number,
    sqlite_where=changes.c.undoes_run.is_not(None),
)

writes = Table(  # one record's lie side by side, because they are read together
    "writes",
    metadata,
    Column("record", LargeBinary, primary_key=True),
    Column("run", LargeBinary, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("element", Text, nullable=False),
    Column("value", LargeBinary),  # canonical CBOR; null once struck out
    Column("salt", LargeBinary),
    Column("value_hash", LargeBinary),  # kept in the place of a value that was struck out
    Column("replaces", LargeBinary),  # CBOR [[run, number], ...]; null for none
    Column("change", Integer, nullable=False),  # changes.place
    UniqueConstraint("run", "number"),
    sqlite_with_rowid=False,
)
Index("writes_change", writes.c.change)

carried = Table(  # derived writes have no number of their own; this says which change carries them, and where
    "carried",
    metadata,
    Column("change", Integer, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("run", LargeBinary, nullable=False),
    Column("replaces", LargeBinary),  # as of a write: what this change says of it. Of the write, all that any says
    sqlite_with_rowid=False,
)
Index("carried_run", carried.c.run)

readings = Table(
    "readings",
    metadata,
    Column("reading", Integer, primary_key=True),
    Column("change", Integer, nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("book", LargeBinary, nullable=False),
    Column("horizon", LargeBinary, nullable=False),
    Column("retired", Boolean, nullable=False),
)

reading_rows = Table(  # what one workbook showed of one record
    "reading_rows",
    metadata,
    Column("record", LargeBinary, primary_key=True),
    Column("reading", Integer, primary_key=True),
    Column("cells", LargeBinary, nullable=False),  # CBOR {field: [[run, number], ...]}
    Column("taught", LargeBinary, nullable=False),  # CBOR [[run, number], ...]: the writes this row teaches
    sqlite_with_rowid=False,
)
Index("reading_rows_reading", reading_rows.c.reading)

told = Table(  # what was said of who belongs, also by changes that are held back: nothing makes it unsaid
    "told",
    metadata,
    Column("device", LargeBinary, primary_key=True),
    Column("run", LargeBinary, primary_key=True),
    Column("number", Integer, primary_key=True),  # of the change
    Column("digest", LargeBinary, primary_key=True),
    Column("statement", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

receipts = Table(  # what each laptop said it holds of the runs of others
    "receipts",
    metadata,
    Column("device", LargeBinary, primary_key=True),
    Column("run", LargeBinary, primary_key=True),
    Column("first", Integer, primary_key=True),  # 0: it follows from the statements; else a return file said so
    Column("reached", Integer, nullable=False),
    sqlite_with_rowid=False,
)
Index("receipts_run", receipts.c.run)

segments = Table(  # segments this laptop made, or took in and carries on; as they travel, sealed
    "segments",
    metadata,
    Column("place", Integer, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("digest", LargeBinary, nullable=False),
    Column("device", LargeBinary, nullable=False),
    Column("run", LargeBinary, nullable=False),
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("count", Integer, nullable=False),  # changes; 0 where it was never opened
    Column("state", Text, nullable=False),  # "applied", or why not: shipping.py's State
    Column("data", LargeBinary, nullable=False),
)
Index("segments_run", segments.c.run, segments.c.last)
Index("segments_device", segments.c.device, segments.c.place)
Index("segments_left", segments.c.state, sqlite_where=segments.c.state != "applied")

seen = Table(  # files found good on a carrier, so that they need not be read again
    "seen",
    metadata,
    Column("carrier", Text, primary_key=True),
    Column("file", Text, primary_key=True),
    Column("stamp", Text, nullable=False),
    Column("segment", Text, nullable=False),
    Column("run", LargeBinary, nullable=False),
    Column("last", Integer, nullable=False),
)
Index("seen_segment", seen.c.segment)

carriers = Table(  # where this laptop has exchanged, and when it last did
    "carriers",
    metadata,
    Column("carrier", Text, primary_key=True),
    Column("place", Text, nullable=False),
    Column("at", Integer, nullable=False),
    Column("account", Text, nullable=False),  # JSON
)

undecided = Table(  # follows from the journal: slots whose standing writes differ, and deletions beside edits
    "undecided",
    metadata,
    Column("record", Text, primary_key=True),
    Column("field", Text, primary_key=True),
    Column("element", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
)

pairs = Table(  # what may be the same, found by matching, the older first; not asked while a link says so or not so
    "pairs",
    metadata,
    Column("one", Text, primary_key=True),
    Column("other", Text, primary_key=True, index=True),
    Column("kind", Text, primary_key=True, index=True),
    Column("score", Integer, nullable=False),
    Column("why", Text, nullable=False),  # JSON
)

odd_clocks = Table(  # runs in which some clock was implausible when it was taken in: flagged, and nothing else
    "odd_clocks",
    metadata,
    Column("run", LargeBinary, primary_key=True),
    Column("reason", Text, primary_key=True),  # journal/clock.py's Oddness
    Column("device", LargeBinary, nullable=False),
    Column("author", Text, nullable=False),
    Column("clock", Integer, nullable=False),  # the first that was
)

set_aside = Table(  # files of a carrier and rows of a workbook of which nothing was taken, until noted or gone
    "set_aside",
    metadata,
    Column("what", Text, primary_key=True),  # "file" or "row"
    Column("place", Text, primary_key=True),  # the carrier's id, the workbook's name
    Column("name", Text, primary_key=True),
    Column("title", Text, nullable=False),  # what people call the place
    Column("reason", Text, nullable=False),
    Column("since", Integer, nullable=False),
)

put_off = Table(  # decisions that somebody at this laptop wants to see later
    "put_off",
    metadata,
    Column("place", Text, primary_key=True),
    Column("until", Integer, nullable=False),
    Column("stood", LargeBinary, nullable=False),  # a digest of what stood to be decided
)

unindexed = Table(  # records whose words and lookup keys are not in the index yet
    "unindexed",
    metadata,
    Column("record", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    sqlite_with_rowid=False,
)

uncompared = Table(  # records written since what may be the same was last looked for
    "uncompared",
    metadata,
    Column("record", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    sqlite_with_rowid=False,
)

compared = Table(  # what a record is brought together with others by: matching/blocks.py's Traits, each as 64 bits
    "compared",
    metadata,
    Column("place", Integer, primary_key=True),
    Column("record", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("keys", LargeBinary, nullable=False),
    Column("words", LargeBinary, nullable=False),
    UniqueConstraint("record", "kind"),
)

blocks = Table(  # who has each key
    "blocks",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("place", Integer, primary_key=True),  # compared.place
    sqlite_with_rowid=False,
)

word_holders = Table(  # how many have each word
    "word_holders",
    metadata,
    Column("word", Integer, primary_key=True),
    Column("holders", Integer, nullable=False),
)

search_rows = Table(
    "search_rows",
    metadata,
    Column("row", Integer, primary_key=True),  # rows_of(kind) and a number: those of a kind lie together
    Column("record", Text, nullable=False),
    Column("kind", Text, nullable=False),
    UniqueConstraint("record", "kind"),
)

lookups = Table(  # what singles a person or organization out: e-mail, phone, the sound of a name
    "lookups",
    metadata,
    Column("key", Text, primary_key=True),
    Column("record", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    sqlite_with_rowid=False,
)
Index("lookups_record", lookups.c.record)

listed_counts = Table(  # how many records of each kind are listed; triggers keep it
    "listed_counts",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("listed", Integer, nullable=False),
    sqlite_with_rowid=False,
)

near_words = Table(  # every word in the index, by its beginning with a letter left out: what was typed nearly so
    "near_words",
    metadata,
    Column("key", Text, primary_key=True),
    Column("word", Text, primary_key=True),
    sqlite_with_rowid=False,
)

FILLED_INDEX = 'CREATE INDEX "ix_{kind}_{column}" ON "{kind}" ("{column}") WHERE "{column}" IS NOT NULL'
"""Of a column that points at records, the rows where it does: a save leaves alone what it does not fill, and an index
of all that was never joined would be taken for the way to it."""

LISTED_INDEX = 'CREATE INDEX "ix_{kind}_{column}" ON "{kind}" ({column}, id, shown, stands_under)'
"""What lists are sorted by: with all that tells whether a record is listed, so that rows are not read on the way."""

COUNTED = (
    'CREATE TRIGGER "{kind}_come" AFTER INSERT ON "{kind}" WHEN new.shown AND new.stands_under IS NULL BEGIN'
    " INSERT INTO listed_counts VALUES ('{kind}', 1) ON CONFLICT (kind) DO UPDATE SET listed = listed + 1; END",
    'CREATE TRIGGER "{kind}_go" AFTER DELETE ON "{kind}" WHEN old.shown AND old.stands_under IS NULL BEGIN'
    " UPDATE listed_counts SET listed = listed - 1 WHERE kind = '{kind}'; END",
    'CREATE TRIGGER "{kind}_move" AFTER UPDATE OF shown, stands_under ON "{kind}"'
    " WHEN (new.shown AND new.stands_under IS NULL) <> (old.shown AND old.stands_under IS NULL) BEGIN"
    " INSERT INTO listed_counts VALUES ('{kind}', 1) ON CONFLICT (kind) DO UPDATE"
    " SET listed = listed + iif(new.shown AND new.stands_under IS NULL, 1, -1); END",
)
"""What keeps ``listed_counts``, whoever writes the rows: nobody who asks how many there are has them counted."""

STATES = "CREATE INDEX follow_ups_state ON follow_ups (state) WHERE state IS NOT NULL"
"""What is still to be done is counted after every save."""

LINK_INDEXES = (
    "CREATE INDEX links_one ON links (one_record)",
    "CREATE INDEX links_other ON links (other_record)",
)
"""Joins are looked up by either end whenever a record comes or goes."""

ROWS = 1 << 40
"""So many rows of the search there are for each kind."""


def rows_of(kind: str) -> int:
    """The first row of the search for a kind: what one kind holds is asked for by a range of rows."""
    return (1 + crc32(kind.encode()) % (1 << 20)) * ROWS


SEARCH = (
    "CREATE VIRTUAL TABLE search USING fts5(words, content='', contentless_delete=1, "
    "tokenize=\"unicode61 remove_diacritics 2\", prefix='2 3')"
)
