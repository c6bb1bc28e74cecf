"""What is to leave, for whom, and the records that do: all that a profile carries, or what of it was chosen."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from outreach_app.model.dates import moment_of
from outreach_app.model.errors import BadInput
from outreach_app.model.fields import Field
from outreach_app.model.kinds import Kind
from outreach_app.operations.records import record_by_code
from outreach_app.sheets.books import INTERNAL, PARTNER, PUBLIC, SENSITIVE, Exported, KindRows
from outreach_app.sheets.profiles import fields_for, for_partner, is_sealed, leaving, pointing, sensitive_ids
from outreach_app.store.identities import COORDINATORS
from outreach_app.store.stores import Store
from outreach_app.store.views import View
from outreach_app.texts import _, say

Progress = Callable[[int, int], None]
PROFILES = (INTERNAL, PARTNER, PUBLIC, SENSITIVE)
WORKBOOK, TEMPLATE = "xlsx", "template"
_TOLD = 500  # rows from one word of progress to the next


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asks for. ``partner`` and ``event`` are codes; ``since`` a day ("2026-11-21"): only what is new or
    changed since. ``lists``: only these kinds, ``columns`` of a kind only these ("people.name"); none are all."""

    profile: str = INTERNAL
    form: str = WORKBOOK
    partner: str = ""
    event: str = ""
    language: str = "en"
    to_whom: str = ""
    since: str = ""
    lists: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether nothing was chosen of what the profile carries."""
        return not (self.since or self.lists or self.columns)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is wanted, looked up. ``changed``: by kind, the ids that leave, where it is not all of them."""

    wanted: Wanted
    partner: View | None = None
    event: View | None = None
    changed: Mapping[str, Collection[str]] | None = None
    named: str = ""

    @property
    def profile(self) -> str:
        """Whom it is for."""
        return self.wanted.profile

    @property
    def kept(self) -> dict[str, Any]:
        """What was asked for as records keep it: the fields of ``WhatLeaves``."""
        wanted = self.wanted
        return {
            "profile": wanted.profile,
            "form": wanted.form,
            "to_whom": wanted.to_whom or None,
            "partner": self.partner.id if self.partner else None,
            "event": self.event.id if self.event else None,
            "since": wanted.since or None,
            "lists": list(wanted.lists),
            "columns": list(wanted.columns),
            "language": wanted.language,
        }

    def about(self, store: Store) -> list[str]:
        """What was chosen, a line each, in the language it leaves in."""
        language, kinds = self.wanted.language, store.registry
        lines = [
            f"{say(kinds[each.kind].about.one, language)}: {each.title}"
            for each in (self.partner, self.event)
            if each is not None
        ]
        if self.wanted.since:
            lines.append(say("Only what is new or changed since {day}", language, day=self.wanted.since))
        if self.wanted.lists:
            lists = ", ".join(say(kinds[name].about.label, language) for name in self.wanted.lists)
            lines.append(say("Only these lists: {lists}", language, lists=lists))
        for name, columns in _by_kind(self.wanted.columns).items():
            told = ", ".join(say(about.label, language) for about in kinds[name].fields if about.name in columns)
            label = say(kinds[name].about.label, language)
            lines.append(say("Of {list} only these columns: {columns}", language, list=label, columns=told))
        return lines


def asked_for(store: Store, wanted: Wanted, named: str = "", last: View | None = None) -> Asked:
    """What is to leave. ``last``: the line of the log since which all counts as new that was written, or came here.

    Raises NotFound, and BadInput where it may not leave."""
    organization = record_by_code(store, "organizations", wanted.partner) if wanted.partner else None
    only = record_by_code(store, "events", wanted.event) if wanted.event else None
    if wanted.profile == PUBLIC and only is not None:
        raise BadInput(
            _("One event alone would tell who said what, so it is not published. Leave out the event, or the profile.")
        )
    if wanted.profile == PUBLIC and wanted.form != WORKBOOK:
        raise BadInput(
            _("What is for everybody leaves as a workbook of counts only: names and contacts are never published.")
        )
    if wanted.profile == PUBLIC and not wanted.whole:
        raise BadInput(
            _("Counts are published whole: parts of them, put together, would tell what is left out. Choose nothing.")
        )
    if wanted.profile == PARTNER and organization is None:
        raise BadInput(_("Choose the partner that this workbook is for."))
    if wanted.profile not in PROFILES:
        raise BadInput(_("It is not known here whom this file is for. A newer program may have asked for it."))
    if wanted.profile == SENSITIVE:
        _check_sensitive(store, wanted)
    _check_chosen(store, wanted)
    changed = _changed(store, wanted.since, last) if wanted.since else None
    return Asked(wanted, organization, only, changed, named)


def _check_sensitive(store: Store, wanted: Wanted) -> None:
    if not reads_sensitive(store):
        raise BadInput(
            _("Only coordinators read sensitive feedback, so only a coordinator's laptop can write it to a file.")
        )
    if wanted.form != WORKBOOK:
        raise BadInput(_("Sensitive feedback leaves in a workbook of its own, in no other kind of file."))


