"""Settling what only a person can: values that differ, deletions, two that may be one. All can be undone."""

from collections.abc import Mapping, Sequence
from typing import Any

from outreach_app.journal.changes import Changes, Slot
from outreach_app.journal.standing import frozen
from outreach_app.model.errors import NotFound
from outreach_app.model.fields import Rule, Value
from outreach_app.store.clusters import link_id, link_values
from outreach_app.store.decisions import Decision
from outreach_app.store.drafts import Draft
from outreach_app.store.stores import Store
from outreach_app.store.views import View
from outreach_app.texts import _


def use(store: Store, decision: Decision, value: Value) -> Changes:
    """Use this value: one of those that stand beside each other, or another that somebody writes."""
    with store.writing("decide") as draft:
        draft.settle(decision.slot, value)
    return draft.changes


def keep_both(store: Store, decision: Decision) -> Changes:
    """Keep every value of a list's element: the shown one stays, the others become elements of their own."""
    shown, *others = decision.options
    with store.writing("keep_both") as draft:
        draft.settle(decision.slot, shown.value)
        for option in others:
            if option.value is not None:
                draft.add(decision.kind, decision.record, decision.field, option.value)
    return draft.changes


def delete_after_all(store: Store, decision: Decision) -> Changes:
    """Delete a record although others went on writing in it."""
    with store.writing("delete") as draft:
        draft.delete(decision.kind, decision.record)
    return draft.changes


def keep_after_all(store: Store, decision: Decision) -> Changes:
    """Keep a record that somebody deleted while others went on writing in it."""
    with store.writing("bring_back") as draft:
        draft.bring_back(decision.kind, decision.record)
    return draft.changes


def join(store: Store, kind: str, one: str, other: str, chosen: Mapping[str, Value] | None = None) -> Changes:
    """Say that two are one. ``chosen`` gives values to fields that differ; else the older's are taken where it has any.

    One change: the link, and for each differing field a write that gives every member the chosen value. Undone whole.
    """
    pair = _pair(store, kind, one, other)
    with store.writing("join") as draft:
        draft.new("links", link_values(kind, one, other, "same"), link_id(one, other))
        for field in store.registry[kind].fields:
            if field.rule is Rule.LIST:
                _share_elements(draft, kind, field.name, pair)
            elif field.rule is Rule.ONCE:
                _share_texts(draft, kind, field.name, pair)
            elif field.rule is Rule.VALUE:
                values = [view.values.get(field.name) for view in pair]
                value = (chosen or {}).get(field.name, next((each for each in values if each is not None), None))
                for view in pair:
                    if frozen(view.values.get(field.name)) != frozen(value):
                        draft.set(kind, view.id, field.name, value)
    return draft.changes


def _pair(store: Store, kind: str, one: str, other: str) -> Sequence[View]:
    """The two, the older first; NotFound where either is not here."""
    pair = store.many(kind, sorted({one, other}))
    if len(pair) != 2:
        raise NotFound(_("One of the two is no longer there. Look again at the list."))
    return pair


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


def _share_texts(draft: Draft, kind: str, name: str, pair: Sequence[View]) -> None:
    """Let every member say what any of them says; nothing twice."""
    texts = [each.write.value for view in pair for each in draft.standing(Slot(kind, view.id, name))]
    for view in pair:
        for text in texts:
            draft.append(kind, view.id, name, text)


def not_the_same(store: Store, kind: str, one: str, other: str) -> Changes:
    """Say that two are not one; remembered, and not asked again."""
    _pair(store, kind, one, other)
    with store.writing("not_the_same") as draft:
        draft.new("links", link_values(kind, one, other, "not_same"), link_id(one, other))
    return draft.changes
