"""What people allow: every answer is kept, and the most restrictive of those that stand holds."""

from outreach_app.journal.changes import Changes
from outreach_app.journal.consents import Entry, Leave, holding, may_supersede, standing
from outreach_app.model.identifiers import digest_of
from outreach_app.operations.settings import notices, settings
from outreach_app.store.drafts import Draft
from outreach_app.store.stores import Store
from outreach_app.store.views import View

NOTICE = "1"
"""The version of the program's own consent notice, as it is printed and shown."""


def notice_version(store: Store) -> str:
    """Which notice is printed and shown now: the program's, or the department's own by a mark of its wording."""
    own = notices(settings(store))
    return f"{NOTICE}-{digest_of(*(text for _language, text in sorted(own.items()))).hex()[:8]}" if own else NOTICE


def entries(store: Store, person: str, channel: str) -> list[Entry]:
    """All that a person answered about one channel."""
    return [_entry(view) for view in store.list("consents", {"person": person, "channel": channel}, order="made_at")]


def _entry(view: View) -> Entry:
    values = view.values
    superseded = frozenset(view.elements("supersedes"))
    return Entry(view.id, str(values["state"]), values["how"] or "", values["given_on"], superseded)


def allowed_channels(store: Store, person: str) -> dict[str, str]:
    """The state that holds, by channel, for every channel a person was asked about."""
    by_channel: dict[str, list[Entry]] = {}
    for view in store.list("consents", {"person": person}, order="made_at"):
        by_channel.setdefault(str(view.values["channel"]), []).append(_entry(view))
    return {channel: holding(given) for channel, given in by_channel.items()}


def answer_in(
    store: Store, draft: Draft, person: str, channel: str, state: str, how: str, given_on: str, sure: bool = False
) -> str:
    """Write down an answer. It takes the place of the earlier ones it may; a yes after a no only when ``sure``."""
    new = Entry("", state, how, given_on)
    may = {old.id: may_supersede(new, old) for old in standing(entries(store, person, channel))}
    replaced = [old for old, leave in may.items() if leave is Leave.YES or (leave is Leave.ASK and sure)]
    return draft.new(
        "consents",
        {
            "person": person,
            "channel": channel,
            "state": state,
            "how": how,
            "given_on": given_on,
            "notice_version": notice_version(store),
            "supersedes": replaced,
        },
    )


def answer(store: Store, person: str, channel: str, state: str, how: str, given_on: str, sure: bool = False) -> Changes:
    """Write down what a person answered about one way of contact or one use of their words."""
    with store.writing("answer_consent") as draft:
        answer_in(store, draft, person, channel, state, how, given_on, sure)
    return draft.changes
