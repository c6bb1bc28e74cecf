"""Groups to join: those that fit somebody, how each wish to join goes on, and wishes that nobody answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from outreach_app.journal.changes import Changes, Slot
from outreach_app.journal.digests import SALT_BYTES, derived_write
from outreach_app.model import counties
from outreach_app.model.dates import moment_of
from outreach_app.model.errors import BadInput
from outreach_app.model.identifiers import derived_id, digest_of
from outreach_app.model.vocabularies import folded, vocabulary
from outreach_app.operations.records import there
from outreach_app.store.drafts import Draft
from outreach_app.store.stores import Store
from outreach_app.store.views import NOTHING, View
from outreach_app.texts import _, say

STEPS = ("asked", "sent", "introduced", "joined")
"""The way of every wish to join."""

WAITING = ("asked", "sent")
"""Where nobody has answered yet."""

UNANSWERED = "Ask what became of the wish to join"
"""What the follow-up of an unanswered wish is called. It is kept in English, the same on every laptop, and said in the
language spoken."""

HOLDS = timedelta(days=183)
"""So long a group is taken to be as it was when somebody last made sure."""

ANSWER_WITHIN = timedelta(days=14)
"""So long a wish may wait before it becomes a follow-up."""


@dataclass(frozen=True, slots=True)
class FittingGroup:
    """A group, which of the interests asked for it deals with, and whether it works in the county for one."""

    group: View
    interests: tuple[str, ...] = ()
    in_county: bool = False


@dataclass(frozen=True, slots=True)
class Wish:
    """A wish to join, whose it is, what for, and since when nobody answered (None: somebody did)."""

    interest: View
    who: str
    what: str
    waits_since: date | None


def fitting_groups(store: Store, interests: Sequence[str] = (), county: str = "", text: str = "") -> list[FittingGroup]:
    """The groups that deal with one of the interests, work in the county (or name none) and have all words of ``text``;
    first those with most of the interests, then those for just that county, then those with room."""
    wanted = [word for word in folded(text).split() if word]
    found = []
    for group in store.list("groups"):
        shared = tuple(each for each in interests if each in group.elements("interests"))
        where = group.elements("counties")
        fits = (shared or not interests) and (not county or not where or county in where)
        if fits and (not wanted or _has_words(group, wanted)):
            found.append(FittingGroup(group, shared, bool(county) and county in where))
    return sorted(
        found,
        key=lambda each: (
            -len(each.interests), not each.in_county, each.group.values["openings"] == 0, each.group.title.casefold()
        ),
    )  # fmt: skip


def _has_words(group: View, wanted: Sequence[str]) -> bool:
    values = group.values
    labels = [vocabulary("interest_areas").label(each) for each in group.elements("interests")]
    labels += [counties.label(each) for each in group.elements("counties")]
    labels += [
        vocabulary(name).label(values[field])
        for field, name in (("group_type", "group_types"), ("owning_unit", "owning_units"))
        if values[field]
    ]
    said = [values[name] or "" for name in ("name", "purpose", "how_to_join", "contact_name", "meets")]
    words = folded(" ".join((*said, *labels, group.code))).split()
    return all(any(word.startswith(each) for word in words) for each in wanted)


def is_old(group: View, today: date) -> bool:
    """Whether somebody should make sure of a group again before anyone is sent there."""
    checked = group.values["verified_on"] or ""
    return checked < (today - HOLDS).isoformat()[: len(checked)] if checked else True


def check_group(store: Store, group: str, today: str) -> Changes:
    """Say that somebody made sure today that all that is written of a group is right."""
    there(store, "groups", group)
    with store.writing("check_group") as draft:
        draft.set("groups", group, "verified_on", today)
    return draft.changes


def wishes(store: Store, today: date, where: Mapping[str, object] = NOTHING) -> list[Wish]:
    """Who asked to join what: first those that wait for an answer, longest first; then the others, latest first."""
    found = [_wish(view, today) for view in store.list("interests", where)]
    waiting = sorted((each for each in found if each.waits_since), key=lambda each: str(each.waits_since))
    others = sorted((each for each in found if not each.waits_since), key=lambda each: -each.interest.changed_at)
    return [*waiting, *others]


def _wish(view: View, today: date) -> Wish:
    values, titles = view.values, view.titles
    who = " · ".join(titles[each] for each in (values["person"], values["organization"]) if each in titles)
    waits = _asked_on(view) if (values["state"] or "asked") in WAITING else None
    return Wish(view, who, _joined_what(view), min(waits, today) if waits else None)


def _joined_what(interest: View, language: str | None = None) -> str:
    """The group, else the unit, that somebody wants to join; "" where neither is known."""
    group, unit = interest.titles.get(interest.values["group"] or "", ""), interest.values["unit"]
    return group or (vocabulary("owning_units").label(unit, language) if unit else "")


def _asked_on(interest: View) -> date:
    asked = interest.values["asked_on"] or ""
    return date.fromisoformat(asked if len(asked) == 10 else moment_of(interest.made_at)[:10])


def next_step(state: str | None) -> str | None:
    """What comes after a state on the way to joining; None where nothing does."""
    at = STEPS.index(state or "asked") if (state or "asked") in STEPS else len(STEPS)
    return STEPS[at + 1] if at + 1 < len(STEPS) else None


def step_on(store: Store, interest: str) -> Changes:
    """Take a wish one step on: asked, sent, introduced, joined. Once somebody answered, its follow-up is done."""
    found = there(store, "interests", interest)
    state = next_step(found.values["state"])
    if state is None:
        raise BadInput(_("This wish has come to its end. Open it to write down something else."))
    return settle_wish(store, interest, state)


def settle_wish(store: Store, interest: str, state: str) -> Changes:
    """Say how far a wish has come, or that it came to nothing. Once somebody answered, its follow-up is done."""
    there(store, "interests", interest)
    follow_up = store.get("follow_ups", follow_up_of(interest))
    with store.writing("settle_wish") as draft:
        draft.set("interests", interest, "state", state)
        if state not in WAITING and follow_up is not None and follow_up.values["state"] in ("open", "waiting"):
            draft.set("follow_ups", follow_up.id, "state", "done")
    return draft.changes


def follow_up_of(interest: str) -> str:
    """The id that every laptop gives the follow-up of an unanswered wish."""
    return derived_id("unanswered wish", interest)


def called(follow_up: View, language: str | None = None) -> str:
    """What a follow-up is called: what the program itself made is said in the language spoken."""
    if follow_up.title != UNANSWERED:
        return follow_up.title
    return ": ".join(part for part in (say(UNANSWERED, language), follow_up.values["notes"]) if part)


def follow_up_unanswered(store: Store, today: date) -> Changes:
    """Make a follow-up of every wish that has waited too long. Each laptop may do so: they all make the very same."""
    late = [
        view
        for view in store.list("interests", {"state": (*WAITING, None)})
        if _asked_on(view) + ANSWER_WITHIN < today and store.get("follow_ups", follow_up_of(view.id)) is None
    ]
    with store.writing("follow_up_unanswered") as draft:
        for view in late:
            _write_follow_up(draft, view)
    return draft.changes


def _write_follow_up(draft: Draft, interest: View) -> None:
    """Its writes have derived ids as well, so that those of two laptops are one, and nobody has to decide."""
    record, values = follow_up_of(interest.id), interest.values
    salt = digest_of("unanswered wish", interest.id)[:SALT_BYTES]
    said = {
        "what": UNANSWERED,
        "who_does_it": interest.made_by,
        "due": (_asked_on(interest) + ANSWER_WITHIN).isoformat(),
        "state": "open",
        "for_person": values["person"],
        "for_organization": values["organization"],
        "for_event": values["event"],
        "notes": _joined_what(interest, "en"),
    }
    for name, value in said.items():
        if value:
            draft.put(derived_write(Slot("follow_ups", record, name), value, (), salt))
