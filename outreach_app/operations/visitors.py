"""What a visitor does alone at the visitor screen: sign in, say something, ask to join a group.

Nobody known is ever looked up or shown: whoever signs in is somebody new, and who was known already is found afterwards
among those who may be the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from outreach_app.journal.changes import Changes
from outreach_app.model.dates import moment_of
from outreach_app.operations.feedback import NewFeedback, record_feedback
from outreach_app.operations.settings import department_name, said, setting
from outreach_app.operations.sign_ins import NewSignIn, SignedIn, sign_in
from outreach_app.store.stores import Store

SOURCE = "kiosk"
"""The source of what a visitor writes, and the way in which they gave consent."""


@dataclass(frozen=True, slots=True)
class Promises:
    """What the screen says truly: who keeps what is written, who reads it, and how to take a consent back."""

    department: str
    contact: str  # a phone, an e-mail or an address; "" while nobody wrote one
    read_by: Mapping[str, str]  # by language, "" while nobody wrote it
    notice: Mapping[str, str]


def promises(store: Store, languages: tuple[str, ...]) -> Promises:
    """What the department promises here."""
    contact = setting(store, "phone") or setting(store, "reach") or ""
    texts = {name: {language: said(store, name, language) for language in languages} for name in ("read_by", "notice")}
    return Promises(department_name(store), contact, texts["read_by"], texts["notice"])


def sign_in_visitor(store: Store, visitor: NewSignIn) -> SignedIn:
    """Sign a visitor in as they wrote themselves down, with the groups they ask to join."""
    alone = replace(visitor, person="", source=SOURCE, consent_way=SOURCE)
    return sign_in(store, alone)


def hear_visitor(store: Store, event: str, words: str, language: str, may_share: str) -> tuple[str, Changes]:
    """Write down what a visitor says, with no name to it; the slip's code, to ask by what became of it."""
    new = NewFeedback(
        words,
        event,
        language=language,
        may_share=may_share or "not_asked",
        how="written_card",
        source=SOURCE,
        slip=True,
    )
    made, changes = record_feedback(store, new)
    view = store.get("feedback", made)
    return str(view.values["slip_code"] or "") if view else "", changes


def join_groups(store: Store, event: str, person: str, groups: tuple[str, ...]) -> Changes:
    """A visitor who has signed in asks to join groups."""
    asked: dict[str, Any] = {"person": person, "event": event, "state": "asked"}
    with store.writing("ask_to_join", SOURCE) as draft:
        for group in groups:
            draft.new("interests", {**asked, "group": group, "asked_on": moment_of(store.clock.tick())[:10]})
    return draft.changes
