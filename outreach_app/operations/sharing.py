"""Texts for sharing, the only words that leave: written by anybody, read and released by a coordinator."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from outreach_app.journal.changes import Changes
from outreach_app.model.edits import ListEdit
from outreach_app.model.errors import BadInput
from outreach_app.operations.records import edit_record, there
from outreach_app.operations.releases import (
    FEEDBACK,
    READ,
    RELEASED_TO,
    REVIEWED,
    TEXT,
    Stage,
    check_coordinator,
    stage_of,
)
from outreach_app.store.stores import Store
from outreach_app.store.views import View
from outreach_app.texts import _

_ASKED = ("yes", "not_asked")
"""The speakers' answers, in the order in which texts are best written."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """Feedback of one stage, what is best taken first in front; ``counts``: how many there are of each stage."""

    stage: Stage
    views: Sequence[View]
    counts: Mapping[Stage, int]


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of feedback, and the partners it may be given to: (id, name), those it was released to first."""

    view: View
    partners: Sequence[tuple[str, str]]


def pieces(store: Store, stage: Stage, limit: int = 100) -> Pieces:
    """The feedback whose text for sharing is at a stage. Of what is to be written, where the speaker said yes first;
    then the longest heard."""
    by_stage: dict[Stage, list[tuple[int, str]]] = {each: [] for each in Stage}
    for record, *said in store.values(FEEDBACK, READ):
        values = dict(zip(READ, said, strict=True))
        at = stage_of(values)
        if at is not None:
            answer = values["may_share"] if values["may_share"] in _ASKED else _ASKED[-1]
            by_stage[at].append((_ASKED.index(answer), record))
    wanted = [record for _answer, record in sorted(by_stage[stage])[:limit]]
    found = {view.id: view for view in store.many(FEEDBACK, wanted)}
    counts = Counter({each: len(records) for each, records in by_stage.items()})
    return Pieces(stage, [found[record] for record in wanted], counts)


def how_many_to_write(store: Store) -> int:
    """How many texts wait to be written or released here: none, but at a coordinator's laptop."""
    if store.role != "coordinator":
        return 0
    rows = store.values(FEEDBACK, READ, {"sensitive": False})
    stages = (stage_of(dict(zip(READ, said, strict=True))) for _record, *said in rows)
    return sum(stage in (Stage.TO_WRITE, Stage.WRITTEN) for stage in stages)


def piece(store: Store, feedback: str) -> Piece:
    """One piece with the partners it may concern: those released to, whom it speaks of, who held the event."""
    view = there(store, FEEDBACK, feedback)
    event = store.get("events", str(view.values["event"])) if view.values["event"] else None
    held = [event.values["host"], *event.elements("co_hosts")] if event else []
    ids = dict.fromkeys([*view.elements(RELEASED_TO), *view.elements("about_organizations"), *filter(None, held)])
    titles = {each.id: each.title for each in store.many("organizations", list(ids))}
    return Piece(view, [(each, titles[each]) for each in ids if each in titles])


def write_text(store: Store, feedback: str, text: str) -> Changes:
    """Write the text for sharing, or another in its place, which is not released yet. Raises NotFound, and BadInput for
    what is sealed."""
    view = _open(store, feedback)
    if text.strip() == (view.values[TEXT] or ""):
        return Changes("write_text", None)
    return edit_record(store, FEEDBACK, feedback, {TEXT: text.strip() or None})


def release(store: Store, feedback: str, text: str | None = None, partners: Sequence[str] | None = None) -> Changes:
    """Say that the text (another one, if ``text`` is given) may leave: to these ``partners`` (None: those who have it
    already), and to everybody where the speaker said yes. One change.

    Raises NotFound, and BadInput for whoever is no coordinator, with no text, and where the speaker said no.
    """
    check_coordinator(store)
    view = _open(store, feedback)
    words = (view.values[TEXT] or "") if text is None else text.strip()
    if not words:
        raise BadInput(_("There is no text for sharing yet. Write it first."))
    if view.values["may_share"] == "no":
        raise BadInput(_("The speaker said no to sharing the words, so they stay here."))
    edits: dict[str, object] = {TEXT: words, REVIEWED: store.worker}
    if partners is not None:
        held = {element["id"]: element["value"] for element in view.values[RELEASED_TO] or ()}
        gone = {element: None for element, partner in held.items() if partner not in partners}
        edits[RELEASED_TO] = ListEdit(gone, tuple(each for each in partners if each not in held.values()))
    return edit_record(store, FEEDBACK, feedback, edits)


def take_back(store: Store, feedback: str) -> Changes:
    """Have a released text leave no more, to nobody; the text stays."""
    check_coordinator(store)
    _open(store, feedback)
    return edit_record(store, FEEDBACK, feedback, {REVIEWED: None})


def _open(store: Store, feedback: str) -> View:
    view = there(store, FEEDBACK, feedback)
    if view.values["sensitive"]:
        raise BadInput(_("This is sensitive: it is sealed to the coordinators, and no text of it leaves."))
    return view