def reads_sensitive(store: Store) -> bool:
    """Whether this laptop reads what is for coordinators alone."""
    return store.space.reads(COORDINATORS)


def _check_chosen(store: Store, wanted: Wanted) -> None:
    columns = _by_kind(wanted.columns)
    for name in (*wanted.lists, *columns):
        kind = store.registry.get(name)
        if kind is None or not kind.about.in_forms:
            known = ", ".join(each for each, kind in store.registry.items() if kind.about.in_forms)
            raise BadInput(_("There is no list “{name}”. The lists are: {known}", name=name, known=known))
        carried, label = [each.name for each in fields_for(wanted.profile, kind)], say(kind.about.label)
        if not carried:
            raise BadInput(_("There is nothing of that kind for whom this file is made."))
        if wanted.lists and name not in wanted.lists:
            raise BadInput(_("Columns were chosen of a list that is left out: {list}.", list=label))
        for column in columns.get(name, ()):
            if column not in carried:
                words = {"column": column, "list": label, "known": ", ".join(carried)}
                raise BadInput(_("“{column}” is no column of {list} that may leave. It has: {known}", **words))


def _changed(store: Store, since: str, last: View | None) -> Mapping[str, Collection[str]]:
    """By kind, what is new or changed since a day, or since the line of the log; of those who are one person or
    partner, all or none."""
    changed = store.changed(last.made_at, last.id) if last else store.changed(_midnight(since))
    for name in [each for each in changed if each in store.registry and store.registry[each].about.joinable]:
        changed[name] = store.together(name, changed[name])
    return changed


