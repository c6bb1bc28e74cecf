"""Settling what only a person can: values that differ, deletions, two that may be one. All can be undone.

Each decision is one person's: a coordinator's, or whose it was handed to. Anybody may look at it, and put it off.
"""

from collections.abc import Collection, Mapping, Sequence
from itertools import combinations, product
from typing import Any

from outreach_app.journal.changes import Changes, Slot
from outreach_app.journal.joining import NOT_THE_SAME, SAME, severed
from outreach_app.journal.standing import frozen
from outreach_app.model.errors import BadInput, NotFound
from outreach_app.model.fields import Rule, Value
from outreach_app.store.clusters import link_id, link_values, members, near
from outreach_app.store.decisions import Decision
from outreach_app.store.drafts import Draft
from outreach_app.store.handovers import NOTES, noted_at
from outreach_app.store.notices import Noticed
from outreach_app.store.stores import Store
from outreach_app.store.views import View
from outreach_app.texts import _


def use(store: Store, decision: Decision, value: Value) -> Changes:
    """Use this value: one of those that stand beside each other, or another that somebody writes.

    Of texts that are never altered nothing is taken away: all stay, and another is written beside them.
    """
    check_decides(store, decision)
    with store.writing("decide") as draft:
        if decision.keeps_all:
            _share_texts(draft, decision.kind, decision.field, _cluster(store, decision))
            draft.append(decision.kind, decision.record, decision.field, value)
        else:
            draft.settle(decision.slot, value)
    return draft.changes


def keep_both(store: Store, decision: Decision) -> Changes:
    """Keep all that was written: the shown element of a list stays, the others become elements of their own; texts
    stand beside each other."""
    if decision.keeps_all:
        return use(store, decision, None)
    check_decides(store, decision)
    shown, *others = decision.options
    with store.writing("keep_both") as draft:
        draft.settle(decision.slot, shown.value)
        for option in others:
            if option.value is not None:
                draft.add(decision.kind, decision.record, decision.field, option.value)
    return draft.changes


def delete_after_all(store: Store, decision: Decision) -> Changes:
    """Delete a record although others went on writing in it."""
    check_decides(store, decision)
    with store.writing("delete") as draft:
        draft.delete(decision.kind, decision.record)
    return draft.changes


def keep_after_all(store: Store, decision: Decision) -> Changes:
    """Keep a record that somebody deleted while others went on writing in it."""
    check_decides(store, decision)
    with store.writing("bring_back") as draft:
        draft.bring_back(decision.kind, decision.record)
    return draft.changes


def stand_as_one(store: Store, decision: Decision) -> Changes:
    """Of two that are not the same, somebody said, and that others join: they are the same after all."""
    check_decides(store, decision)
    pair = decision.record, decision.other
    with store.writing("stand_as_one") as draft:
        _link(draft, decision.kind, *pair, SAME)
    return draft.changes


def part(store: Store, decision: Decision, record: str) -> Changes:
    """Of two that are not the same, and that others join: ``record``, one of them, is the one that does not belong.

    It parts from the other, and keeps what else is joined to it.
    """
    check_decides(store, decision)
    other = decision.other if record == decision.record else decision.record
    with store.writing("part") as draft:
        with store.reading() as connection:
            pairs = severed(record, other, near(connection, decision.kind))
        for pair in pairs:
            _link(draft, decision.kind, *pair, NOT_THE_SAME)
    return draft.changes


def note(store: Store, decision: Decision) -> Changes:
    """Take note of odd clocks, or of what is set aside, for everybody."""
    check_decides(store, decision)
    with store.writing("note") as draft:
        take_note(draft, decision, decision.lines)
    return draft.changes


def take_note(draft: Draft, decision: Decision, lines: Sequence[Noticed]) -> None:
    """Write down that these lines of what waits were noted."""
    for place in dict.fromkeys(noted_at(decision, line) for line in lines):
        _begin_note(draft, decision, place)
    for line in lines:
        draft.add(NOTES, noted_at(decision, line), "noted", line.mark)


def hand_over(store: Store, decision: Decision, to: str) -> Changes:
    """Have a worker decide it, by name; "" gives it back to the coordinators. A coordinator may take it back, too."""
    if store.role != "coordinator":
        check_decides(store, decision)
    if to == store.handed_to(decision):
        return Changes("hand_over", None)
    with store.writing("hand_over") as draft:
        for each in decision.each:
            _begin_note(draft, each, each.place)
            draft.set(NOTES, each.place, "handed_to", to or None)
    return draft.changes


