"""Which records and fields each export profile carries. Pure; what leaves is what was meant to leave.

Sensitive feedback leaves in no workbook but its own, and with it stays whatever points at it, for a reference shows the
words it refers to. A partner gets what is its own, and of feedback only texts that were released to it, with their day
and nothing else.
"""

import random
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from outreach_app.journal.consents import Entry, holding
from outreach_app.model.fields import Field, Privacy, Shape
from outreach_app.model.kinds import Kind, Registry
from outreach_app.model.reviewed_texts import is_reviewed
from outreach_app.sheets.books import INTERNAL, PARTNER, SENSITIVE, Exported, KindRows, Leaving, Viewed
from outreach_app.sheets.columns import carried_fields

Views = Mapping[str, Sequence[Viewed]]
"""The records as they stand, by kind."""

_SHARE = "share"  # consent channel
_NOES = frozenset({"refused", "withdrawn"})
_PARTNER_KINDS = ("organizations", "people", "affiliations", "events")
_SHARED_TEXT = ("heard_on", "text_for_sharing")


def sensitive_ids(feedback: Iterable[Viewed]) -> frozenset[str]:
    """The ids of feedback that only coordinators may read."""
    return frozenset(each.id for each in feedback if each.values.get("sensitive"))


def leaving(
    kind: Kind, records: Iterable[Exported], sensitive: Collection[str], sealed: bool = False
) -> Iterator[Exported]:
    """The records of a kind that a workbook of the department carries: all but the sensitive and what points at them,
    or, where it is ``sealed``, these alone."""
    if not sealed and (not sensitive or (kind.name != "feedback" and not pointing(kind))):
        yield from records
        return
    for each in records:
        if is_sealed(kind, each.view.id, each.view.values, sensitive) == sealed:
            yield each


def is_sealed(kind: Kind, record: str, values: Mapping[str, Any], sensitive: Collection[str]) -> bool:
    """Whether a record is for coordinators alone: one of the ``sensitive``, or what points at one."""
    return record in sensitive or points_at(kind, values, sensitive)


def points_at(kind: Kind, values: Mapping[str, Any], records: Collection[str]) -> bool:
    """Whether any of a record's references is one of ``records``."""
    return any(each in records for about in pointing(kind) for each in referred(about, values))


def pointing(kind: Kind) -> list[Field]:
    """The fields of a kind that show the words of feedback; any other shows the bare id of one."""
    return [about for about in kind.fields if about.refers_to == "feedback"]


def referred(about: Field, values: Mapping[str, Any]) -> list[str]:
    """The ids a field refers to."""
    value = values.get(about.name)
    if not value:
        return []
    return [element["value"] for element in value] if about.many else [value]


def fields_for(profile: str, kind: Kind) -> tuple[Field, ...]:
    """The fields of a kind that leave under a profile; none of a kind that does not, or that is only counted."""
    if profile == PARTNER and kind.name == "feedback":
        return tuple(about for name in _SHARED_TEXT for about in kind.fields if about.name == name)
    if profile == PARTNER:
        return partner_fields(kind) if kind.name in _PARTNER_KINDS else ()
    if profile == SENSITIVE and kind.name == "feedback":
        return kind.fields
    inside = kind.about.in_forms and (profile == INTERNAL or (profile == SENSITIVE and bool(pointing(kind))))
    return carried_fields(kind) if inside else ()


def partner_fields(kind: Kind) -> tuple[Field, ...]:
    """The fields of a kind that may go to the partner they concern; never the code by which its row is found."""
    given = [each for each in kind.fields if each.privacy in (Privacy.PUBLIC, Privacy.PARTNER)]
    return tuple(each for each in given if not (kind.about.short_code and each.shape is Shape.CODE))


