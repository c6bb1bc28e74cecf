"""Whom a sign-in means and what may be asked of them: looked up in the store, on its own thread."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from outreach_app.journal.changes import Changes
from outreach_app.model.errors import BadInput
from outreach_app.operations.consents import allowed_channels, answer
from outreach_app.operations.finding import Suggested, suggest_people
from outreach_app.operations.sign_ins import NewSignIn, SignedIn, sign_in
from outreach_app.store.stores import Store
from outreach_app.store.views import View
from outreach_app.texts import _
from ui.actions import keys_said

CHANNELS = ("phone", "text", "email")
"""The ways of contact asked about at an event, in the order they are asked."""


NEW_KEYS = "Shift+Enter"
"""The keys that sign in somebody new, whoever is highlighted."""


def singled_out(store: Store, typed: str, event: str) -> Suggested | None:
    """The known person whom what was typed singles out, if it does."""
    found = suggest_people(store, typed, event)
    return next((line for line in found.lines if line.id == found.single), None)


def sign_in_as_typed(store: Store, new: NewSignIn) -> SignedIn:
    """Sign in whom the name singles out, if anybody: for fingers that were quicker than the list."""
    single = singled_out(store, new.name, new.event)
    if single is None:
        return sign_in(store, new)
    if single.here is not None:
        raise BadInput(already_here(single.here))
    return sign_in(store, replace(new, name=single.name, person=single.id))


def say_yes(store: Store, person: str, channel: str) -> Changes:
    """A yes that takes the place of an earlier no: somebody was asked, and said so."""
    return answer(store, person, channel, "granted", "spoken", date.today().isoformat(), sure=True)


def noes_that_hold(store: Store, person: str, channels: Sequence[str]) -> list[str]:
    """Those of the channels that an earlier no still keeps shut."""
    allowed = allowed_channels(store, person)
    return [channel for channel in channels if allowed.get(channel) in ("refused", "withdrawn")]


def groups_near(store: Store, event: str, person: str = "") -> Sequence[View]:
    """The groups one may join: first those with most of somebody's interests, then those of the event's county."""
    view, known = store.get("events", event), store.get("people", person) if person else None
    county = view.values["county"] if view else None
    return fitting(store.list("groups"), known.elements("interests") if known else (), county or "")


def fitting(groups: Sequence[View], interests: Sequence[str], county: str = "") -> Sequence[View]:
    """All of the groups, those that fit best first; else in the order given."""

    def fits(group: View) -> tuple[int, bool]:
        shared = sum(each in group.elements("interests") for each in interests)
        return (-shared, bool(county) and county not in group.elements("counties"))

    return sorted(sorted(groups, key=lambda group: group.title) if county else groups, key=fits)


def ways_on_file(store: Store, person: str) -> tuple[str, ...]:
    """The channels by which a person can be reached, from what is on file."""
    view = store.get("people", person)
    if view is None:
        return ()
    return channels_of(bool(view.elements("phones")), bool(view.elements("emails")))


def channels_of(phone: bool, email: bool) -> tuple[str, ...]:
    """The channels that a phone or an e-mail address opens."""
    return (*(("phone", "text") if phone else ()), *(("email",) if email else ()))


def already_here(clock: int) -> str:
    """What to say where somebody signs in once more."""
    return _(
        "Already here since {time}. {keys} signs in somebody new of this name.",
        time=clock_said(clock),
        keys=keys_said(NEW_KEYS),
    )


def clock_said(micros: int) -> str:
    """The time of day of a clock, "10:39"."""
    return f"{datetime.fromtimestamp(micros / 1_000_000).astimezone():%H:%M}"
