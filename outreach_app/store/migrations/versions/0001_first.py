"""The first tables. Written out here and never altered: the model moves on, what was once released does not."""

import re

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

JOURNAL = {
    "settings": "name! value%",
    "runs": "run%! device%= audience= #reached=",
    "forks": "run%! #number=",
    "changes": """
        #place! run% #number #last audience= author= device%= #clock= source= verb= undoes_run% #undoes_number
        #least= digest%= statements% (run,number)
    """,
    "writes": """
        record%! run%! #number! kind= field= element= value% salt% value_hash% replaces% #change= (run,number)
        no_rowid
    """,
    "carried": "#change! #position! run%= replaces% no_rowid",
    "readings": "#reading! #change= #position= book%= horizon%= ?retired=",
    "reading_rows": "record%! #reading! cells%= taught%= no_rowid",
    "told": "device%! run%! #number! digest%! statement%= no_rowid",
    "receipts": "device%! run%! #first! #reached= no_rowid",
    "segments": "#place! name= digest%= device%= run%= #first= #last= #count= state= data%= (name)",
    "seen": "carrier! file! stamp= segment= run%= #last=",
    "carriers": "carrier! place= #at= account=",
    "undecided": "record! field! element! kind!",
    "pairs": "one! other! kind! #score= why=",
    "odd_clocks": "run%! reason! device%= author= #clock=",
    "set_aside": "what! place! name! title= reason= #since=",
    "put_off": "place! #until= stood%=",
    "unindexed": "record! kind! no_rowid",
    "uncompared": "record! kind! no_rowid",
    "compared": "#place! record= kind= keys%= words%= (record,kind)",
    "blocks": "#key! #place! no_rowid",
    "word_holders": "#word! #holders=",
    "search_rows": "#row! record= kind= (record,kind)",
    "lookups": "key! record! kind! no_rowid",
    "listed_counts": "kind! #listed= no_rowid",
    "near_words": "key! word! no_rowid",
}
"""Each table's columns: text, ``#`` whole number, ``?`` yes or no, ``%`` bytes; ``!`` part of its key, ``=`` never
empty. In brackets what is unique together."""

INDEXES = """
    changes_device changes(device)
    changes_undoes changes(undoes_run,undoes_number) undoes_run
    receipts_run receipts(run)
    carried_run carried(run)
    writes_change writes(change)
    ix_readings_change readings(change)
    reading_rows_reading reading_rows(reading)
    segments_run segments(run,last)
    segments_device segments(device,place)
    seen_segment seen(segment)
    ix_pairs_kind pairs(kind)
    ix_pairs_other pairs(other)
    lookups_record lookups(record)
    links_one links(one_record)
    links_other links(other_record)
    follow_ups_state follow_ups(state) state
"""
"""Name and place; a column behind it limits the index to rows that have one."""

