"""Writing down what people say, and what becomes of it."""

import random
from dataclasses import dataclass

from outreach_app.journal.changes import Changes
from outreach_app.model.codes import draw_short_code
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
    translation: str = ""
    translator: str = ""
    slip: bool = False  # whether the speaker may take a slip along, with a code to ask by
    sheet: str = ""
    page: int | None = None
    line: int | None = None
    source: str = "live"


@dataclass(frozen=True, slots=True)
class ReadBack:
    """A note as it was saved, to be read to whoever said it, and the code on their slip."""

    feedback: str
    words: str
    slip: str


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
                "translation": new.translation.strip() or None,
                "translator": new.translator.strip() or None,
                "slip_code": _drawn_slip(store) if new.slip else None,
                "sheet": new.sheet or None,
                "sheet_page": new.page,
                "sheet_line": new.line,
            },
        )
    return made, draft.changes


def read_back(store: Store, feedback: str) -> ReadBack | None:
    """A note as it stands in the store; None where it was sealed to others as it was saved."""
    view = store.get("feedback", feedback)
    if view is None or not view.shown:
        return None
    return ReadBack(feedback, str(view.values["verbatim"] or ""), str(view.values["slip_code"] or ""))


def _drawn_slip(store: Store) -> str:
    """A code that no other slip has here."""
    source = random.SystemRandom()
    while store.count("feedback", {"slip_code": (code := draw_short_code(source))}):
        continue
    return code


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