def is_day(text: str) -> bool:
    """Whether a text is a day as it is asked for, "2026-11-21"."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _midnight(day: str) -> int:
    """When a day began here, in microseconds since 1970 UTC."""
    if not is_day(day):
        raise BadInput(_("“{day}” is no day. Write it as 2026-11-21.", day=day))
    began = datetime.combine(date.fromisoformat(day), datetime.min.time())
    return int(began.astimezone().timestamp()) * 1_000_000


def _by_kind(columns: Sequence[str]) -> dict[str, list[str]]:
    """Columns, each with its list before a dot, by list."""
    found: dict[str, list[str]] = {}
    for each in columns:
        kind, _dot, name = each.partition(".")
        found.setdefault(kind, []).append(name)
    return found


def _fields(kind: Kind, wanted: Wanted) -> tuple[Field, ...]:
    """Of the fields that leave under the profile those that are wanted."""
    chosen = _by_kind(wanted.columns).get(kind.name)
    return tuple(each for each in fields_for(wanted.profile, kind) if chosen is None or each.name in chosen)


def kinds_for(store: Store, asked: Asked, tell: Progress, bare: bool = False) -> list[KindRows]:
    """The records that leave for the department or a partner. ``bare``: as they stand, with nothing beside them."""
    partner = asked.partner if asked.profile == PARTNER else None
    return _partner_kinds(store, asked, partner) if partner else _internal_kinds(store, asked, tell, bare)


def affiliations_for(store: Store, asked: Asked) -> KindRows:
    """Where people belong, whatever else was chosen: a line about somebody says it."""
    wanted = replace(asked.wanted, since="", lists=("affiliations",), columns=())
    [found] = [
        each
        for each in kinds_for(store, replace(asked, wanted=wanted, event=None, changed=None), _untold, bare=True)
        if each.kind.name == "affiliations"
    ]
    return found


def _untold(_done: int, _of: int) -> None:
    pass


def _partner_kinds(store: Store, asked: Asked, partner: View) -> list[KindRows]:
    given = for_partner(
        store.registry,
        standing_views(store, asked.event),
        partner.id,
        moment_of(store.clock.tick())[:10],
        store.joined("people") | store.joined("organizations"),
    )
    made = []
    for each in given:
        if not asked.wanted.lists or each.kind.name in asked.wanted.lists:
            own = None if asked.changed is None else asked.changed.get(each.kind.name, ())
            records = [one for one in each.records if own is None or one.view.id in own]
            fields = _fields(each.kind, asked.wanted)
            made.append(replace(each, records=records, expected=len(records), fields=fields))
    return made


def _internal_kinds(store: Store, asked: Asked, tell: Progress, bare: bool = False) -> list[KindRows]:
    """What an internal workbook carries: all kinds people make, but sensitive feedback, which has a workbook of its
    own; links travel unseen. They are read as they are asked for, once; all at once where they are ``bare``, for files
    that are not merged back."""
    feedback = store.exported("feedback") if "feedback" in store.registry else ()
    sensitive, sealed = sensitive_ids(each.view for each in feedback), asked.profile == SENSITIVE
    kinds = {name: kind for name, kind in store.registry.items() if _goes(kind, asked)}
    among = _among(store, asked, kinds)
    expected = {name: _expected(store, kind, sensitive, sealed, among[name]) for name, kind in kinds.items()}
    total = sum(expected[name] for name, kind in kinds.items() if kind.about.in_forms)
    told = 0

    def records(kind: Kind) -> Iterator[Exported]:
        nonlocal told
        for each in leaving(kind, store.exported(kind.name, among[kind.name]), sensitive, sealed):
            if told % _TOLD == 0:
                tell(min(told, total), total)
            told += 1
            yield each
        tell(min(told, total), total)

    made = []
    for name, kind in kinds.items():
        going, seen = records(kind), kind.about.in_forms
        fields = _fields(kind, asked.wanted) if seen else None
        made.append(KindRows(kind, [*going] if bare else going, expected[name], visible=seen, fields=fields))
    return made


def _goes(kind: Kind, asked: Asked) -> bool:
    """Whether a kind is among what leaves inside the department."""
    if kind.name == "links":
        return asked.profile != SENSITIVE
    return bool(fields_for(asked.profile, kind)) and (not asked.wanted.lists or kind.name in asked.wanted.lists)


def _among(store: Store, asked: Asked, kinds: Mapping[str, Kind]) -> dict[str, Collection[str] | None]:
    """By kind, the ids that leave, None for all."""
    of_event = _of_event(store, asked.event) if asked.event else None
    among: dict[str, Collection[str] | None] = {}
    for name in kinds:
        limits = [set(each.get(name, ())) for each in (of_event, asked.changed) if each is not None]
        among[name] = set.intersection(*limits) if limits else None
    if "links" in kinds and of_event is None and not asked.wanted.whole:
        among["links"] = _links(store, kinds, among)
    return among


def _links(store: Store, kinds: Collection[str], among: Mapping[str, Collection[str] | None]) -> set[str]:
    """The links between records that leave."""
    found = set()
    for link, of_kind, *ends in store.values("links", ("of_kind", "one_record", "other_record")):
        own = among.get(of_kind)
        if of_kind in kinds and (own is None or all(end in own for end in ends)):
            found.add(link)
    return found


def _expected(store: Store, kind: Kind, sensitive: Collection[str], sealed: bool, among: Collection[str] | None) -> int:
    """How many rows of a kind a workbook of the department is to have."""
    if not sensitive and not sealed and among is None:
        return store.count(kind.name)
    names = [about.name for about in pointing(kind)]
    rows = store.values(kind.name, names)
    return sum(
        (among is None or record in among)
        and is_sealed(kind, record, dict(zip(names, values, strict=True)), sensitive) == sealed
        for record, *values in rows
    )


def _of_event(store: Store, event: View) -> dict[str, Collection[str]]:
    """What belongs to one event, by kind: what was captured there, and whom it names; of those who are one person or
    partner, and what they agreed to, all or none."""
    sign_ins = store.list("sign_ins", {"event": event.id})
    feedback = store.list("feedback", {"event": event.id})
    interests = store.list("interests", {"event": event.id})
    follow_ups = store.list("follow_ups", {"for_event": event.id})
    people = {view.values["person"] for view in (*sign_ins, *interests)} | {view.values["said_by"] for view in feedback}
    people |= {view.id for view in store.list("people", {"met_at": event.id})}
    people |= {view.values["for_person"] for view in follow_ups}
    people = store.together("people", people - {None})
    affiliations = store.list("affiliations", {"person": tuple(people)}) if people else []
    organizations = {view.values["organization"] for view in (*affiliations, *sign_ins, *interests)}
    organizations |= {view.id for view in store.list("organizations", {"met_at": event.id})}
    organizations |= {event.values["host"], *event.elements("co_hosts")}
    pieces = tuple(view.id for view in feedback)
    return {
        "events": {event.id},
        "sign_ins": {view.id for view in sign_ins},
        "feedback": set(pieces),
        "responses": {view.id for view in store.list("responses", {"feedback": pieces})} if pieces else (),
        "interests": {view.id for view in interests},
        "follow_ups": {view.id for view in follow_ups},
        "people": people,
        "affiliations": {view.id for view in affiliations},
        "organizations": store.together("organizations", organizations - {None}),
        "consents": {view.id for view in store.list("consents", {"person": tuple(people)})} if people else (),
        "groups": {view.values["group"] for view in interests},
        "themes": {theme for view in feedback for theme in view.elements("themes")},
    }


def standing_views(store: Store, only: View | None = None) -> dict[str, Sequence[View]]:
    """What partners are given from, and what is counted, as it stands; of one event where it is named."""
    kinds = ("organizations", "people", "affiliations", "events", "feedback", "consents", "sign_ins", "themes")
    views: dict[str, Sequence[View]] = {kind: store.list(kind) for kind in kinds}
    if only is not None:
        views["events"] = [view for view in views["events"] if view.id == only.id]
        for kind in ("feedback", "sign_ins"):
            views[kind] = [view for view in views[kind] if view.values["event"] == only.id]
    return views
