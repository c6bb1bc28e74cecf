"""What a person needs to see to decide one thing: how it came about, and both of two that may be one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from outreach_app.journal.changes import Changes, WriteId
from outreach_app.journal.clock import Oddness
from outreach_app.journal.histories import HistoryLine
from outreach_app.journal.standing import DELETED, saw
from outreach_app.model.dates import moment_of
from outreach_app.operations.admissions import Waiting, waiting
from outreach_app.operations.duplicates import reasons
from outreach_app.operations.held import Held, held
from outreach_app.operations.surroundings import titles_in
from outreach_app.store.clusters import link_id
from outreach_app.store.comparisons import FoundPair
from outreach_app.store.decisions import Decision
from outreach_app.store.handovers import is_notice
from outreach_app.store.notices import ASKING, Noticed
from outreach_app.store.stores import Store
from outreach_app.store.views import View
from outreach_app.texts import _


@dataclass(frozen=True, slots=True)
class Side:
    """One of those that may be one, with what tells it apart beside its own fields, and with what matching says of it
    and the first; of two that it did not set beside each other, of it and another, ``beside``."""

    view: View
    organizations: tuple[str, ...] = ()
    sign_ins: int = 0
    beside: str = ""  # the title of the other, where that is not the first
    alike: tuple[str, ...] = ()  # in what they agree, in words
    unlike: tuple[str, ...] = ()  # and in what they differ


@dataclass(frozen=True, slots=True)
class Whose:
    """Who is to decide."""

    name: str = ""  # "" while it is a coordinator's
    here: bool = True  # it is for who sits at this laptop
    may_hand: bool = True  # who sits here may hand it to somebody
    others: tuple[str, ...] = ()  # to whom it may be handed


@dataclass(frozen=True, slots=True)
class Deciding:
    """One decision with all that is to be seen of it."""

    decision: Decision
    view: View | None  # the record it is about; None of what is only to be noted
    history: Sequence[HistoryLine]  # of what is to be decided, oldest first
    titles: Mapping[str, str]  # of the records that values name, by id
    own_device: bytes
    sides: tuple[Side, ...] = ()  # a duplicate: the older first
    whose: Whose = Whose()
    held: Sequence[Held] = ()  # of what a laptop wrote and a person has to accept
    asks: Waiting | None = None  # the laptop that a person has to let in


def deciding(store: Store, decision: Decision) -> Deciding | None:
    """What is to be seen of a decision; None where it has been decided meanwhile."""
    seen = _seen(store, decision)
    return None if seen is None else replace(seen, whose=_whose(store, decision))


def comparison(store: Store, kind: str, records: Sequence[str]) -> Deciding | None:
    """Records that somebody chose to compare, as those that may be one are seen; None where there are no two."""
    views = sorted(store.heads(kind, records), key=lambda view: view.id)
    if len(views) < 2:
        return None
    first, *others = views
    pairs = tuple(
        Decision("duplicate", kind, first.id, first.title, other=each.id, other_title=each.title) for each in others
    )
    return _seen(store, replace(pairs[0], pairs=pairs))


def _whose(store: Store, decision: Decision) -> Whose:
    """Who is to decide. Whoever has a laptop of the space, works at this one, or wrote an answer, may be asked."""
    members = [each.name for each in store.membership().members.values()]
    here_too = store.slots.workers if store.folder is not None else ()
    asked = dict.fromkeys([*members, *(each.author for each in decision.options), *here_too])
    here, coordinator = store.decides(decision), store.role == "coordinator"
    may_hand = (here or coordinator) and decision.what != ASKING  # only a coordinator's laptop lets in
    return Whose(decision.handed_to, here, may_hand, tuple(sorted(name for name in asked if name)))


def _seen(store: Store, decision: Decision) -> Deciding | None:
    if decision.what == "held":
        return Deciding(decision, None, (), {}, store.device, held=held(store, decision))
    if decision.what == ASKING:
        asks = next((each for each in waiting(store) if each.device.hex() == decision.record), None)
        return Deciding(decision, None, (), {}, store.device, asks=asks) if asks else None
    if is_notice(decision):
        return Deciding(decision, None, (), {}, store.device)
    view = store.get(decision.kind, decision.record)
    if view is None:
        return None
    if decision.other:
        members = store.many(decision.kind, decision.records)
        sides = tuple(_compared(_side(store, each), decision, members) for each in members)
        titles = {record: title for each in members for record, title in each.titles.items()}
        return Deciding(decision, view, (), titles, store.device, sides)
    lines = [line for line in reversed(store.history(decision.kind, decision.record)) if _is_of(decision, line)]
    declared = store.registry[decision.kind]
    titles = {**titles_in(store, declared, lines), **view.titles}
    return Deciding(decision, view, lines, titles, store.device)


def _is_of(decision: Decision, line: HistoryLine) -> bool:
    """A conflict's own slot; of a deletion, it and what its author had not seen."""
    if decision.what == "conflict":
        return line.field == decision.field and line.element == decision.element
    seen = frozenset[WriteId]().union(*(saw(option.value) for option in decision.options))
    return line.field == DELETED or (line.stands and line.write not in seen)


def _side(store: Store, view: View) -> Side:
    if view.kind != "people":
        return Side(view)
    places = store.list("affiliations", {"person": view.id})
    names = dict.fromkeys(place.titles.get(place.values["organization"] or "", "") for place in places)
    return Side(view, tuple(name for name in names if name), store.count("sign_ins", {"person": view.id}))


def _compared(side: Side, decision: Decision, members: Sequence[View]) -> Side:
    """A side with what speaks for it and against it: beside the first, else beside the one it is most like."""
    named = {each.id: each.title for each in members}
    first, own = members[0].id, side.view.id
    pairs = [pair for pair in decision.each if own in (pair.record, pair.other)]
    if own == first or not pairs:
        return side
    pair = max(pairs, key=lambda each: (first in (each.record, each.other), each.score))
    other = pair.other if own == pair.record else pair.record
    alike, unlike = (tuple(reasons(code for code in pair.why if code.startswith(sign))) for sign in "+-")
    return replace(side, beside="" if other == first else named.get(other, ""), alike=alike, unlike=unlike)


def in_words(line: Noticed, what: str) -> str:
    """Why something is only to be noted, as a sentence."""
    if what != "clock":
        return f"{line.name}: {line.reason}"
    day = moment_of(line.at)[:10]
    if line.reason == Oddness.AHEAD:
        return _("{name} wrote by a clock that said {day}, more than a day ahead of this one.", name=line.by, day=day)
    if line.reason == Oddness.LONG_AGO:
        return _("{name} wrote by a clock that said {day}, long before this program was made.", name=line.by, day=day)
    return _("The clock of {name}'s laptop was set back while it was open, to {day}.", name=line.by, day=day)


def ask_again(store: Store, decisions: Sequence[Decision]) -> Changes:
    """Put back under To decide those of the pairs whose answer was undone."""
    open_again = []
    for decision in (pair for each in decisions for pair in each.each):
        link = store.get("links", link_id(decision.record, decision.other))
        if link is None or not link.shown or link.values["says"] not in ("same", "not_same"):
            open_again.append(decision)
    for kind in {each.kind for each in open_again}:
        again: list[FoundPair] = [
            (each.record, each.other, each.score, each.why) for each in open_again if each.kind == kind
        ]
        with store.comparing() as kept:
            kept.found_of(kind, (), again)
    asked = {each.kind for each in open_again}
    records = {kind: [each for one in open_again if one.kind == kind for each in one.records] for kind in asked}
    return Changes("ask_again", None, {kind: frozenset(each) for kind, each in records.items()})