KINDS = {
    "events": """
        name event_type status short_code starts ends venue_name venue_type address town zip county tribal_land
        ?rural @host *co_hosts owning_unit *staff engagement_level *languages *supports #others_here notes
    """,
    "people": """
        name given_name family_name preferred_name pronouns *phones *emails preferred_language preferred_contact
        street town state zip county *interests *met_at notes @sheet #sheet_page #sheet_line
    """,
    "organizations": """
        name *other_names sector status @parent *identifiers website *phones *emails *addresses *counties_served
        *languages description *services_offered *needs needs_text *offers offers_text verified_on *met_at notes
        @sheet #sheet_page #sheet_line
    """,
    "affiliations": """
        @person @organization job_title *phones *emails ?main_contact since until @sheet #sheet_page #sheet_line
    """,
    "organization_relations": "@organization relation @other since until notes",
    "sign_ins": """
        @event @person name_as_written @organization organization_as_written came_as status *marks @sheet
        #sheet_page #sheet_line
    """,
    "feedback": """
        verbatim @event heard_on how language @said_by #several_agreed may_share slip_code ?sensitive translation
        translator what_kind *themes #themes_version sentiment scope population programme *about_organizations
        text_for_sharing reviewed_by *released_to @sheet #sheet_page #sheet_line
    """,
    "themes": "name name_es @parent theme_code meaning #version ?retired",
    "responses": "@feedback state owner passed_to decided why told_back_on told_back_how @told_back_at",
    "follow_ups": """
        what who_does_it due state @for_person @for_organization @for_event @for_feedback notes @sheet
        #sheet_page #sheet_line
    """,
    "consents": "@person channel state how given_on notice_version *supersedes @sheet #sheet_page #sheet_line",
    "groups": """
        name group_type owning_unit purpose *interests *counties #seats #openings ?open_to_public how_to_join
        compensation meets *languages contact_name *phones *emails website verified_on notes
    """,
    "interests": "@person @organization @group unit @event asked_on state sent_to notes @sheet #sheet_page #sheet_line",
    "links": "of_kind one_record other_record says",
    "decision_notes": "what_waits of_kind of_record handed_to *noted",
    "exports": """
        file_name @named #rows row_counts row_tokens ?sealed profile form to_whom @partner @event since *lists *columns
        language
    """,
    "named_exports": """
        name ?since_last template template_name *template_columns profile form to_whom @partner @event since *lists
        *columns language
    """,
    "named_lists": "name of_kind conditions columns sorted_by",
    "sheets": "short_code @event #pages #lines #prefilled printed_lines language ?large_print paper_size",
    "department_settings": """
        name phone reach logo call_today read_by read_by_es notice notice_es engagement_scheme #threshold
    """,
}
"""Each kind's fields, likewise; ``*`` a list, ``@`` the id of a record, looked up by."""

EVERY_KIND = """
    id! code= title= sort_key= #made_at= made_by= made_on= source= #changed_at= ?shown= stands_under #to_decide= extra
"""
SORTED_BY = ("sort_key", "made_at")
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
SEARCH = (
    "CREATE VIRTUAL TABLE search USING fts5(words, content='', contentless_delete=1, "
    "tokenize=\"unicode61 remove_diacritics 2\", prefix='2 3')"
)
LEFT_SEGMENTS = "CREATE INDEX segments_left ON segments (state) WHERE state != 'applied'"
_TYPES = {"": sa.Text, "@": sa.Text, "#": sa.Integer, "?": sa.Boolean, "*": sa.JSON, "%": sa.LargeBinary}
_COLUMN = re.compile(r"([@#?*]?)(\w+)(%?)([!=]?)")


def upgrade() -> None:
    """Make the tables and their indexes."""
    for name, columns in JOURNAL.items():
        _table(name, columns.split())
    for name, fields in KINDS.items():
        _table(name, [*fields.split(), *EVERY_KIND.split()])
        referring = [field[1:] for field in fields.split() if field.startswith("@")]
        _index(f"ix_{name}_code", f"{name}(code)")
        for column in SORTED_BY:
            _index(f"ix_{name}_{column}", f"{name}({column},id,shown,stands_under)")
        for column in (*referring, "stands_under"):
            _index(f"ix_{name}_{column}", f"{name}({column})", column)
        for statement in COUNTED:
            op.execute(statement.format(kind=name))
    for line in INDEXES.strip().splitlines():
        _index(*line.split())
    op.execute(LEFT_SEGMENTS)
    op.execute(SEARCH)


def _table(name: str, columns: list[str]) -> None:
    parts: list[sa.Column[object] | sa.UniqueConstraint] = []
    for each in columns:
        if each.startswith("("):
            parts.append(sa.UniqueConstraint(*each.strip("()").split(",")))
        elif found := _COLUMN.fullmatch(each):
            kind, column, raw, rule = found.groups()
            if column != "no_rowid":
                parts.append(sa.Column(column, _TYPES[kind or raw](), primary_key=rule == "!", nullable=not rule))
    op.create_table(name, *parts, sqlite_with_rowid="no_rowid" not in columns)


def _index(name: str, place: str, filled: str = "") -> None:
    table, columns = place.rstrip(")").split("(")
    where = sa.text(f'"{filled}" IS NOT NULL') if filled else None
    op.create_index(name, table, columns.split(","), sqlite_where=where)
