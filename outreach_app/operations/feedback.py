"""Writing down what people say, and what becomes of it."""

from dataclasses import dataclass

from outreach_app.journal.changes import Changes
from outreach_app.model.errors import BadInput
from outreach_app.operations.records import there
from outreach_app.operations.sealing import sealer
from outreach_app.store.identities import COORDINATORS, EVERYONE
from outreach_app.store.stores import Store
from outreach_app.texts import _


@dataclass(frozen=True, slots=True)
class NewFeedback:
    """The words first; all else is optional and may come later."""

    words: str
    event: str = ""
    language: str = "en"
    what_kind: str = ""
    themes: tuple[str, ...] = ()  # ids
    said_by: str = ""  # a person's id
    may_share: str = "not_asked"
    agreed: int = 0
    how: str = "spoken"
    sentiment: str = ""
    scope: str = ""
    population: str = ""
    programme: str = ""
    sensitive: bool = False
    sheet: str = ""
    page: int | None = None
    line: int | None = None
    source: str = "live"


def record_feedback(store: Store, new: NewFeedback) -> tuple[str, Changes]:
    """Write down one piece of feedback, just as it was said; its id, and what changed."""
    words = new.words.strip()
    if not words:
        raise BadInput(_("Nothing was written yet. Write what was said, then save."))
    to = COORDINATORS if new.sensitive else EVERYONE
    with store.writing("record_feedback", new.source, to, sealer=sealer(store)) as draft:
        made = draft.new(
            "feedback",
            {
                "verbatim": words,
                "event": new.event or None,
                "language": new.language or None,
                "what_kind": new.what_kind or None,
                "themes": list(new.themes),
                "themes_version": 1 if new.themes else None,
                "said_by": new.said_by or None,
                "may_share": new.may_share or None,
                "several_agreed": new.agreed or None,
                "how": new.how or None,
                "sentiment": new.sentiment or None,
                "scope": new.scope or None,
                "population": new.population or None,
                "programme": new.programme or None,
                "sensitive": True if new.sensitive else None,
                "sheet": new.sheet or None,
                "sheet_page": new.page,
                "sheet_line": new.line,
            },
        )
    return made, draft.changes


def agree(store: Store, feedback: str, by: int = 1) -> Changes:
    """One more person agreed."""
    there(store, "feedback", feedback)
    with store.writing("agree") as draft:
        draft.press("feedback", feedback, "several_agreed", by)
    return draft.changes


def respond(store: Store, feedback: str, **values: str | None) -> tuple[str, Changes]:
    """Say what became of a piece of feedback: one answer for each, moved on as it goes from sorted to told back."""
    there(store, "feedback", feedback)
    known = store.list("responses", {"feedback": feedback}, order="made_at", limit=1)
    with store.writing("respond") as draft:
        if known:
            made = known[0].id
            for name, value in values.items():
                draft.set("responses", made, name, value)
        else:
            made = draft.new("responses", {"feedback": feedback, **values})
    return made, draft.changes