def _begin_note(draft: Draft, decision: Decision, place: str) -> None:
    """The note on a decision says what it is about, in its own words alike on every laptop."""
    about = {"what_waits": decision.what, "of_kind": decision.kind or None, "of_record": decision.record}
    draft.new(NOTES, about, place)


def later(store: Store, decision: Decision) -> Changes:
    """Leave it for now: at this laptop it waits again after a day, or when something new stands."""
    for each in decision.each:
        store.put_off(each)
    return Changes("later", None)


def take_up(store: Store, decision: Decision) -> Changes:
    """Have what was left for later wait again."""
    for each in decision.each:
        store.put_off(each, off=False)
    return Changes("take_up", None)


def check_decides(store: Store, decision: Decision) -> None:
    """Raises BadInput where a decision is somebody else's."""
    if store.decides(decision):
        return
    handed_to = store.handed_to(decision)
    if handed_to:
        raise BadInput(_("{name} is to decide this. A coordinator can hand it to you.", name=handed_to))
    raise BadInput(_("A coordinator is to decide this, or can hand it to you."))


def _cluster(store: Store, decision: Decision) -> Sequence[str]:
    """The record of a decision and all that stand as one with it."""
    with store.reading() as connection:
        return members(connection, decision.kind, decision.record)


def join(store: Store, kind: str, one: str, other: str, chosen: Mapping[str, Value] | None = None) -> Changes:
    """Say that two are one; see :func:`join_all`."""
    return join_all(store, kind, (one, other), chosen)


def join_all(
    store: Store,
    kind: str,
    records: Collection[str],
    chosen: Mapping[str, Value] | None = None,
    apart: Collection[str] = (),
) -> Changes:
    """Say that two or more are one, and that those ``apart`` are none of them. ``chosen`` gives values to fields that
    differ; else the oldest's that says anything are taken.

    One change: the links, and for each differing field a write that gives every member the chosen value. Undone whole.
    """
    views = _members(store, kind, records)
    _members(store, kind, [*records, *apart])
    with store.writing("join") as draft:
        for view in views[1:]:
            _link(draft, kind, views[0].id, view.id, SAME)
        for view, other in product(views, apart):
            _link(draft, kind, view.id, other, NOT_THE_SAME)
        for field in store.registry[kind].fields:
            if field.rule is Rule.LIST:
                _share_elements(draft, kind, field.name, views)
            elif field.rule is Rule.ONCE:
                _share_texts(draft, kind, field.name, [view.id for view in views])
            elif field.rule is Rule.VALUE:
                values = [view.values.get(field.name) for view in views]
                value = (chosen or {}).get(field.name, next((each for each in values if each is not None), None))
                for view in views:
                    if frozen(view.values.get(field.name)) != frozen(value):
                        draft.set(kind, view.id, field.name, value)
    return draft.changes


def _members(store: Store, kind: str, records: Collection[str]) -> Sequence[View]:
    """The records, the oldest first; NotFound where one is not here, or there are not two."""
    found = store.many(kind, sorted({*records}))
    if len(found) != len(records) or len(found) < 2:
        raise NotFound(_("One of them is no longer there. Look again at the list."))
    return found


def _link(draft: Draft, kind: str, one: str, other: str, says: str) -> None:
    draft.new("links", link_values(kind, one, other, says), link_id(one, other))


def _share_elements(draft: Draft, kind: str, name: str, pair: Sequence[View]) -> None:
    """Give every member each value of the list, under one element's id, so that they stay one list."""
    elements: dict[Any, tuple[str, Any]] = {}
    for view in pair:
        for element in view.values.get(name) or ():
            elements.setdefault(frozen(element["value"]), (element["id"], element["value"]))
    for view in pair:
        held = {element["id"]: element["value"] for element in view.values.get(name) or ()}
        for element, value in held.items():
            if elements[frozen(value)][0] != element:
                draft.change(kind, view.id, name, element, None)
        for element, value in elements.values():
            if frozen(held.get(element)) != frozen(value):
                draft.add(kind, view.id, name, value, element)


def _share_texts(draft: Draft, kind: str, name: str, records: Sequence[str]) -> None:
    """Let every one of the records say what any of them says; nothing twice."""
    texts = [each.write.value for record in records for each in draft.standing(Slot(kind, record, name))]
    for record in records:
        for text in texts:
            draft.append(kind, record, name, text)


def not_the_same(store: Store, kind: str, *records: str) -> Changes:
    """Say that no two of them are one; remembered, and not asked again."""
    views = _members(store, kind, records)
    with store.writing("not_the_same") as draft:
        for one, other in combinations(views, 2):
            _link(draft, kind, one.id, other.id, NOT_THE_SAME)
    return draft.changes