def for_partner(
    registry: Registry, views: Views, organization: str, today: str, heads: Mapping[str, str]
) -> list[KindRows]:
    """What one organization is given. ``views`` need organizations, people, affiliations, events, feedback, consents.

    Its people are those who belong to it on the day ``today`` ("2026-11-21") and have not said no to sharing.
    ``heads``: what each that was joined stands under; a no of any of those who are one is everyone's.
    """
    refused = refused_sharing(views.get("consents", ()), heads)
    belonging = [each for each in views.get("affiliations", ()) if _belongs(each, organization, today, refused, heads)]
    people = {_head(each.values.get("person"), heads) for each in belonging}
    chosen: dict[str, list[Viewed]] = {
        "organizations": [each for each in views.get("organizations", ()) if each.id == organization],
        "people": [each for each in views.get("people", ()) if each.id in people],
        "affiliations": belonging,
        "events": [each for each in views.get("events", ()) if _hosts(each, organization)],
    }
    made = [
        KindRows(
            registry[name],
            [Leaving(each) for each in chosen[name]],
            len(chosen[name]),
            fields=fields_for(PARTNER, registry[name]),
        )
        for name in _PARTNER_KINDS
    ]
    texts = released_texts(views.get("feedback", ()), views.get("events", ()), organization)
    kind = registry["feedback"]
    return [*made, KindRows(kind, texts, len(texts), fields=fields_for(PARTNER, kind))]


def released_texts(feedback: Iterable[Viewed], events: Iterable[Viewed], organization: str) -> list[Exported]:
    """The texts for sharing that were read and released to an organization, each with its day, but where the speaker
    said no; in no order."""
    days = {each.id: str(each.values.get("starts") or "")[:10] for each in events}
    texts: list[Exported] = []
    for each in feedback:
        values = each.values
        released = organization in [element["value"] for element in values.get("released_to") or ()]
        if released and _is_reviewed(values) and values.get("may_share") != "no":
            day = days.get(str(values.get("event"))) or values.get("heard_on")
            texts.append(
                Leaving(_Text(each.id, {"heard_on": day or None, "text_for_sharing": values["text_for_sharing"]}))
            )
    random.SystemRandom().shuffle(texts)
    return texts


def public_texts(feedback: Iterable[Viewed]) -> list[str]:
    """The texts for sharing that anybody may read: reviewed, and the speaker said yes; in no order."""
    texts = [str(each.values["text_for_sharing"]) for each in feedback if _may_be_published(each.values)]
    random.SystemRandom().shuffle(texts)
    return texts


def _is_reviewed(values: Mapping[str, Any]) -> bool:
    return is_reviewed(values.get("text_for_sharing"), values.get("reviewed_by")) and not values.get("sensitive")


def _may_be_published(values: Mapping[str, Any]) -> bool:
    return _is_reviewed(values) and values.get("may_share") == "yes"


@dataclass(frozen=True, slots=True)
class _Text:
    """A piece of feedback of which only its text for sharing is left."""

    id: str
    values: Mapping[str, Any]
    kind: str = "feedback"
    code: str = ""
    title: str = ""
    shown: bool = field(default=True)


def _head(record: Any, heads: Mapping[str, str]) -> str:
    return heads.get(str(record), str(record))


def refused_sharing(consents: Iterable[Viewed], heads: Mapping[str, str]) -> frozenset[str]:
    """The people who said no to sharing with partners: among what stands, the most restrictive holds."""
    entries: dict[str, list[Entry]] = {}
    for each in consents:
        if each.values.get("channel") == _SHARE:
            supersedes = frozenset(element["value"] for element in each.values.get("supersedes") or ())
            entry = Entry(each.id, str(each.values.get("state")), supersedes=supersedes)
            entries.setdefault(_head(each.values.get("person"), heads), []).append(entry)
    return frozenset(person for person, own in entries.items() if holding(own) in _NOES)


def _belongs(
    affiliation: Viewed, organization: str, today: str, refused: Collection[str], heads: Mapping[str, str]
) -> bool:
    values = affiliation.values
    until = str(values.get("until") or "")
    ended = bool(until) and until < today[: len(until)]
    theirs = _head(values.get("organization"), heads) == organization
    return theirs and not ended and _head(values.get("person"), heads) not in refused


def _hosts(event: Viewed, organization: str) -> bool:
    hosts = [event.values.get("host"), *(element["value"] for element in event.values.get("co_hosts") or ())]
    return organization in hosts
